import type { Database } from '../database/database.js';
import type { AffectedCount, HolderAnswer, RetainedCount } from './holder.js';

/** `done` where something was deleted or changed, else `nothing`; counts of 0 are left out. */
export function answerOf(counts: readonly AffectedCount[], retained: readonly RetainedCount[] = []): HolderAnswer {
  const affected = counts.filter(({ count }) => count > 0);
  return {
    outcome: affected.length > 0 ? 'done' : 'nothing',
    counts: affected,
    retained: retained.filter(({ count }) => count > 0),
  };
}

export const nothingToDo: HolderAnswer = answerOf([]);

/** Whether a kind of data is meant; every one where none is named. */
export function isAskedFor(category: string, categories: readonly string[] | undefined): boolean {
  return categories?.includes(category) ?? true;
}

/** One count for each kind of data in each table. */
export function summedCounts(counts: readonly AffectedCount[]): AffectedCount[] {
  const byPlace = Map.groupBy(counts, ({ category, table }) => `${category} ${table ?? ''}`);
  return [...byPlace.values()].map((same) => ({ ...(same[0] as AffectedCount), count: rowsIn(same) }));
}

/** How many rows an answer says were deleted or changed. */
export function rowsIn(counts: readonly AffectedCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Deletes from `table`, whose rows are called `held`, what `where` finds. `category` is SQL: what a row is of. Joins the open transaction. */
export async function deleteCounted(
  db: Database,
  { table, category, where }: { readonly table: string; readonly category: string; readonly where: string },
  parameters: readonly unknown[],
): Promise<AffectedCount[]> {
  const counts = await db.query<{ category: string; count: number }>(
    `WITH gone AS (DELETE FROM ${table} AS held WHERE ${where} RETURNING ${category} AS category)
     SELECT category, count(*)::int AS count FROM gone GROUP BY category ORDER BY category`,
    [...parameters],
  );
  return counts.map(({ category, count }) => ({ category, table, count }));
}
