import { Injectable } from '@nestjs/common';
import { mostExact } from '@abide/consent';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import { coarseCellOf, seenAs, wordFor } from './places/place.rules.js';
import { OpenedFixes, type StoredFix } from './trails/opened-fixes.js';

const rowsPerPage = 500;

/** Makes stored positions no more exact than the purposes that are left may have them. */
@Injectable()
export class CoarsenedFixes {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly opened: OpenedFixes,
  ) {}

  async coarsen(subjectId: string): Promise<void> {
    for (let last: string | null = '00000000-0000-0000-0000-000000000000'; last !== null; ) {
      const after: string = last;
      last = await this.db.transaction(() => this.coarsenPage(subjectId, after));
    }
  }

  /** Answers the id to go on after; null at the end. */
  private async coarsenPage(subjectId: string, after: string): Promise<string | null> {
    const rows = await this.db.query<StoredFix>(
      `SELECT * FROM location.fixes WHERE subject_id = $1 AND fix_id > $2 AND lineage <> '[]' AND NOT lineage @> jsonb_build_array(jsonb_build_object('precision', CASE precision WHEN 'exact'
         THEN to_jsonb(precision) ELSE jsonb_build_object('h3', substr(precision, 4)::int) END)) ORDER BY fix_id LIMIT ${rowsPerPage} FOR UPDATE`,
      [subjectId, after],
    );
    await this.vault.prepare([subjectId], 'seal');
    for (const row of rows) await this.coarsenOne(row);
    return rows.length < rowsPerPage ? null : (rows.at(-1)?.fix_id ?? null);
  }

  private async coarsenOne(row: StoredFix): Promise<void> {
    const { subject_id: subjectId, fix_id: fixId } = row;
    const precision = mostExact(row.lineage);
    const place = seenAs(await this.opened.placeOf(row), precision);
    const sealed = await this.vault.seal({ subjectId, table: 'location.fixes', column: 'place', rowId: fixId }, JSON.stringify(place));
    await this.db.execute('UPDATE location.fixes SET place = $3, coarse_cell = $4, precision = $5 WHERE subject_id = $1 AND fix_id = $2', [subjectId, fixId, sealed, coarseCellOf(place), wordFor(precision)]);
  }
}
