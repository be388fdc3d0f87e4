import { Injectable } from '@nestjs/common';
import { mostExact } from '@abide/consent';
import { nilId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import { coarseCellOf, seenAs, wordFor } from './places/place.rules.js';
import { OpenedFixes, type StoredFix } from './trails/opened-fixes.js';

const rowsPerPage = 500;

interface Place {
  readonly subjectId: string;
  readonly id: string;
}

const first: Place = { subjectId: nilId, id: nilId };

/** Makes stored positions no more exact than the purposes that are left may have them. */
@Injectable()
export class CoarsenedFixes {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly opened: OpenedFixes,
  ) {}

  async coarsen(subjectIds: readonly string[]): Promise<void> {
    for (let last: Place | null = first; last !== null;) {
      const after: Place = last;
      last = await this.db.transaction(() => this.coarsenPage(subjectIds, after));
    }
  }

  /** Answers the row to go on after; null at the end. */
  private async coarsenPage(subjectIds: readonly string[], after: Place): Promise<Place | null> {
    const rows = await this.db.query<StoredFix>(
      `SELECT * FROM location.fixes WHERE subject_id = ANY($1::uuid[]) AND (subject_id, fix_id) > ($2, $3) AND lineage <> '[]' AND NOT lineage @> jsonb_build_array(jsonb_build_object('precision', CASE precision WHEN 'exact'
         THEN to_jsonb(precision) ELSE jsonb_build_object('h3', substr(precision, 4)::int) END)) ORDER BY subject_id, fix_id LIMIT ${rowsPerPage} FOR UPDATE`,
      [subjectIds, after.subjectId, after.id],
    );
    await this.vault.prepare([...new Set(rows.map((row) => row.subject_id))], 'seal');
    for (const row of rows) await this.coarsenOne(row);
    const last = rows.at(-1);
    return last && rows.length === rowsPerPage ? { subjectId: last.subject_id, id: last.fix_id } : null;
  }

  private async coarsenOne(row: StoredFix): Promise<void> {
    const { subject_id: subjectId, fix_id: fixId } = row;
    const precision = mostExact(row.lineage);
    const place = seenAs(await this.opened.placeOf(row), precision);
    const sealed = await this.vault.seal(
      { subjectId, table: 'location.fixes', column: 'place', rowId: fixId },
      JSON.stringify(place),
    );
    await this.db.execute(
      'UPDATE location.fixes SET place = $3, coarse_cell = $4, precision = $5 WHERE subject_id = $1 AND fix_id = $2',
      [subjectId, fixId, sealed, coarseCellOf(place), wordFor(precision)],
    );
  }
}
