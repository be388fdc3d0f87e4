import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId } from '@abide/kernel';
import { Database, requestContext, type Message, type OperatorPrincipal } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import { OperatorSubjects } from '../operator-subjects/operator-subjects.service.js';
import { Messenger } from '../verifications/messenger.js';
import { GuardianAdditions } from '../guardianships/guardian-additions.service.js';
import { GuardianAges } from '../guardianships/guardian-ages.service.js';
import { setAsideText } from '../guardianships/guardian-messages.js';
import { refusal, type Decidable } from '../guardianships/guardian.rules.js';
import { GuardianshipEvidence } from '../guardianships/guardianship-evidence.entity.js';
import { Guardianship } from '../guardianships/guardianship.entity.js';
import { GuardianshipRecords } from '../guardianships/guardianship-records.js';
import { Guardianships } from '../guardianships/guardianships.service.js';

/** What an officer decides about a guardianship, what they saw, and why. */
export interface GuardianDecision {
  readonly about: Decidable;
  readonly evidence: string;
  readonly reason: string;
}

/** What an officer saw, in the open. */
export interface OpenedEvidence {
  readonly row: GuardianshipEvidence;
  readonly evidence: string;
}

type Whose = Pick<Guardianship, 'subjectId' | 'id'>;

/** What officers decide about a child's guardians, with evidence (rules.md, rule 5). */
@Injectable()
export class GuardianDecisions {
  constructor(
    @InjectRepository(Guardianship) private readonly guardianshipRepository: Repository<Guardianship>,
    @InjectRepository(GuardianshipEvidence)
    private readonly guardianshipEvidenceRepository: Repository<GuardianshipEvidence>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly vault: Vault,
    private readonly subjects: OperatorSubjects,
    private readonly records: GuardianshipRecords,
    private readonly guardianships: Guardianships,
    private readonly ages: GuardianAges,
    private readonly additions: GuardianAdditions,
    private readonly messenger: Messenger,
  ) {}

  /**
   * Decides and keeps the evidence, both or neither; the guardians concerned are told.
   * @throws DomainError `guardianship.not_found`, `.nothing_to_decide`, or as `OperatorSubjects.requirePermitted`.
   */
  async decide(
    whose: Whose,
    { about, evidence, reason }: GuardianDecision,
    by: OperatorPrincipal,
  ): Promise<Guardianship> {
    const messages = await this.db.transaction(async () => {
      await this.guardianships.lockWard(whose.subjectId);
      await this.subjects.requirePermitted(whose.subjectId, by, { categories: ['guardian.identity'] });
      const held = await this.get(whose);
      await this.keep(whose, { about, evidence, operatorId: by.operatorId });
      await this.audit.record({
        act: 'guardianship.decided',
        object: { type: 'guardianship', id: whose.id },
        subjectId: whose.subjectId,
        reason,
        details: { about },
      });
      return this.apply(held, about);
    });
    for (const message of messages) await this.messenger.send(message);
    return this.get(whose);
  }

  /** What was seen before each decision about a guardianship, newest first; that it was read is recorded. @throws DomainError as `decide`, `subject.minor_look_unapproved`. */
  async readEvidence({ subjectId, id }: Whose, reason: string, by: OperatorPrincipal): Promise<OpenedEvidence[]> {
    return this.db.transaction(async () => {
      await this.subjects.requireMayReveal(subjectId, by, { categories: ['guardian.identity'] });
      await this.get({ subjectId, id });
      const rows = await this.guardianshipEvidenceRepository.find({
        where: { subjectId, guardianshipId: id },
        order: { recordedAt: 'DESC' },
        take: 100,
      });
      await this.audit.record({
        act: 'guardianship.evidenceRead',
        object: { type: 'guardianship', id },
        subjectId,
        reason,
      });
      const opened: OpenedEvidence[] = [];
      for (const row of rows) opened.push({ row, evidence: await this.vault.open(placeOf(row), row.evidence) });
      return opened;
    });
  }

  private async apply(held: Guardianship, about: Decidable): Promise<Message[]> {
    if (about === 'age') {
      if (!(await this.ages.evidenceShowsAge(held.subjectId, held.id))) throw refusal('guardianship.nothing_to_decide');
      return [];
    }
    if (about === 'withdrawal') return this.setAside(held);
    if (held.state !== 'pending' || held.codeConfirmedAt === null) throw refusal('guardianship.nothing_to_decide');
    return this.additions.accept(held);
  }

  private async setAside(held: Guardianship): Promise<Message[]> {
    const changed = await this.db.execute(
      `UPDATE identity.guardianships SET set_aside = set_aside + tstzmultirange(tstzrange($3::timestamptz, NULL))
       WHERE subject_id = $1 AND id = $2 AND consent_withdrawn_at IS NOT NULL AND NOT upper_inf(set_aside)`,
      [held.subjectId, held.id, this.clock.now()],
    );
    if (changed === 0) throw refusal('guardianship.nothing_to_decide');
    await this.ages.goOn(held.subjectId);
    const message = await this.records.messageTo(held, setAsideText(requestContext()?.locale ?? 'zh-CN'));
    return message ? [message] : [];
  }

  private async keep(
    { subjectId, id }: Whose,
    { about, evidence, operatorId }: { about: Decidable; evidence: string; operatorId: string },
  ): Promise<void> {
    const row = { subjectId, id: newId(), guardianshipId: id, about, operatorId, recordedAt: this.clock.now() };
    await this.guardianshipEvidenceRepository.insert({
      ...row,
      evidence: await this.vault.seal(placeOf(row), evidence),
    });
  }

  private async get(whose: Whose): Promise<Guardianship> {
    const found = await this.guardianshipRepository.findOneBy({ subjectId: whose.subjectId, id: whose.id });
    if (!found) throw refusal('guardianship.not_found');
    return found;
  }
}

function placeOf({ subjectId, id }: Whose): Place {
  return { subjectId, table: 'identity.guardianship_evidence', column: 'evidence', rowId: id };
}
