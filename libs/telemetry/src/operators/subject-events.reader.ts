import { Injectable } from '@nestjs/common';
import { standingLineage } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor } from '@abide/platform';
import { storedEvent, type StoredEvent } from '../reading/stored-event.js';

export interface EventFilter {
  readonly categories?: readonly string[];
  readonly service?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a withdrawal has taken the last purpose from is gone, also before the row says so. */
const isStanding = `(lineage = '[]' OR ${standingLineage('event')} <> '[]')`;

/** One subject's events as they are stored. */
@Injectable()
export class SubjectEventsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first, after `cursor`, with what is due until it is swept. @throws DomainError `request.bad_cursor` */
  page(
    subjectId: string,
    { categories, service, from, to }: EventFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event
       WHERE subject_id = $1 AND ${isStanding} AND ($2::text[] IS NULL OR category = ANY($2)) AND ($3::text IS NULL OR service = $3)
         AND ($4::timestamptz IS NULL OR occurred_at >= $4) AND ($5::timestamptz IS NULL OR occurred_at < $5)
         AND ($6::timestamptz IS NULL OR (occurred_at, event_id) < ($6, $7::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $8`,
      [
        subjectId,
        categories ?? null,
        service ?? null,
        from ?? null,
        to ?? null,
        after?.at ?? null,
        after?.id ?? null,
        limit,
      ],
    );
  }

  /** One whose values may be opened: what is due is not. */
  async find(subjectId: string, eventId: string): Promise<StoredEvent | null> {
    const [row] = await this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event WHERE subject_id = $1 AND event_id = $2 AND (retain_until IS NULL OR retain_until > $3) AND ${isStanding} LIMIT 1`,
      [subjectId, eventId, this.clock.now()],
    );
    return row ?? null;
  }
}
