import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, metrics, MinuteCounts } from '@abide/platform';
import { Counter } from 'prom-client';

const ingested = new Counter({
  name: 'abide_location_fixes_total',
  help: 'Fixes by category and code (`accepted`, or why not).',
  labelNames: ['category', 'code'],
  registers: [metrics],
});

/** Counts fixes by minute, category and code, and how long ago they had been taken: never whose, never where. */
@Injectable()
export class IngestCounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly counts: MinuteCounts;

  constructor(db: Database, clock: Clock) {
    this.counts = new MinuteCounts(db, clock, { name: 'location.ingest_counts', labels: ['category', 'code'], sums: ['fixes', 'lag_ms'] });
  }

  onApplicationBootstrap(): void {
    this.counts.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.counts.stop();
  }

  /** `code` is empty for what was accepted, `category` where a source is none that we know. */
  add(category: string, code: string, { fixes, lagMilliseconds }: { fixes: number; lagMilliseconds: number }): void {
    this.counts.add([category, code], [fixes, lagMilliseconds]);
    ingested.inc({ category, code: code === '' ? 'accepted' : code }, fixes);
  }

  /** Writes what was counted since. */
  flush(): Promise<void> {
    return this.counts.flush();
  }
}
