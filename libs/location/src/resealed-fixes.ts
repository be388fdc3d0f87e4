import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';

/** Seals fixes that must outlive their subject under the retained key; the cell in plain goes. */
@Injectable()
export class ResealedFixes {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** Answers the ids of those that cannot be opened any more. Joins the open transaction. */
  async reseal(subjectId: string, ids: readonly string[]): Promise<string[]> {
    await this.vault.prepare([subjectId], 'seal');
    const rows = await this.db.query<{ id: string; place: Buffer }>(
      'SELECT fix_id AS id, place FROM location.fixes WHERE subject_id = $1 AND fix_id = ANY($2::uuid[]) FOR UPDATE',
      [subjectId, ids],
    );
    const sealed: { id: string; place: Buffer | null }[] = [];
    for (const { id, place } of rows) {
      const where = { subjectId, table: 'location.fixes', column: 'place', rowId: id };
      sealed.push({ id, place: await this.vault.retain(where, place) });
    }
    const kept = sealed.filter(({ place }) => place !== null);
    await this.db.execute(
      `UPDATE location.fixes AS held SET place = resealed.place, coarse_cell = ''
       FROM unnest($2::uuid[], $3::bytea[]) AS resealed (id, place) WHERE held.subject_id = $1 AND held.fix_id = resealed.id`,
      [subjectId, kept.map(({ id }) => id), kept.map(({ place }) => place)],
    );
    return sealed.filter(({ place }) => place === null).map(({ id }) => id);
  }
}
