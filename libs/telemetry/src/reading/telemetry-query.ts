import { Injectable } from '@nestjs/common';
import {
  isUsable,
  kindsFrom,
  kindValues,
  StoredUses,
  withAbsent,
  type DecidedUses,
  type RefusedUse,
  type StoredKind,
  type UseQuestion,
} from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database, readCursor, toPage } from '@abide/platform';
import { OpenedEvents, type OpenedEvent } from './opened-events.js';
import { storedEvent, type StoredEvent } from './stored-event.js';

export interface TelemetryQuestion extends UseQuestion {
  readonly categories: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
  readonly cursor?: string;
}

export interface TelemetryPage {
  readonly items: readonly OpenedEvent[];
  readonly refused: readonly RefusedUse[];
  readonly nextCursor: string | null;
}

/** Reads events back for a stated purpose, opened only as far as the gate allows at that moment. */
@Injectable()
export class TelemetryQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly uses: StoredUses,
    private readonly opened: OpenedEvents,
  ) {}

  /** Newest first. @throws DomainError `request.bad_cursor` */
  async run(asked: TelemetryQuestion): Promise<TelemetryPage> {
    const decided = await this.uses.decide(asked, await this.kindsOf(asked));
    const { refused, precisionOf } = decided;
    const rows = await this.rowsOf(asked, decided);
    const { items, nextCursor } = toPage(
      rows,
      asked.limit,
      (row) => ({ at: row.occurredAt, id: row.eventId }),
      (row) => row,
    );
    return { items: await this.opened.open(items, (row) => precisionOf(row) ?? 'truncated'), refused, nextCursor };
  }

  /** Which of the categories are there, by the service they were collected in; one that is not is asked about all the same. */
  private async kindsOf({ subjectId, categories, from, to, service }: TelemetryQuestion): Promise<StoredKind[]> {
    const found = await this.db.query<StoredKind>(
      `SELECT DISTINCT category, service FROM telemetry.events
       WHERE subject_id = $1 AND category = ANY($2) AND occurred_at >= $3 AND occurred_at < $4 AND (retain_until IS NULL OR retain_until > $5) ORDER BY 1, 2`,
      [subjectId, categories, from, to, this.clock.now()],
    );
    return withAbsent(found, categories, service);
  }

  private async rowsOf(
    { subjectId, purpose, from, to, limit, cursor }: TelemetryQuestion,
    { allowed, utcOffsetHours }: DecidedUses,
  ): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event JOIN ${kindsFrom(9)} ON ${isUsable('event', { purpose: 8, now: 4, utcOffsetHours })}
       WHERE subject_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND (retain_until IS NULL OR retain_until > $4)
         AND ($5::timestamptz IS NULL OR (occurred_at, event_id) < ($5, $6::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $7`,
      [
        subjectId,
        from,
        to,
        this.clock.now(),
        after?.at ?? null,
        after?.id ?? null,
        limit + 1,
        purpose,
        ...kindValues(allowed),
      ],
    );
  }
}
