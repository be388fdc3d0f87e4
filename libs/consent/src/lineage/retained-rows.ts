import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { Database, deleteCounted, type AffectedCount } from '@abide/platform';
import { Vault } from '@abide/vault';
import type { LineageTable } from './lineage-tables.js';

interface Row {
  readonly id: string;
  readonly sealed: Buffer | null;
  readonly plain: unknown;
}

/** What of a subject is meant; null: every kind. */
export interface OwnRows {
  readonly subjectId: string;
  readonly categories: readonly string[] | null;
}

/** SQL: `held` is among them, by the first two parameters. */
export const isOwn = 'held.subject_id = $1 AND ($2::text[] IS NULL OR held.category = ANY($2))';

export function parametersOf({ subjectId, categories }: OwnRows): readonly unknown[] {
  return [subjectId, categories];
}

const rowsPerPage = 500;

/** Seals rows that outlive their subject whole under the retained key, and leaves nothing in plain that is about the person. */
@Injectable()
export class RetainedRows {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** All of these rows; what can no longer be opened cannot be kept either, and is deleted. Joins the open transaction. */
  async reseal(table: LineageTable, own: OwnRows): Promise<AffectedCount[]> {
    const { subjectId } = own;
    const { name, id, sealed, plain } = table;
    const lost: string[] = [];
    for (let last = nilId; ;) {
      const rows = await this.db.query<Row>(
        `SELECT ${id} AS id, ${sealed} AS sealed, ${plain.column} AS plain FROM ${name} AS held
         WHERE ${isOwn} AND ${id} > $3 ORDER BY ${id} LIMIT ${rowsPerPage} FOR UPDATE`,
        [...parametersOf(own), last],
      );
      lost.push(...(await this.resealPage(table, subjectId, rows)));
      if (rows.length < rowsPerPage) break;
      last = rows.at(-1)?.id ?? last;
    }
    const unreadable = {
      table: name,
      category: 'held.category',
      where: `held.subject_id = $1 AND held.${id} = ANY($2::uuid[])`,
    };
    return lost.length === 0 ? [] : deleteCounted(this.db, unreadable, [subjectId, lost]);
  }

  /** Answers the ids of those that cannot be opened any more. */
  private async resealPage(table: LineageTable, subjectId: string, rows: readonly Row[]): Promise<string[]> {
    const { name, id, sealed: column, plain } = table;
    await this.vault.prepare([subjectId], 'seal');
    const resealed: { id: string; value: Buffer | null }[] = [];
    for (const row of rows) resealed.push({ id: row.id, value: await this.resealOne(table, subjectId, row) });
    const kept = resealed.filter(({ value }) => value !== null);
    await this.db.execute(
      `UPDATE ${name} AS held SET ${column} = resealed.value, ${plain.column} = ${plain.emptied}
       FROM unnest($2::uuid[], $3::bytea[]) AS resealed (id, value) WHERE held.subject_id = $1 AND held.${id} = resealed.id`,
      [subjectId, kept.map((row) => row.id), kept.map(({ value }) => value)],
    );
    return resealed.filter(({ value }) => value === null).map((row) => row.id);
  }

  private resealOne({ name: table, sealed: column, plain }: LineageTable, subjectId: string, row: Row) {
    const place = { subjectId, table, column, rowId: row.id };
    return this.vault.retain(place, row.sealed, (text) => plain.joined?.(text, row.plain) ?? text ?? '');
  }
}
