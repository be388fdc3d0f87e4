import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Database, type Message } from '@abide/platform';
import { Repository } from 'typeorm';
import { normaliseIdentifier } from '../subjects/identifier.rules.js';
import { IdentifierRecords } from '../subjects/identifier-records.js';
import { Subject } from '../subjects/subject.entity.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type Confirmed, type StartedVerification } from '../verifications/verifications.service.js';
import { GuardianAccounts } from './guardian-accounts.service.js';
import { GuardianAdditions } from './guardian-additions.service.js';
import {
  adultFacts,
  ageGrace,
  kindFor,
  mostOpen,
  pendingDays,
  refusal,
  requireAnother,
  type Guardian,
  type GuardianshipKind,
} from './guardian.rules.js';
import { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords } from './guardianship-records.js';

/** How somebody becomes a minor's guardian: named by the minor, confirmed by a code to the guardian's own address. */
@Injectable()
export class GuardianLinks implements OnModuleInit {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly records: GuardianshipRecords,
    private readonly accounts: GuardianAccounts,
    private readonly additions: GuardianAdditions,
    private readonly identifiers: IdentifierRecords,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
  ) {}

  onModuleInit(): void {
    this.verifications.register({
      act: 'guardianLink',
      needsPassword: false,
      run: ({ subjectId, verificationId }) => this.confirmed(subjectId, verificationId),
    });
  }

  /**
   * Sends the guardian a code, and tells those there are. The guardianship has the id of its verification; an unconfirmed one with the same
   * guardian makes way for it.
   * @throws DomainError `guardianship.not_a_minor`, `.already_confirmed`, `.too_many`, `registration.guardian_is_registrant`, `subject.restricted`,
   * or as `Verifications.requireReachable`.
   */
  async request(subjectId: string, wanted: Guardian): Promise<StartedVerification> {
    const guardian = { ...wanted, identifier: normaliseIdentifier(wanted.identifier, '/guardian/identifier/value') };
    minorKindOf(await this.get(subjectId), 'guardianship.not_a_minor');
    requireAnother(guardian.identifier, await this.identifiers.list(subjectId));
    await this.verifications.requireReachable(guardian.identifier);
    const { started, messages } = await this.db.transaction(() => this.store(subjectId, guardian));
    for (const message of messages) await this.messenger.send(message);
    return started;
  }

  /**
   * Confirms with the code that the guardian was sent. Must not run in a transaction.
   * @throws DomainError `guardianship.not_found`, `.came_of_age`, `.guardian_is_minor`, or as `Verifications.confirm`.
   */
  async confirm(id: string, code: string): Promise<Guardianship> {
    const { subjectId } = await this.find({ id });
    await this.verifications.confirm(id, code);
    return this.find({ subjectId, id });
  }

  /**
   * Keeps the guardian who consented to a child's registration. Joins the open transaction.
   * @returns whether they are known to be an adult, so that the consent counts. @throws DomainError `guardianship.guardian_is_minor`.
   */
  async establish(subjectId: string, guardian: Guardian): Promise<boolean> {
    const [id, now] = [newId(), this.clock.now()];
    const account = await this.accounts.findOwner(guardian.identifier);
    if (account?.isMinor) throw refusal('guardianship.guardian_is_minor');
    const adult = adultFacts(account, now);
    await this.insert(
      { subjectId, id, guardian },
      {
        ...adult,
        state: 'confirmed',
        kind: 'consent',
        guardianId: account?.subjectId ?? null,
        confirmedAt: now,
        consentedAt: now,
      },
    );
    await this.recordConfirmed({ subjectId, id }, 'consent', 'registration');
    return adult.adultKnownAt !== null;
  }

  /** Keeps a guardian who consented at `at`, before guardianships were kept: their consent counts on while they are asked for their age. Joins the open transaction. */
  async keepEarlier(subjectId: string, guardian: Guardian, at: Date): Promise<void> {
    const id = newId();
    const account = await this.accounts.findOwner(guardian.identifier);
    await this.insert(
      { subjectId, id, guardian },
      {
        ...adultFacts(account, at),
        ageDueAt: ageGrace(this.clock.now()),
        state: 'confirmed',
        kind: 'consent',
        guardianId: account && !account.isMinor ? account.subjectId : null,
        confirmedAt: at,
        consentedAt: at,
      },
    );
    await this.recordConfirmed({ subjectId, id }, 'consent', 'registration');
  }

  private async store(
    subjectId: string,
    guardian: Guardian,
  ): Promise<{ started: StartedVerification; messages: readonly Message[] }> {
    const kind = minorKindOf(await this.getLocked(subjectId), 'guardianship.not_a_minor');
    const account = await this.accounts.findOwner(guardian.identifier);
    await this.makeRoom(subjectId, { account, index: await this.accounts.indexOf(guardian.identifier) });
    const { started, message } = await this.verifications.start({
      act: 'guardianLink',
      subjectId,
      to: guardian.identifier,
      isDecoy: false,
      minutes: pendingDays * 24 * 60,
    });
    const guardianId = account && !account.isMinor && account.subjectId !== subjectId ? account.subjectId : null;
    await this.insert({ subjectId, id: started.id, guardian }, { state: 'pending', kind, guardianId });
    await this.audit.record({
      act: 'guardianship.requested',
      object: { type: 'guardianship', id: started.id },
      subjectId,
      details: { kind },
    });
    const told = kind === 'consent' ? await this.additions.ask({ subjectId, id: started.id }) : [];
    return { started, messages: message ? [message, ...told] : told };
  }

  /** A confirmed guardian with an account is who that account is, at whichever address; all others are known by the address. */
  private async makeRoom(
    subjectId: string,
    { account, index }: { account: Subject | null; index: Buffer },
  ): Promise<void> {
    const now = this.clock.now();
    const held = await this.guardianshipRepository.findBy([
      { subjectId, state: 'pending' },
      { subjectId, state: 'confirmed' },
    ]);
    const open = held.filter((one) => !one.isLapsed(now));
    const isSame = ({ state, guardianId, guardianIndex }: Guardianship) =>
      state === 'confirmed' && guardianId !== null ? guardianId === account?.subjectId : guardianIndex?.equals(index);
    const same = held.filter(isSame);
    if (same.some(({ state }) => state === 'confirmed')) throw refusal('guardianship.already_confirmed');
    if (open.filter((one) => !isSame(one)).length >= mostOpen) throw refusal('guardianship.too_many');
    const ids = same.map(({ id }) => id);
    await this.db.execute(
      'UPDATE identity.verifications SET used_at = $3 WHERE subject_id = $1 AND id = ANY($2::uuid[]) AND used_at IS NULL',
      [subjectId, ids, this.clock.now()],
    );
    await this.db.execute('DELETE FROM identity.guardianships WHERE subject_id = $1 AND id = ANY($2::uuid[])', [
      subjectId,
      ids,
    ]);
  }

  /** Runs in the transaction that spends the code. */
  private async confirmed(subjectId: string, id: string): Promise<Confirmed> {
    const guardian = await this.records.open(await this.find({ subjectId, id }));
    if (!guardian) throw refusal('guardianship.not_found');
    const account = await this.accounts.findOwner(guardian.identifier);
    const kind = minorKindOf(await this.getLocked(subjectId), 'guardianship.came_of_age');
    if (account?.isMinor) throw refusal('guardianship.guardian_is_minor');
    await this.noteCode({ subjectId, id }, account);
    return { messages: await this.additions.finish({ subjectId, id }, kind) };
  }

  /** A yes that was said to whoever had the address before is none to whoever has it now. */
  private async noteCode(
    { subjectId, id }: Pick<Guardianship, 'subjectId' | 'id'>,
    account: Subject | null,
  ): Promise<void> {
    const changed = await this.db.execute(
      `UPDATE identity.guardianships SET guardian_id = $3, code_confirmed_at = $4, accepted_at = CASE WHEN guardian_id IS NULL OR guardian_id = $3 THEN accepted_at END
       WHERE subject_id = $1 AND id = $2 AND state = 'pending'`,
      [subjectId, id, account?.subjectId ?? null, this.clock.now()],
    );
    if (changed === 0) throw refusal('guardianship.not_found');
  }

  private async recordConfirmed(
    { subjectId, id }: Pick<Guardianship, 'subjectId' | 'id'>,
    kind: GuardianshipKind,
    by: 'code' | 'registration',
  ): Promise<void> {
    await this.audit.record({
      act: 'guardianship.confirmed',
      object: { type: 'guardianship', id },
      subjectId,
      details: { kind, by, isConsent: kind === 'consent' },
    });
  }

  private async insert(
    { subjectId, id, guardian }: { subjectId: string; id: string; guardian: Guardian },
    facts: Partial<Guardianship>,
  ): Promise<void> {
    await this.guardianshipRepository.insert({
      ...facts,
      subjectId,
      id,
      requestedAt: this.clock.now(),
      guardian: await this.records.seal({ subjectId, id }, guardian),
      guardianIndex: await this.accounts.indexOf(guardian.identifier),
    });
  }

  private async find(whose: { subjectId?: string; id: string }): Promise<Guardianship> {
    const found = await this.guardianshipRepository.findOneBy(whose);
    if (!found) throw refusal('guardianship.not_found');
    return found;
  }

  private async getLocked(subjectId: string): Promise<Subject> {
    await this.db.query('SELECT 1 FROM identity.subjects WHERE subject_id = $1 FOR UPDATE', [subjectId]);
    return this.get(subjectId);
  }

  private async get(subjectId: string): Promise<Subject> {
    const subject = await this.subjectRepository.findOneBy({ subjectId });
    if (!subject) throw new DomainError('notFound', 'subject.not_found');
    return subject;
  }
}

/** @throws DomainError `subject.restricted`, or `otherwise` for somebody who has no need of a guardian. */
function minorKindOf(
  subject: Subject,
  otherwise: 'guardianship.not_a_minor' | 'guardianship.came_of_age',
): GuardianshipKind {
  subject.requireUnrestricted();
  const kind = subject.kind === 'person' ? kindFor(subject.minorStatus) : null;
  if (kind === null) throw refusal(otherwise);
  return kind;
}
