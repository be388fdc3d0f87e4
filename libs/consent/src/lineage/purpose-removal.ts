import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, ScheduledTasks } from '@abide/platform';
import { LeftOver, type LeftOverRows } from './left-over.js';
import { LineageTables, type Kind, type LineageTable } from './lineage-tables.js';
import { isEndedBy } from '../states/standing-lineage.sql.js';

/** Makes what is stored of these subjects no more exact than the purposes that are left may have it. */
export type Coarsening = (subjectIds: readonly string[]) => Promise<void>;

interface Watched {
  readonly table: LineageTable;
  readonly coarsen: Coarsening;
}

/** A withdrawal that has still to reach what is stored. */
interface Removal {
  readonly subjectId: string;
  readonly withdrawalId: string;
  /** Every transaction that may have decided before the withdrawal had ended when this was read: whatever it stored is there to be seen. */
  readonly isSettled: boolean;
}

const intervalSeconds = 1;
const removalsPerBatch = 500;
/** How many rows are written at once. */
export const rowsPerBatch = 5000;

/** Those that nobody has looked at, and those of which every transaction has ended that was under way when somebody did. */
const dueRemovals = `SELECT subject_id AS "subjectId", withdrawal_id AS "withdrawalId",
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
    private readonly tasks: ScheduledTasks,
    private readonly tables: LineageTables,
    private readonly leftOver: LeftOver,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'consent.purpose_removal', () => this.run());
  }

  /** Call it while modules initialise. */
  watch(table: LineageTable, coarsen: Coarsening): void {
    this.tables.register(table);
    this.watched.push({ table, coarsen });
  }

  /** Works off what withdrawals have left. */
  async run(): Promise<void> {
    for (let taken = removalsPerBatch; taken === removalsPerBatch;) {
      const removals = await this.db.query<Removal>(dueRemovals);
      await this.takeAway([...new Set(removals.map(({ subjectId }) => subjectId))], (table) =>
        withoutRemoved(table, removals),
      );
      await this.settle(removals);
      taken = removals.length;
    }
  }

  /** Takes purposes away from rows of these subjects wherever something is stored: `rowsOf` finds `rowsPerBatch` rows at most. */
  async takeAway(subjectIds: readonly string[], rowsOf: (table: LineageTable) => LeftOverRows): Promise<void> {
    for (const { table, coarsen } of this.watched) {
      const kinds = await this.kindsIn(table, subjectIds);
      if (kinds.length === 0) continue;
      while ((await this.leftOver.write(table, rowsOf(table), kinds)) === rowsPerBatch);
      await coarsen(subjectIds);
    }
  }

  /** What is stored there of any of them. */
  private async kindsIn({ name }: LineageTable, subjectIds: readonly string[]): Promise<Kind[]> {
    if (subjectIds.length === 0) return [];
    return this.db.query<Kind>(`SELECT DISTINCT category, service FROM ${name} WHERE subject_id = ANY($1::uuid[])`, [
      subjectIds,
    ]);
  }

  /** What is settled is done; the others are looked at again when every transaction has ended that is under way now. */
  private async settle(removals: readonly Removal[]): Promise<void> {
    const keys = (some: readonly Removal[]) => [
      some.map(({ subjectId }) => subjectId),
      some.map(({ withdrawalId }) => withdrawalId),
    ];
    const [done, again] = [
      removals.filter(({ isSettled }) => isSettled),
      removals.filter(({ isSettled }) => !isSettled),
    ];
    const among = '(subject_id, withdrawal_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))';
    if (done.length > 0) await this.db.execute(`DELETE FROM consent.purpose_removals WHERE ${among}`, keys(done));
    if (again.length > 0)
      await this.db.execute(
        `UPDATE consent.purpose_removals SET horizon = pg_snapshot_xmax(pg_current_snapshot()) WHERE ${among}`,
        keys(again),
      );
  }
}

/** The rows that were collected on one of the consents that these withdrawals ended, `rowsPerBatch` at most. */
function withoutRemoved({ name, id }: LineageTable, removals: readonly Removal[]): LeftOverRows {
  return {
    sql: `WITH removal AS MATERIALIZED (
        SELECT * FROM consent.purpose_removals WHERE (subject_id, withdrawal_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
      )
      SELECT row.subject_id, row.${id}, row.due_month, row.category, row.service, left_over.lineage
      FROM ${name} AS row CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(entry ORDER BY place) FILTER (WHERE NOT is_ended), '[]') AS lineage, bool_or(is_ended) AS is_less
        FROM (SELECT entry, place, ${isEndedBy('removal', { row: 'row', entry: 'entry' })} AS is_ended FROM jsonb_array_elements(row.lineage) WITH ORDINALITY AS each (entry, place)) AS entries
      ) AS left_over
      WHERE row.subject_id = ANY($1::uuid[]) AND row.lineage <> '[]' AND left_over.is_less LIMIT ${rowsPerBatch}`,
    parameters: [removals.map(({ subjectId }) => subjectId), removals.map(({ withdrawalId }) => withdrawalId)],
  };
}
