import { Injectable } from '@nestjs/common';
import type { Page } from '@abide/kernel';
import { Database, epochMilliseconds, readCursor, toPage, uuidArray, type PageQuery } from '@abide/platform';
import { asksAcceptance, type AcceptanceFact } from '@abide/rulebook';
import { CitedRevisions } from '../effective/cited-revisions.js';
import { Revisions } from '../revisions/revisions.js';
import type { AcceptanceMode } from './acceptance.entity.js';

/** An acceptance with the revision it is of. */
export interface AcceptanceRow {
  readonly revisionId: string;
  readonly policySlug: string;
  readonly number: number;
  readonly mode: AcceptanceMode;
  readonly at: Date;
}

/** A revision in force that a subject has yet to accept, or may accept explicitly. */
export interface OpenAcceptance {
  readonly revisionId: string;
  readonly policySlug: string;
  readonly number: number;
  /** Continued use is enough; otherwise the subject has to say so. */
  readonly isAcceptedByUse: boolean;
}

const row = `SELECT acceptance.revision_id AS "revisionId", policy.slug AS "policySlug", revision.number, acceptance.mode, acceptance.at
  FROM policy.acceptances acceptance
  JOIN policy.revisions revision ON revision.id = acceptance.revision_id
  JOIN policy.policies policy ON policy.id = acceptance.policy_id`;

/**
 * Whether continuing to use the service accepts `revision` for the subject `$1`: the revision says so, and none that took
 * effect since the subject's last explicit acceptance of the policy asks for more, because a later wording settles nothing
 * that an earlier change left open.
 */
export const isAcceptedByUse = `revision.is_accepted_by_use AND NOT EXISTS (
  SELECT FROM policy.revisions earlier
  WHERE earlier.policy_id = revision.policy_id AND earlier.number < revision.number
    AND earlier.took_effect_at IS NOT NULL AND NOT earlier.is_accepted_by_use
    AND earlier.number > coalesce((
      SELECT max(agreed.number) FROM policy.acceptances acceptance JOIN policy.revisions agreed ON agreed.id = acceptance.revision_id
      WHERE acceptance.subject_id = $1 AND acceptance.policy_id = revision.policy_id AND acceptance.mode = 'explicit'), 0))`;

/** Reading acceptances. */
@Injectable()
export class AcceptanceQueries {
  constructor(
    private readonly db: Database,
    private readonly cited: CitedRevisions,
    private readonly revisions: Revisions,
  ) {}

  /** What decisions must know: every acceptance of these subjects, or those recorded by an instant. */
  async factsOf(
    subjectIds: readonly string[],
    knownBy: Date | null = null,
  ): Promise<ReadonlyMap<string, readonly AcceptanceFact[]>> {
    const rows = await this.db.prepared<{ subject_id: string; revision_id: string; mode: AcceptanceMode; at: number }>(
      'policy.acceptance_facts',
      `SELECT subject_id, revision_id, mode, ${epochMilliseconds('at')} AS at FROM policy.acceptances WHERE subject_id = ANY($1::uuid[]) AND ($2::timestamptz IS NULL OR at <= $2)`,
      [uuidArray(subjectIds), knownBy],
    );
    const names = await this.cited.namesOf(rows.map((row) => row.revision_id));
    const facts = new Map<string, AcceptanceFact[]>();
    for (const { subject_id, revision_id, mode, at } of rows) {
      const name = names.get(revision_id);
      if (!name) continue;
      const own = facts.get(subject_id) ?? [];
      own.push({ policy: name.policy, revision: name.number, mode, at });
      facts.set(subject_id, own);
    }
    return facts;
  }

  /** What a subject accepted, newest first. */
  async ofSubject(subjectId: string, { limit, cursor }: PageQuery): Promise<Page<AcceptanceRow>> {
    const after = readCursor(cursor);
    const rows = await this.db.query<AcceptanceRow>(
      `${row} WHERE acceptance.subject_id = $1 AND ($2::timestamptz IS NULL OR (acceptance.at, acceptance.revision_id) < ($2, $3::uuid))
       ORDER BY acceptance.at DESC, acceptance.revision_id DESC, acceptance.mode LIMIT $4`,
      [subjectId, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return toPage(
      rows,
      limit,
      ({ at, revisionId }) => ({ at, id: revisionId }),
      (row) => row,
    );
  }

  /** Everything a subject accepted, oldest first, for their own answer. */
  all(subjectId: string): Promise<AcceptanceRow[]> {
    return this.db.query<AcceptanceRow>(
      `${row} WHERE acceptance.subject_id = $1 ORDER BY acceptance.at, acceptance.revision_id, acceptance.mode`,
      [subjectId],
    );
  }

  /** The explicit acceptance of a revision, which has to be there. */
  async getExplicit(subjectId: string, revisionId: string): Promise<AcceptanceRow> {
    const [found] = await this.db.query<AcceptanceRow>(
      `${row} WHERE acceptance.subject_id = $1 AND acceptance.revision_id = $2 AND acceptance.mode = 'explicit'`,
      [subjectId, revisionId],
    );
    if (!found) throw new Error('An acceptance that was just recorded is not there');
    return found;
  }

  /** The revisions in force that a subject has not accepted in any way, and is asked to: a change that needs a fresh word asks everybody. */
  async open(subjectId: string): Promise<OpenAcceptance[]> {
    const inForce = await this.revisions.allInForce();
    const asking = inForce.filter(
      ({ policy, revision }) =>
        asksAcceptance(revision.document) || (policy.kind !== 'guide' && revision.weight === 'freshConsent'),
    );
    return this.db.query<OpenAcceptance>(
      `SELECT revision.id AS "revisionId", policy.slug AS "policySlug", revision.number, (${isAcceptedByUse}) AS "isAcceptedByUse"
       FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id
       WHERE revision.id = ANY($2::uuid[])
         AND NOT EXISTS (SELECT FROM policy.acceptances WHERE subject_id = $1 AND revision_id = revision.id)
       ORDER BY policy.slug`,
      [subjectId, asking.map(({ revision }) => revision.id)],
    );
  }
}
