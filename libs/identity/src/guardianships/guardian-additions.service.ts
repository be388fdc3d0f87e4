import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, type Locale } from '@abide/kernel';
import { Database, requestContext, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { Subject } from '../subjects/subject.entity.js';
import { Messenger } from '../verifications/messenger.js';
import { additionAskedText, additionDoneText, type GuardianText } from './guardian-messages.js';
import { adultFacts, kindFor, refusal, type GuardianshipKind } from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords } from './guardianship-records.js';
import { Guardianships } from './guardianships.service.js';

type Whose = Pick<Guardianship, 'subjectId' | 'id'>;

export const additionAnswers = ['accepted', 'refused'] as const;
export type AdditionAnswer = (typeof additionAnswers)[number];

/** A further guardian of a child: nobody becomes one beside a guardian who did not say yes, and those there are hear of it (rules.md, rule 5). */
@Injectable()
export class GuardianAdditions {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly records: GuardianshipRecords,
    private readonly guardianships: Guardianships,
    private readonly messenger: Messenger,
  ) {}

  /** What the guardians there are get to read about the one just named. Joins the open transaction. */
  async ask({ subjectId, id }: Whose): Promise<Message[]> {
    return this.messagesTo(await this.records.deciding(subjectId, id), additionAskedText);
  }

  /**
   * Confirms a guardian who confirmed with their code, unless one beside them has yet to say yes; resolves to what others get to read of it.
   * Joins the open transaction, which holds the minor.
   */
  async finish(whose: Whose, kind: GuardianshipKind): Promise<Message[]> {
    const { subjectId, id } = whose;
    const held = await this.get(whose);
    const others = kind === 'consent' ? await this.records.deciding(subjectId, id) : [];
    if (others.length > 0 && held.acceptedAt === null) {
      await this.audit.record({ act: 'guardianship.additionAwaited', object: objectOf(id), subjectId });
      return this.messagesTo(others, additionAskedText);
    }
    if (held.codeConfirmedAt === null) return [];
    await this.markConfirmed(held, kind);
    await this.audit.record({
      act: 'guardianship.confirmed',
      object: objectOf(id),
      subjectId,
      details: { kind, by: 'code', isConsent: kind === 'consent' },
    });
    return this.messagesTo(others, additionDoneText);
  }

  /**
   * A guardian's yes or no to another one.
   * @throws DomainError `guardianship.not_found`, `.not_confirmed`, `.came_of_age`, or `.age_unknown` of somebody who is not known to be an adult.
   */
  async answer(guardianId: string, whose: Whose, answer: AdditionAnswer): Promise<Guardianship> {
    const { subjectId, id } = whose;
    const messages = await this.db.transaction(async () => {
      await this.guardianships.lockWard(subjectId);
      await this.guardianships.requireAdultGuardian(guardianId, subjectId);
      const asked = await this.get(whose);
      if (asked.state !== 'pending' || asked.isLapsed(this.clock.now())) throw refusal('guardianship.not_found');
      await this.audit.record({
        act: answer === 'accepted' ? 'guardianship.additionAccepted' : 'guardianship.additionRefused',
        object: objectOf(id),
        subjectId,
      });
      return answer === 'accepted' ? this.accept(whose) : this.refuse(whose);
    });
    for (const message of messages) await this.messenger.send(message);
    return this.get(whose);
  }

  /** The yes of a guardian, or of an officer in their place. Joins the open transaction, which holds the minor. */
  async accept(whose: Whose): Promise<Message[]> {
    const { subjectId, id } = whose;
    await this.db.execute('UPDATE identity.guardianships SET accepted_at = $3 WHERE subject_id = $1 AND id = $2', [
      subjectId,
      id,
      this.clock.now(),
    ]);
    const ward = await this.subjectRepository.findOneBy({ subjectId });
    const kind = ward && kindFor(ward.minorStatus);
    if (!kind) throw refusal('guardianship.came_of_age');
    return this.finish(whose, kind);
  }

  private async refuse({ subjectId, id }: Whose): Promise<Message[]> {
    const now = this.clock.now();
    await this.db.execute(
      "UPDATE identity.guardianships SET state = 'ended', ended_at = $3, end_reason = 'refusedByGuardian' WHERE subject_id = $1 AND id = $2",
      [subjectId, id, now],
    );
    await this.db.execute(
      'UPDATE identity.verifications SET used_at = $3 WHERE subject_id = $1 AND id = $2 AND used_at IS NULL',
      [subjectId, id, now],
    );
    return [];
  }

  private async markConfirmed({ subjectId, id, guardianId }: Guardianship, kind: GuardianshipKind): Promise<void> {
    const now = this.clock.now();
    const account = guardianId === null ? null : await this.subjectRepository.findOneBy({ subjectId: guardianId });
    if (account?.isMinor) throw refusal('guardianship.guardian_is_minor');
    const { adultKnownAt, adultBy } = adultFacts(account, now);
    await this.db.execute(
      `UPDATE identity.guardianships SET state = 'confirmed', kind = $3, confirmed_at = $4, consented_at = $5, adult_known_at = coalesce(adult_known_at, $6), adult_by = coalesce(adult_by, $7)
       WHERE subject_id = $1 AND id = $2 AND state = 'pending'`,
      [subjectId, id, kind, now, kind === 'consent' ? now : null, adultKnownAt, adultBy],
    );
    if (kind === 'consent' && guardianId !== null) await this.records.takeBack(subjectId, guardianId);
    await this.db.execute(
      'UPDATE identity.subjects SET guardian_confirmed_at = coalesce(guardian_confirmed_at, $2) WHERE subject_id = $1',
      [subjectId, now],
    );
  }

  private async messagesTo(told: readonly Guardianship[], text: (locale: Locale) => GuardianText): Promise<Message[]> {
    const messages: Message[] = [];
    for (const one of told) {
      const message = await this.records.messageTo(one, text(requestContext()?.locale ?? 'zh-CN'));
      if (message) messages.push(message);
    }
    return messages;
  }

  private async get({ subjectId, id }: Whose): Promise<Guardianship> {
    const found = await this.guardianshipRepository.findOneBy({ subjectId, id });
    if (!found) throw refusal('guardianship.not_found');
    return found;
  }
}

function objectOf(id: string): { type: string; id: string } {
  return { type: 'guardianship', id };
}
