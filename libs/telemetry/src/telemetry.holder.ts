import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LineageRows } from '@abide/consent';
import {
  Database,
  HolderRegistry,
  type HeldRecord,
  type Holder,
  type HoldingScope,
  type HoldingSummary,
} from '@abide/platform';
import { telemetryRows } from './telemetry-rows.js';
import { OpenedEvents } from './reading/opened-events.js';
import { storedEvent, type StoredEvent } from './reading/stored-event.js';

const rowsPerPage = 500;

/** Answers for the events of subjects. */
@Injectable()
export class TelemetryHolder implements Holder, OnModuleInit {
  readonly name = 'telemetry';
  readonly tables = ['telemetry.events'];
  readonly honoursSince = true;

  constructor(
    private readonly db: Database,
    private readonly rows: LineageRows,
    private readonly opened: OpenedEvents,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  describe(subjectId: string, scope?: HoldingScope): Promise<HoldingSummary[]> {
    return this.rows.describe(telemetryRows, subjectId, scope);
  }

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
    for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await this.db.query<StoredEvent>(
        `SELECT ${storedEvent} FROM telemetry.events event WHERE subject_id = $1 AND event_id > $2 ORDER BY event_id LIMIT ${rowsPerPage}`,
        [subjectId, last],
      );
      for (const event of await this.opened.open(rows, () => 'exact')) {
        const {
          category,
          eventId,
          receivedAt,
          occurredAt,
          service,
          means,
          retainUntil,
          attributes,
          personal,
          lineage,
        } = event;
        yield {
          category,
          table: 'telemetry.events',
          id: eventId,
          since: receivedAt,
          values: { occurredAt, service, means, retainUntil, attributes, personal, lineage },
        };
      }
      if (rows.length < rowsPerPage) return;
      last = rows.at(-1)?.eventId ?? last;
    }
  }

  /** What happened is not corrected but erased. */
  async correct(): Promise<boolean> {
    return false;
  }

  erase(subjectId: string): Promise<number> {
    return this.rows.erase(telemetryRows, subjectId);
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<void> {}

  expire(now: Date, limit: number): Promise<number> {
    return this.rows.expire(telemetryRows, now, limit);
  }
}
