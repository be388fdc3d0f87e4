import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { IngestCounts } from '@abide/ingest';
import { Database } from '@abide/platform';
import { EventChecks } from '../schemas/event-checks.js';
import type { SubmittedEvent } from '../schemas/event.js';

/** What became of events, by minute, category and code. */
@Injectable()
export class EventCounts extends IngestCounts<SubmittedEvent> {
  constructor(db: Database, clock: Clock, checks: EventChecks) {
    super(db, clock, {
      schema: 'telemetry',
      metric: 'abide_telemetry_events_total',
      categoryOf: (event) => checks.labelOf(event?.category),
    });
  }
}
