import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import { OpenedEvents, type SealedPart } from './reading/opened-events.js';
import { storedEvent, type StoredEvent } from './reading/stored-event.js';
import { truncated } from './schemas/precision.rules.js';

const rowsPerPage = 500;

interface Place {
  readonly subjectId: string;
  readonly id: string;
}

const first: Place = { subjectId: nilId, id: nilId };

/** Truncates stored events once none of the purposes that are left may have them exactly. */
@Injectable()
export class CoarsenedEvents {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly opened: OpenedEvents,
  ) {}

  async coarsen(subjectIds: readonly string[]): Promise<void> {
    for (let last: Place | null = first; last !== null;) {
      const after: Place = last;
      last = await this.db.transaction(() => this.coarsenPage(subjectIds, after));
    }
  }

  /** Answers the row to go on after; null at the end. */
  private async coarsenPage(subjectIds: readonly string[], after: Place): Promise<Place | null> {
    const rows = await this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event
       WHERE subject_id = ANY($1::uuid[]) AND (subject_id, event_id) > ($2, $3) AND personal IS NOT NULL AND lineage <> '[]' AND NOT lineage @> '[{"precision": "exact"}]'
       ORDER BY subject_id, event_id LIMIT ${rowsPerPage} FOR UPDATE`,
      [subjectIds, after.subjectId, after.id],
    );
    await this.vault.prepare([...new Set(rows.map((row) => row.subjectId))], 'seal');
    for (const row of rows) await this.coarsenOne(row);
    const last = rows.at(-1);
    return last && rows.length === rowsPerPage ? { subjectId: last.subjectId, id: last.eventId } : null;
  }

  private async coarsenOne(row: StoredEvent): Promise<void> {
    const { subjectId, eventId } = row;
    const sealed = await this.opened.sealedPartOf(row);
    const isMarked = sealed.attributes !== undefined;
    const { attributes, personal } = truncated({
      attributes: sealed.attributes ?? row.attributes,
      personal: sealed.personal,
    });
    if (JSON.stringify(personal) === JSON.stringify(sealed.personal)) return;
    const kept: SealedPart = isMarked ? { personal, attributes } : { personal };
    const isBare = !isMarked && Object.keys(personal).length === 0;
    const place = { subjectId, table: 'telemetry.events', column: 'personal', rowId: eventId };
    await this.db.execute(
      'UPDATE telemetry.events SET attributes = $3, personal = $4 WHERE subject_id = $1 AND event_id = $2',
      [
        subjectId,
        eventId,
        JSON.stringify(isMarked ? row.attributes : attributes),
        isBare ? null : await this.vault.seal(place, JSON.stringify(kept)),
      ],
    );
  }
}
