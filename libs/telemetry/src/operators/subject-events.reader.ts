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

/** One subject's events as they are stored; what is past its time is as good as gone. */
@Injectable()
export class SubjectEventsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first, after `cursor`. @throws DomainError `request.bad_cursor` */
  page(subjectId: string, { categories, service, from, to }: EventFilter, { limit, cursor }: { limit: number; cursor?: string }): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event
       WHERE subject_id = $1 AND (retain_until IS NULL OR retain_until > $2) AND ${isStanding} AND ($3::text[] IS NULL OR category = ANY($3)) AND ($4::text IS NULL OR service = $4)
         AND ($5::timestamptz IS NULL OR occurred_at >= $5) AND ($6::timestamptz IS NULL OR occurred_at < $6)
         AND ($7::timestamptz IS NULL OR (occurred_at, event_id) < ($7, $8::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $9`,
      [subjectId, this.clock.now(), categories ?? null, service ?? null, from ?? null, to ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async find(subjectId: string, eventId: string): Promise<StoredEvent | null> {
    const [row] = await this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event WHERE subject_id = $1 AND event_id = $2 AND (retain_until IS NULL OR retain_until > $3) AND ${isStanding} LIMIT 1`,
      [subjectId, eventId, this.clock.now()],
    );
    return row ?? null;
  }
}
