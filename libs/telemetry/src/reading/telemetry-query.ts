import { Injectable } from '@nestjs/common';
import { StoredUses, type RefusedUse, type StoredKind, type UseQuestion } from '@abide/consent';
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
    const { allowed, refused, precisionOf } = await this.uses.decide(asked, await this.kindsOf(asked));
    const rows = await this.rowsOf(asked, allowed);
    const { items, nextCursor } = toPage(rows, asked.limit, (row) => ({ at: row.occurredAt, id: row.eventId }), (row) => row);
    return { items: await this.opened.open(items, (row) => precisionOf(row) ?? 'truncated'), refused, nextCursor };
  }

  /** Which of the categories are there, by the service they were collected in; one that is not is asked about all the same. */
  private async kindsOf({ subjectId, categories, from, to, service }: TelemetryQuestion): Promise<StoredKind[]> {
    const found = await this.db.query<StoredKind>(
      `SELECT DISTINCT category, service FROM telemetry.events
       WHERE subject_id = $1 AND category = ANY($2) AND occurred_at >= $3 AND occurred_at < $4 AND (retain_until IS NULL OR retain_until > $5) ORDER BY 1, 2`,
      [subjectId, categories, from, to, this.clock.now()],
    );
    const absent = categories.filter((category) => !found.some((kind) => kind.category === category));
    return [...found, ...absent.map((category) => ({ category, service: service ?? null }))];
  }

  private async rowsOf({ subjectId, from, to, limit, cursor }: TelemetryQuestion, allowed: readonly StoredKind[]): Promise<StoredEvent[]> {
    const after = readCursor(cursor);
    return this.db.query<StoredEvent>(
      `SELECT ${storedEvent} FROM telemetry.events event JOIN unnest($2::text[], $3::text[]) AS kind (category, service) ON kind.category = event.category AND kind.service = event.service
       WHERE subject_id = $1 AND occurred_at >= $4 AND occurred_at < $5 AND (retain_until IS NULL OR retain_until > $6)
         AND ($7::timestamptz IS NULL OR (occurred_at, event_id) < ($7, $8::uuid))
       ORDER BY occurred_at DESC, event_id DESC LIMIT $9`,
      [subjectId, allowed.map(({ category }) => category), allowed.map(({ service }) => service), from, to, this.clock.now(), after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }
}
