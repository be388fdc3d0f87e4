import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, metrics, MinuteCounts } from '@abide/platform';
import { Counter } from 'prom-client';

const ingested = new Counter({
  name: 'abide_telemetry_events_total',
  help: 'Events by category and code (`accepted`, or why not).',
  labelNames: ['category', 'code'],
  registers: [metrics],
});

/** Counts events by minute, category and code, and how long ago they had occurred: never whose they were. */
@Injectable()
export class IngestCounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly counts: MinuteCounts;

  constructor(db: Database, clock: Clock) {
    this.counts = new MinuteCounts(db, clock, { name: 'telemetry.ingest_counts', labels: ['category', 'code'], sums: ['events', 'lag_ms'] });
  }

  onApplicationBootstrap(): void {
    this.counts.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.counts.stop();
  }

  /** `code` is empty for what was accepted; of what nobody registered the category is left out, since its words come from outside. */
  add(category: string, code: string, { events, lagMilliseconds }: { events: number; lagMilliseconds: number }): void {
    this.counts.add([category, code], [events, lagMilliseconds]);
    ingested.inc({ category, code: code === '' ? 'accepted' : code }, events);
  }

  /** Writes what was counted since. */
  flush(): Promise<void> {
    return this.counts.flush();
  }
}
