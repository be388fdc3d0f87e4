import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import type { SealedPart } from './reading/opened-events.js';

interface Row {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly personal: Buffer | null;
}

/** Seals events that must outlive their subject whole under the retained key, the plain attributes included. */
@Injectable()
export class ResealedEvents {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** Answers the ids of those that cannot be opened any more. Joins the open transaction. */
  async reseal(subjectId: string, ids: readonly string[]): Promise<string[]> {
    await this.vault.prepare([subjectId], 'seal');
    const rows = await this.db.query<Row>(
      'SELECT event_id AS id, attributes, personal FROM telemetry.events WHERE subject_id = $1 AND event_id = ANY($2::uuid[]) FOR UPDATE',
      [subjectId, ids],
    );
    const sealed: { id: string; personal: Buffer | null }[] = [];
    for (const row of rows) sealed.push({ id: row.id, personal: await this.wholeOf(subjectId, row) });
    const kept = sealed.filter(({ personal }) => personal !== null);
    await this.db.execute(
      `UPDATE telemetry.events AS held SET personal = resealed.personal, attributes = '{}'
       FROM unnest($2::uuid[], $3::bytea[]) AS resealed (id, personal) WHERE held.subject_id = $1 AND held.event_id = resealed.id`,
      [subjectId, kept.map(({ id }) => id), kept.map(({ personal }) => personal)],
    );
    return sealed.filter(({ personal }) => personal === null).map(({ id }) => id);
  }

  private wholeOf(subjectId: string, { id: rowId, attributes: plain, personal: sealed }: Row): Promise<Buffer | null> {
    return this.vault.retain({ subjectId, table: 'telemetry.events', column: 'personal', rowId }, sealed, (text) => {
      const { personal, attributes } = (text === null ? { personal: {} } : JSON.parse(text)) as SealedPart;
      return JSON.stringify({ personal, attributes: { ...plain, ...attributes } } satisfies SealedPart);
    });
  }
}
