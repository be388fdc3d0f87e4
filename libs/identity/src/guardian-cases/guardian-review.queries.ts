import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, type Position } from '@abide/platform';
import { Profiles } from '../subjects/profiles.service.js';

/** Why somebody has to look: the guardian's age is unknown, one of several withdrew, or a further one waits for the yes of another. */
export const reviewReasons = ['ageUnknown', 'withdrawalStands', 'additionWaits'] as const;
export type ReviewReason = (typeof reviewReasons)[number];

/** A child about whose guardian something is open. */
export interface OpenCase {
  readonly subjectId: string;
  readonly guardianshipId: string;
  readonly why: ReviewReason;
  /** Whether the gate is closed for the child because of it. */
  readonly isClosed: boolean;
  readonly since: Date;
  /** Until when what they consented to counts, or the registration is kept. */
  readonly dueAt: Date | null;
  /** Of the child, masked; empty when none was given or it is sealed yet. */
  readonly displayName: string;
}

type Row = Omit<OpenCase, 'displayName'>;

/** The children about whose guardians an officer has something to look at. */
@Injectable()
export class GuardianReview {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly profiles: Profiles,
  ) {}

  /** A page, newest first: `limit` and one more. */
  async page(limit: number, after: Position | null): Promise<OpenCase[]> {
    const rows = await this.db.query<Row>(
      `SELECT held.subject_id AS "subjectId", held.id AS "guardianshipId", held.why, held.is_closed AS "isClosed", held.since, held.due_at AS "dueAt"
       FROM (
         SELECT g.subject_id, g.id, 'ageUnknown' AS why, g.confirmed_at AS since, coalesce(g.age_due_at, waiting.expires_at) AS due_at, coalesce(g.age_due_at <= $1, true) AS is_closed
         FROM identity.guardianships g LEFT JOIN identity.pending_registrations waiting ON waiting.subject_id = g.subject_id
         WHERE g.state = 'confirmed' AND g.kind = 'consent' AND g.adult_known_at IS NULL AND g.consented_at IS NOT NULL AND g.consent_withdrawn_at IS NULL
         UNION ALL
         SELECT g.subject_id, g.id, 'withdrawalStands', g.consent_withdrawn_at, NULL, true
         FROM identity.guardianships g
         WHERE g.consent_withdrawn_at IS NOT NULL AND NOT upper_inf(g.set_aside)
           AND EXISTS (SELECT FROM identity.guardianships other WHERE other.subject_id = g.subject_id AND other.id <> g.id AND other.state = 'confirmed' AND other.consented_at IS NOT NULL AND other.consent_withdrawn_at IS NULL)
         UNION ALL
         SELECT g.subject_id, g.id, 'additionWaits', g.code_confirmed_at, g.requested_at + interval '7 days', false
         FROM identity.guardianships g WHERE g.state = 'pending' AND g.code_confirmed_at IS NOT NULL
       ) AS held
       JOIN identity.subjects ward ON ward.subject_id = held.subject_id AND ward.minor_status = 'under14'
       WHERE $3::timestamptz IS NULL OR (held.since, held.id) < ($3, $4::uuid)
       ORDER BY held.since DESC, held.id DESC LIMIT $2`,
      [this.clock.now(), limit + 1, after?.at ?? null, after?.id ?? null],
    );
    const names = await this.profiles.maskedNames(rows.map(({ subjectId }) => subjectId));
    return rows.map((row) => ({ ...row, displayName: names.get(row.subjectId) ?? '' }));
  }
}
