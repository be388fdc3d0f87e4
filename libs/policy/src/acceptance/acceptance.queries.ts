import { Injectable } from '@nestjs/common';
import type { Page } from '@abide/kernel';
import { Database, readCursor, toPage, type PageQuery } from '@abide/platform';
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

/** Reading acceptances. */
@Injectable()
export class AcceptanceQueries {
  constructor(private readonly db: Database) {}

  /** What a subject accepted, newest first. */
  async ofSubject(subjectId: string, { limit, cursor }: PageQuery): Promise<Page<AcceptanceRow>> {
    const after = readCursor(cursor);
    const rows = await this.db.query<AcceptanceRow>(
      `${row} WHERE acceptance.subject_id = $1 AND ($2::timestamptz IS NULL OR (acceptance.at, acceptance.revision_id) < ($2, $3::uuid))
       ORDER BY acceptance.at DESC, acceptance.revision_id DESC, acceptance.mode LIMIT $4`,
      [subjectId, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return toPage(rows, limit, ({ at, revisionId }) => ({ at, id: revisionId }), (row) => row);
  }

  /** Everything a subject accepted, oldest first, for their own answer. */
  all(subjectId: string): Promise<AcceptanceRow[]> {
    return this.db.query<AcceptanceRow>(`${row} WHERE acceptance.subject_id = $1 ORDER BY acceptance.at, acceptance.revision_id, acceptance.mode`, [subjectId]);
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

  /** The revisions in force that a subject has not accepted in any way. */
  open(subjectId: string): Promise<OpenAcceptance[]> {
    return this.db.query<OpenAcceptance>(
      `SELECT revision.id AS "revisionId", policy.slug AS "policySlug", revision.number, revision.is_accepted_by_use AS "isAcceptedByUse"
       FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id
       WHERE revision.state = 'effective'
         AND NOT EXISTS (SELECT FROM policy.acceptances WHERE subject_id = $1 AND revision_id = revision.id)
       ORDER BY policy.slug`,
      [subjectId],
    );
  }
}
