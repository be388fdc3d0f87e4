import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LineageRows, standingLineage } from '@abide/consent';
import { Clock, nilId } from '@abide/kernel';
import {
  Database,
  HolderRegistry,
  nothingToDo,
  suppliedValues,
  type DueCount,
  type DueMonth,
  type Expiry,
  type HeldRecord,
  type HeldRow,
  type Holder,
  type HolderAnswer,
  type HoldingScope,
  type HoldingSummary,
  type RetainedCount,
  type RowsPage,
  type SuppliedRecord,
  type SupplyRequest,
} from '@abide/platform';
import { telemetryRows } from './telemetry-rows.js';
import { OpenedEvents } from './reading/opened-events.js';
import { exportedEvent, storedEvent, type ExportedEvent, type StoredEvent } from './reading/stored-event.js';

const rowsPerPage = 500;

/** Answers for the events of subjects. */
@Injectable()
export class TelemetryHolder implements Holder, OnModuleInit {
  readonly name = 'telemetry';
  readonly phase = 'dependents';
  readonly tables = ['telemetry.events'];
  readonly honoursSince = true;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly stored: LineageRows,
    private readonly opened: OpenedEvents,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  describe(subjectId: string, scope?: HoldingScope): Promise<HoldingSummary[]> {
    return this.stored.describe(telemetryRows, subjectId, scope);
  }

  count(subjectId: string): Promise<HoldingSummary[]> {
    return this.stored.count(telemetryRows, subjectId);
  }

  rows(subjectId: string, page: RowsPage): Promise<HeldRow[]> {
    return this.stored.rows(telemetryRows, subjectId, page);
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    const pages = this.stored.pages<ExportedEvent>(telemetryRows, {
      subjectId,
      categories,
      row: 'event',
      columns: exportedEvent,
    });
    for await (const rows of pages)
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
  }

  async *supply({ subjectIds, categories, fields, precision }: SupplyRequest): AsyncIterable<SuppliedRecord> {
    for (let last = { subjectId: nilId, eventId: nilId }; ;) {
      const rows = await this.db.query<StoredEvent>(
        `SELECT ${storedEvent} FROM telemetry.events event
         WHERE subject_id = ANY($1::uuid[]) AND category = ANY($2::text[]) AND (retain_until IS NULL OR retain_until > $3) AND ${standingLineage('event')} <> '[]'
           AND (subject_id, event_id) > ($4, $5) ORDER BY subject_id, event_id LIMIT ${rowsPerPage}`,
        [subjectIds, categories, this.clock.now(), last.subjectId, last.eventId],
      );
      for (const { subjectId, category, service, occurredAt: at, attributes, personal } of await this.opened.open(
        rows,
        () => precision,
      )) {
        const values = suppliedValues({ ...attributes, ...personal }, fields);
        if (values) yield { subjectId, category, service, at, values };
      }
      if (rows.length < rowsPerPage) return;
      last = rows.at(-1) ?? last;
    }
  }

  /** What happened is not corrected but erased. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    return this.stored.erase(telemetryRows, subjectId, categories);
  }

  staying(subjectId: string): Promise<readonly RetainedCount[]> {
    return this.stored.staying(telemetryRows, subjectId);
  }

  /** The gate refuses every use of what is restricted. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  expire(expiry: Expiry): Promise<HolderAnswer> {
    return this.stored.expire(telemetryRows, expiry);
  }
  due(asked: Pick<Expiry, 'now' | 'except'>): Promise<DueCount[]> {
    return this.stored.due(telemetryRows, asked);
  }

  dueByMonth(): Promise<DueMonth[]> {
    return this.stored.dueByMonth(telemetryRows);
  }
}
