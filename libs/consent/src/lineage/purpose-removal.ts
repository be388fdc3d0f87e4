import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, Ticks } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { retentionFor } from '@abide/rulebook';
import { LineageTables, type LineageTable } from './lineage-tables.js';

/** Makes what is stored of a subject no more exact than the purposes that are left may have it. */
export type Coarsening = (subjectId: string) => Promise<void>;

interface Watched {
  readonly table: LineageTable;
  readonly coarsen: Coarsening;
}

/** A withdrawal that has still to reach what is stored; `grants` are the consents that it ended. */
interface Removal {
  readonly subjectId: string;
  readonly withdrawalId: string;
  readonly purpose: string;
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly grants: readonly string[];
  /** Every transaction that may have decided before the withdrawal had ended when this was read: whatever it stored is there to be seen. */
  readonly isSettled: boolean;
}

interface Minimum {
  readonly category: string;
  readonly service: string;
  /** ISO 8601, which PostgreSQL reads as an interval. */
  readonly period: string;
  /** How far the law's zone, whose months count, is ahead of the database's, which is UTC. */
  readonly zone: string;
}

const tickSeconds = 1;
const removalsPerBatch = 500;
const rowsPerBatch = 5000;

/** Those that nobody has looked at, and those of which every transaction has ended that was under way when somebody did. */
const dueRemovals = `SELECT subject_id AS "subjectId", withdrawal_id AS "withdrawalId", purpose, categories, service, grants,
    coalesce(horizon, pg_snapshot_xmax(pg_current_snapshot())) <= pg_snapshot_xmin(pg_current_snapshot()) AS "isSettled"
  FROM consent.purpose_removals
  WHERE horizon IS NULL OR horizon <= pg_snapshot_xmin(pg_current_snapshot()) LIMIT ${removalsPerBatch}`;

/**
 * Takes a withdrawn purpose away from every row that was collected on the consent; a row with no purpose left is due at once, or when
 * the law's minimum is over (rules.md, Keep). The withdrawal leaves a line (`consent.purpose_removals`), by which readers go until this has run:
 * within a second, and once more when every transaction has ended that may have decided before it and stored after it.
 */
@Injectable()
export class PurposeRemoval implements OnModuleInit {
  private readonly watched: Watched[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ticks: Ticks,
    private readonly rulebooks: EffectiveRulebook,
    private readonly tables: LineageTables,
  ) {}

  onModuleInit(): void {
    this.ticks.every(tickSeconds, 'consent.purpose_removal', () => this.run());
  }

  /** Call it while modules initialise. */
  watch(table: LineageTable, coarsen: Coarsening): void {
    this.tables.register(table);
    this.watched.push({ table, coarsen });
  }

  /** Works off what withdrawals have left. */
  async run(): Promise<void> {
    for (let taken = removalsPerBatch; taken === removalsPerBatch; ) {
      const removals = await this.db.query<Removal>(dueRemovals);
      for (const watched of this.watched) await this.removeFrom(watched, removals);
      await this.settle(removals);
      taken = removals.length;
    }
  }

  private async removeFrom({ table, coarsen }: Watched, removals: readonly Removal[]): Promise<void> {
    const holders = await this.holdersIn(table, removals);
    const concerned = removals.filter(({ subjectId }) => holders.has(subjectId));
    for (const removal of concerned) await this.remove(table, removal);
    for (const subjectId of new Set(concerned.map((removal) => removal.subjectId))) await coarsen(subjectId);
  }

  /** About whom anything is stored there at all. */
  private async holdersIn({ name }: LineageTable, removals: readonly Removal[]): Promise<ReadonlySet<string>> {
    if (removals.length === 0) return new Set();
    const rows = await this.db.query<{ subjectId: string }>(
      `SELECT one AS "subjectId" FROM unnest($1::uuid[]) AS one WHERE EXISTS (SELECT FROM ${name} AS row WHERE row.subject_id = one)`,
      [[...new Set(removals.map(({ subjectId }) => subjectId))]],
    );
    return new Set(rows.map(({ subjectId }) => subjectId));
  }

  private async remove(table: LineageTable, removal: Removal): Promise<void> {
    const minimums = await this.minimumsOf(table, removal.subjectId);
    while ((await this.removeBatch(table, removal, minimums)) === rowsPerBatch);
  }

  private removeBatch({ name, id }: LineageTable, { subjectId, purpose, grants, categories, service }: Removal, minimums: readonly Minimum[]): Promise<number> {
    return this.db.execute(
      `UPDATE ${name} AS held SET lineage = left_over.lineage,
         retain_until = CASE WHEN left_over.lineage <> '[]' THEN held.retain_until
           ELSE least(coalesce(held.retain_until, 'infinity'), greatest($6::timestamptz, held.occurred_at + least_kept.zone::interval + least_kept.period::interval - least_kept.zone::interval)) END
       FROM (
         SELECT row.subject_id, row.${id}, row.due_month, row.category, row.service,
           (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]') FROM jsonb_array_elements(row.lineage) WITH ORDINALITY AS each (entry, place)
            WHERE NOT (entry->>'purpose' = $2 AND entry->>'consentEvent' = ANY($3::text[]))) AS lineage
         FROM ${name} AS row
         WHERE row.subject_id = $1 AND ($4::text[] IS NULL OR row.category = ANY($4)) AND ($5::text IS NULL OR row.service = $5)
           AND EXISTS (SELECT FROM jsonb_array_elements(row.lineage) AS entry WHERE entry->>'purpose' = $2 AND entry->>'consentEvent' = ANY($3::text[]))
         LIMIT ${rowsPerBatch}
       ) AS left_over
       LEFT JOIN unnest($7::text[], $8::text[], $9::text[], $10::text[]) AS least_kept (category, service, period, zone) ON least_kept.category = left_over.category AND least_kept.service = left_over.service
       WHERE held.subject_id = left_over.subject_id AND held.${id} = left_over.${id} AND held.due_month = left_over.due_month`,
      [
        subjectId, purpose, grants, categories, service, this.clock.now(),
        minimums.map((one) => one.category), minimums.map((one) => one.service), minimums.map((one) => one.period), minimums.map((one) => one.zone),
      ],
    );
  }

  private async minimumsOf({ name }: LineageTable, subjectId: string): Promise<Minimum[]> {
    const kinds = await this.db.query<{ category: string; service: string }>(`SELECT DISTINCT category, service FROM ${name} WHERE subject_id = $1`, [subjectId]);
    const { rulebook } = await this.rulebooks.current();
    return kinds.flatMap(({ category, service }) => {
      const period = retentionFor(rulebook, category, service)?.minimum?.period;
      return period === undefined ? [] : [{ category, service, period, zone: `${rulebook.profile.utcOffsetHours} hours` }];
    });
  }

  /** What is settled is done; the others are looked at again when every transaction has ended that is under way now. */
  private async settle(removals: readonly Removal[]): Promise<void> {
    const keys = (some: readonly Removal[]) => [some.map(({ subjectId }) => subjectId), some.map(({ withdrawalId }) => withdrawalId)];
    const [done, again] = [removals.filter(({ isSettled }) => isSettled), removals.filter(({ isSettled }) => !isSettled)];
    const among = '(subject_id, withdrawal_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))';
    if (done.length > 0) await this.db.execute(`DELETE FROM consent.purpose_removals WHERE ${among}`, keys(done));
    if (again.length > 0) await this.db.execute(`UPDATE consent.purpose_removals SET horizon = pg_snapshot_xmax(pg_current_snapshot()) WHERE ${among}`, keys(again));
  }
}
