import type { ClientBase } from 'pg';
import { HolderFailure } from '../protocol/holder-failure.js';
import type { HolderSubject } from '../protocol/holder-client.js';
import { kindsOf } from './manifest.js';
import type { DatabaseManifest, MappedTable, Scalar } from './manifest.schema.js';
import { quoted, quotedTable, SubjectRows } from './subject-rows.js';

/** Rows of one kind in one table. */
export interface HeldKind {
  readonly category: string;
  readonly count: number;
  readonly since: Date | null;
  readonly until: Date | null;
}

export interface HeldTable {
  readonly mapped: MappedTable;
  /** Null where nothing is given that the table knows people by. */
  readonly kinds: readonly HeldKind[] | null;
}

/** What a table has of somebody, counted by kind; a row counts for each kind of which it says something. @throws HolderFailure `tooManyRows` */
export async function countHeld(
  client: ClientBase,
  { manifest, subject }: { readonly manifest: DatabaseManifest; readonly subject: HolderSubject },
  mapped: MappedTable,
): Promise<HeldTable> {
  const rows = new SubjectRows(manifest, subject);
  const where = rows.of(mapped);
  if (where === null) return { mapped, kinds: null };
  const kinds = [...kindsOf(mapped)];
  const parts = kinds.map(([, columns], index) => {
    const says = saysSomething(mapped, columns, rows);
    return `count(*) FILTER (WHERE ${says})::float8 AS c${index},
      extract(epoch FROM min(${sinceOf(mapped, rows)}) FILTER (WHERE ${says}))::float8 AS s${index},
      extract(epoch FROM max(${dueOf(mapped)}) FILTER (WHERE ${says}))::float8 AS u${index}`;
  });
  const { rows: found } = await client.query<Record<string, number | null>>(
    `SELECT ${['count(*)::float8 AS total', ...parts].join(', ')} FROM ${quotedTable(mapped.table)} AS t WHERE ${where}`,
    rows.parameters,
  );
  const [row = {}] = found;
  if ((row['total'] ?? 0) > manifest.mostRows) throw new HolderFailure('tooManyRows');
  return {
    mapped,
    kinds: kinds.flatMap(([category], index) => {
      const count = row[`c${index}`] ?? 0;
      return count === 0 ? [] : [{ category, count, since: at(row[`s${index}`]), until: at(row[`u${index}`]) }];
    }),
  };
}

/** What stands in a personal column once it is blanked. */
export function blankOf({ erase }: MappedTable, column: string): Scalar {
  return typeof erase === 'object' && 'blank' in erase ? (erase.blank[column] ?? null) : null;
}

/** SQL: whether any of `columns` of the row `t` says anything. */
export function saysSomething(mapped: MappedTable, columns: readonly string[], rows: SubjectRows): string {
  const says = columns.map((column) => {
    const blank = blankOf(mapped, column);
    return `t.${quoted(column)} IS ${blank === null ? 'NOT NULL' : `DISTINCT FROM ${rows.parameter(blank)}`}`;
  });
  return `(${says.join(' OR ')})`;
}

/** SQL: since when the row `t` is held. */
export function sinceOf({ since }: MappedTable, rows: SubjectRows): string {
  return 'column' in since
    ? `t.${quoted(since.column)}::timestamptz`
    : `${rows.parameter(since.day)}::text::timestamptz`;
}

function dueOf({ due }: MappedTable): string {
  return due === undefined ? 'NULL::timestamptz' : `t.${quoted(due)}::timestamptz`;
}

/** Null also for what no calendar reaches, such as `infinity`. */
export function at(epochSeconds: number | null | undefined): Date | null {
  const date = new Date((epochSeconds ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
