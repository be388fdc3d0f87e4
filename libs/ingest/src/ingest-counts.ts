import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@abide/kernel';
import { Counter } from 'prom-client';
import type { Database } from '@abide/platform';
import { metrics } from '@abide/platform';
import type { Ingested } from './batch.js';
import { MinuteCounts } from '@abide/platform';

interface Counting<Item> {
  readonly schema: string;
  readonly metric: string;
  /** The category that an item is counted under, empty where nobody registered it: its words come from outside. */
  readonly categoryOf: (item: Item | null) => string;
}

interface Sum {
  readonly category: string;
  readonly code: string;
  items: number;
  lagMilliseconds: number;
}

/** What was sent again in another batch is counted under this code, and neither as accepted nor as refused. */
export const alreadyStoredCode = 'alreadyStored';

/** Counts what came in by minute, category and code (empty: accepted, which is stored now for the first time), and how long ago it had occurred: never whose it was. */
export abstract class IngestCounts<Item extends { readonly occurredAt?: unknown }>
  implements OnApplicationBootstrap, OnApplicationShutdown
{
  private readonly counts: MinuteCounts;
  private readonly counter: Counter;

  constructor(
    db: Database,
    clock: Clock,
    private readonly counting: Counting<Item>,
  ) {
    this.counts = new MinuteCounts(db, clock, {
      name: `${counting.schema}.ingest_counts`,
      labels: ['category', 'code'],
      sums: ['items', 'lag_ms'],
    });
    this.counter = metricOf(counting.metric);
  }

  onApplicationBootstrap(): void {
    this.counts.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.counts.stop();
  }

  /** `items` as they were sent, unchecked, at `now` (epoch milliseconds). */
  add(items: readonly unknown[], { answer, alreadyStored }: Ingested, now: number): void {
    const codes = new Map(answer.refused.map(({ index, code }) => [index, code]));
    for (const index of alreadyStored) codes.set(index, alreadyStoredCode);
    const sums = new Map<string, Sum>();
    items.forEach((item, index) => {
      const code = codes.get(index) ?? '';
      const category = this.counting.categoryOf(item as Item | null);
      const sum = sums.get(`${category} ${code}`) ?? { category, code, items: 0, lagMilliseconds: 0 };
      sum.items += 1;
      if (code === '') sum.lagMilliseconds += Math.max(0, now - Date.parse(String((item as Item).occurredAt)));
      sums.set(`${category} ${code}`, sum);
    });
    for (const sum of sums.values()) this.addSum(sum);
  }

  /** Writes what was counted since. */
  flush(): Promise<void> {
    return this.counts.flush();
  }

  private addSum({ category, code, items, lagMilliseconds }: Sum): void {
    this.counts.add([category, code], [items, lagMilliseconds]);
    this.counter.inc({ category, code: code === '' ? 'accepted' : code }, items);
  }
}

/** One counter a process, however many applications it makes. */
function metricOf(name: string): Counter {
  const known = metrics.getSingleMetric(name) as Counter | undefined;
  return (
    known ??
    new Counter({
      name,
      help: 'Items that came in, each once and not again with a batch that is repeated, by category and code: `accepted` where it is stored now for the first time, `alreadyStored` where it came before, or why not.',
      labelNames: ['category', 'code'],
      registers: [metrics],
    })
  );
}
