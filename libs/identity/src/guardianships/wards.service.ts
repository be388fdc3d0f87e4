import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database, type Position } from '@abide/platform';
import { Repository } from 'typeorm';
import { maskName } from '../subjects/mask.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import { Subject } from '../subjects/subject.entity.js';
import { refusal, type ConsentState } from './guardian.rules.js';
import type { Guardianship } from './guardianship.entity.js';
import { GuardianshipRecords, type OpenedGuardianship } from './guardianship-records.js';
import { GuardianAges } from './guardian-ages.service.js';
import { Guardianships } from './guardianships.service.js';

/** A child as their guardian sees them. */
export interface Ward {
  readonly guardianship: Guardianship;
  readonly subject: Subject | null;
  /** Masked; empty when the child gave no name, or their data is stored only. */
  readonly displayName: string;
  /** Further guardians whom the child named and nobody has said yes to. */
  readonly proposed: readonly OpenedGuardianship[];
}

/** What a guardian with an account of their own sees and does for the children who named them. */
@Injectable()
export class Wards {
  constructor(
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly records: GuardianshipRecords,
    private readonly guardianships: Guardianships,
    private readonly profiles: Profiles,
    private readonly ages: GuardianAges,
  ) {}

  /** A page, newest first: `limit` and one more, to tell that there are more. */
  async list(guardianId: string, limit: number, after: Position | null): Promise<Ward[]> {
    const wards: Ward[] = [];
    for (const guardianship of await this.records.pageOfGuardian(guardianId, limit, after)) {
      const subject = await this.subjectRepository.findOneBy({ subjectId: guardianship.subjectId });
      const { name } = subject && !subject.isRestricted ? await this.profiles.read(subject.subjectId, ['name']) : {};
      const proposed = subject && !subject.isRestricted ? await this.records.proposed(guardianship) : [];
      wards.push({ guardianship, subject, displayName: name === undefined ? '' : maskName(name), proposed });
    }
    return wards;
  }

  /**
   * Gives or withdraws the guardian's consent (rules.md, rule 5); what stands already is left as it is.
   * @throws DomainError as `Guardianships.requireWard`.
   */
  async setConsent(guardianId: string, wardId: string, state: ConsentState): Promise<Guardianship> {
    return this.db.transaction(async () => {
      await this.guardianships.lockWard(wardId);
      const { guardianshipId } = await this.guardianships.requireWard(guardianId, wardId);
      const changed =
        state === 'granted' ? await this.grant(guardianId, wardId) : await this.withdraw(guardianId, wardId);
      const act = state === 'granted' ? 'guardianship.consentGranted' : 'guardianship.consentWithdrawn';
      for (const id of changed)
        await this.audit.record({ act, object: { type: 'guardianship', id }, subjectId: wardId });
      if (state === 'granted') await this.ages.goOn(wardId);
      const held = await this.records.between(guardianId, wardId);
      const kept = held.find(({ id }) => id === guardianshipId);
      if (!kept) throw refusal('guardianship.not_found');
      return kept;
    });
  }

  /** The guardian answers for the child no more, and a consent of theirs goes with it. @throws DomainError `guardianship.not_found`. */
  async leave(guardianId: string, wardId: string): Promise<void> {
    await this.db.transaction(async () => {
      await this.guardianships.lockWard(wardId);
      const ended = await this.db.query<{ id: string }>(
        `UPDATE identity.guardianships SET state = 'ended', ended_at = $3, end_reason = 'guardianLeft'
         WHERE subject_id = $1 AND guardian_id = $2 AND state <> 'ended' RETURNING id`,
        [wardId, guardianId, this.clock.now()],
      );
      if (ended.length === 0) throw refusal('guardianship.not_found');
      for (const { id } of ended) {
        await this.audit.record({
          act: 'guardianship.ended',
          object: { type: 'guardianship', id },
          subjectId: wardId,
          details: { reason: 'guardianLeft' },
        });
      }
    });
  }

  private async grant(guardianId: string, wardId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE identity.guardianships SET kind = 'consent', consented_at = $3, consent_withdrawn_at = NULL, set_aside = set_aside * tstzmultirange(tstzrange(NULL, $3::timestamptz)),
         earlier_consents = CASE WHEN consented_at IS NULL THEN earlier_consents
                                 ELSE earlier_consents + tstzmultirange(tstzrange(consented_at, consent_withdrawn_at)) END
       WHERE subject_id = $1 AND guardian_id = $2 AND state = 'confirmed' AND (consented_at IS NULL OR consent_withdrawn_at IS NOT NULL) RETURNING id`,
      [wardId, guardianId, this.clock.now()],
    );
    await this.records.takeBack(wardId, guardianId);
    return rows.map(({ id }) => id);
  }

  /** Also by somebody who never said yes. A clock that was set back does not make the consent end before it began. */
  private async withdraw(guardianId: string, wardId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE identity.guardianships SET consent_withdrawn_at = coalesce(consent_withdrawn_at, greatest(consented_at, $3::timestamptz)), set_aside = set_aside * tstzmultirange(tstzrange(NULL, $3::timestamptz))
       WHERE subject_id = $1 AND guardian_id = $2 AND state = 'confirmed' AND (consent_withdrawn_at IS NULL OR upper_inf(set_aside)) RETURNING id`,
      [wardId, guardianId, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }
}
