import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, type HoldingGround, type HoldingScope, type HoldingSummary } from '@abide/platform';
import type { LineageEntry } from '../gate/collection.service.js';
import type { LineageTable } from './lineage-tables.js';
import { standingLineage } from './standing-lineage.sql.js';

interface Held extends Omit<HoldingSummary, 'grounds' | 'due'> {
  readonly dueCount: number;
  readonly dueSince: Date | null;
  readonly grounds: readonly (Omit<LineageEntry, 'basis' | 'consentEvent' | 'precision'> & {
    readonly count: number;
  })[];
}

/** What the holders of collected rows answer alike: what is held and why, and that it goes. */
@Injectable()
export class LineageRows {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** By category and service, with the purposes and clauses that the rows carry; what is due is held until it is swept. */
  async describe(
    { name }: LineageTable,
    subjectId: string,
    { since, until }: HoldingScope = {},
  ): Promise<HoldingSummary[]> {
    const held = await this.db.query<Held>(
      `WITH own AS MATERIALIZED (
         SELECT category, service, received_at, retain_until, ${standingLineage('row')} AS lineage FROM ${name} AS row
         WHERE subject_id = $1 AND ($3::timestamptz IS NULL OR (occurred_at >= $3 AND received_at >= $3))
           AND ($4::timestamptz IS NULL OR (occurred_at < $4 AND received_at < $4))
       ), grounds AS (
         SELECT category, service, entry->>'policy' AS policy, (entry->>'revision')::int AS revision, entry->>'clause' AS clause, entry->>'purpose' AS purpose, count(*)::int AS count
         FROM own, jsonb_array_elements(lineage) AS entry GROUP BY 1, 2, 3, 4, 5, 6
       )
       SELECT category, service, count(*)::int AS count, min(received_at) AS since, max(retain_until) AS until, bool_or(retain_until IS NULL) AS "isOpenEnded",
         count(*) FILTER (WHERE retain_until <= $2)::int AS "dueCount", min(retain_until) FILTER (WHERE retain_until <= $2) AS "dueSince",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('policy', policy, 'revision', revision, 'clause', clause, 'purpose', purpose, 'count', grounds.count)), '[]')
          FROM grounds WHERE grounds.category = own.category AND grounds.service = own.service) AS grounds
       FROM own GROUP BY category, service ORDER BY category, service`,
      [subjectId, this.clock.now(), since ?? null, until ?? null],
    );
    return held.map(({ grounds, dueCount, dueSince, ...summary }) => ({
      ...summary,
      due: dueSince && { count: dueCount, since: dueSince },
      grounds: grounds.map(({ clause, ...ground }): HoldingGround => ({ ...ground, clauseId: clause })),
    }));
  }

  /** Every row of the subject, and the answers of the batches that they sent themselves. */
  erase({ name, module }: LineageTable, subjectId: string): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.execute(`DELETE FROM ${module}.batches WHERE owner = $1`, [`subject:${subjectId}`]);
      return this.db.execute(`DELETE FROM ${name} WHERE subject_id = $1`, [subjectId]);
    });
  }

  /** What fell due before `now`, `limit` rows at most. */
  expire({ name, id }: LineageTable, now: Date, limit: number): Promise<number> {
    const key = `subject_id, ${id}, due_month`;
    return this.db.execute(
      `DELETE FROM ${name} WHERE (${key}) IN (SELECT ${key} FROM ${name} WHERE retain_until <= $1 LIMIT $2)`,
      [now, limit],
    );
  }
}
