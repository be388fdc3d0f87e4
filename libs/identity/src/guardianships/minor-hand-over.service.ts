import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database, Jobs, ScheduledTasks } from '@abide/platform';
import { MinorAges } from '../subjects/minor-ages.js';
import { dayOf, presentMinorStatus, type AgesOfMinority, type MinorStatus } from '../subjects/minor.rules.js';
import { Profiles } from '../subjects/profiles.service.js';
import type { Guardian } from './guardian.rules.js';
import { GuardianAges } from './guardian-ages.service.js';
import { GuardianLinks } from './guardian-links.service.js';
import { Guardianships } from './guardianships.service.js';

interface Minor {
  readonly subjectId: string;
  readonly minorStatus: MinorStatus;
}

interface ChangeOfAge {
  readonly subjectId: string;
  readonly from: MinorStatus;
  readonly to: MinorStatus;
}

const atOnce = 200;
const everySeconds = 3600;

/** Hands minors over to themselves at the ages of guardian consent and of majority (register of promises, M1). */
@Injectable()
export class MinorHandOver implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly ages: MinorAges,
    private readonly profiles: Profiles,
    private readonly guardianships: Guardianships,
    private readonly links: GuardianLinks,
    private readonly guardianAges: GuardianAges,
  ) {}

  onModuleInit(): void {
    this.tasks.every(everySeconds, 'identity.hand_over_minors', () => this.handOverAll());
  }

  /** Looks at every minor who was not looked at on this day yet, a batch to a transaction. */
  async handOverAll(): Promise<void> {
    const ages = await this.ages.current();
    let looked: number;
    do looked = await this.db.transaction(() => this.handOverSome(ages));
    while (looked === atOnce);
  }

  /** Brings a minor status and the guardianships into line, and tells whoever cares. Joins the open transaction. */
  async settle({ subjectId, from, to }: ChangeOfAge): Promise<void> {
    await this.db.execute(
      'UPDATE identity.subjects SET minor_status = $2, version = version + 1 WHERE subject_id = $1',
      [subjectId, to],
    );
    const guardianIds = await this.guardianships.guardiansOf(subjectId);
    await this.settleGuardianships(subjectId, to);
    await this.settleAsGuardian(subjectId, to);
    await this.audit.record({
      act: 'subject.handedOver',
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { from, to },
    });
    await this.jobs.publish('identity.minor_handed_over', {
      subjectId,
      from,
      to,
      guardianIds,
      at: this.clock.now().toISOString(),
    });
  }

  /** Whoever is looked at is marked and so not found again; what somebody else is changing at this moment is left for the next hour. */
  private async handOverSome(ages: AgesOfMinority): Promise<number> {
    const now = this.clock.now();
    const day = dayOf(now, ages);
    const minors = await this.due(day);
    const subjectIds = minors.map(({ subjectId }) => subjectId);
    await this.keepEarlierGuardians(subjectIds);
    const birthDates = await this.profiles.birthDates(subjectIds);
    for (const { subjectId, minorStatus } of minors) {
      const birthDate = birthDates.get(subjectId);
      const to = birthDate === undefined ? minorStatus : presentMinorStatus(birthDate, now, ages);
      if (to !== minorStatus) await this.settle({ subjectId, from: minorStatus, to });
    }
    await this.db.execute('UPDATE identity.subjects SET minor_checked_on = $2 WHERE subject_id = ANY($1::uuid[])', [
      subjectIds,
      day,
    ]);
    return minors.length;
  }

  /** Children who registered before guardianships were kept have a guardian who consented, and no row that says so. */
  private async keepEarlierGuardians(subjectIds: readonly string[]): Promise<void> {
    const without = await this.db.query<{ subject_id: string; guardian_confirmed_at: Date }>(
      `SELECT subject_id, guardian_confirmed_at FROM identity.subjects subject
       WHERE subject_id = ANY($1::uuid[]) AND minor_status = 'under14' AND guardian_confirmed_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM identity.guardianships held WHERE held.subject_id = subject.subject_id)`,
      [subjectIds],
    );
    for (const { subject_id, guardian_confirmed_at } of without) {
      const { guardian } = await this.profiles.readWhileKeysLive(subject_id, ['guardian']);
      if (guardian !== undefined)
        await this.links.keepEarlier(subject_id, JSON.parse(guardian) as Guardian, guardian_confirmed_at);
    }
  }

  private due(day: string): Promise<Minor[]> {
    return this.db.query<Minor>(
      `SELECT subject_id AS "subjectId", minor_status AS "minorStatus" FROM identity.subjects
       WHERE minor_status IN ('under14', 'under18') AND status = 'active' AND minor_checked_on < $1
       ORDER BY minor_checked_on, subject_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [day, atOnce],
    );
  }

  /** What an account says of an age it says of a guardian's too. */
  private async settleAsGuardian(subjectId: string, to: MinorStatus): Promise<void> {
    if (to === 'adult') await this.guardianAges.accountIsOfAge(subjectId);
    else await this.guardianAges.accountIsMinor(subjectId);
  }

  /** A consent ends with the age it is needed below, the rest with minority; a younger age makes a guardian's word a consent again. */
  private async settleGuardianships(subjectId: string, to: MinorStatus): Promise<void> {
    if (to === 'under14') {
      await this.db.execute(
        "UPDATE identity.guardianships SET kind = 'consent' WHERE subject_id = $1 AND state <> 'ended'",
        [subjectId],
      );
      return;
    }
    const ended = await this.db.query<{ id: string }>(
      `UPDATE identity.guardianships SET state = 'ended', ended_at = $2, end_reason = 'cameOfAge'
       WHERE subject_id = $1 AND state <> 'ended' AND ($3 <> 'under18' OR (kind = 'consent' AND state = 'confirmed')) RETURNING id`,
      [subjectId, this.clock.now(), to],
    );
    for (const { id } of ended) {
      await this.audit.record({
        act: 'guardianship.ended',
        object: { type: 'guardianship', id },
        subjectId,
        details: { reason: 'cameOfAge' },
      });
    }
  }
}
