import { Logger } from '@nestjs/common';
import type { Clock } from '@abide/kernel';
import type { Database } from '../database/database.js';

const flushMilliseconds = 5000;
const minute = 60_000;
const mostKeys = 5000;

interface Counted {
  readonly minute: number;
  readonly labels: readonly string[];
  readonly sums: number[];
}

/** `labels` and `sums` are columns beside `minute`; the primary key is the minute and the labels. */
interface CountTable {
  readonly name: string;
  readonly labels: readonly string[];
  readonly sums: readonly string[];
}

/** What else is done where counts are written. */
interface CompanionWrite {
  /** In the transaction that writes them. Resolves to what takes it back in memory, should that not commit. */
  readonly write: () => Promise<() => void>;
  /** Of each that was written, once it has committed. */
  readonly written: (labels: readonly string[], sums: readonly number[]) => void;
}

/**
 * Sums by minute and labels, never anybody in them. Kept in memory, of bounded size, and written every few seconds, so that
 * counting costs what is counted nothing; what cannot be written is kept for the next time.
 */
export class MinuteCounts {
  private readonly logger = new Logger('MinuteCounts');
  private counted = new Map<string, Counted>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly table: CountTable,
    private readonly companion?: CompanionWrite,
  ) {}

  start(): void {
    this.timer = setInterval(
      () =>
        void this.flush().catch(() =>
          this.logger.warn(`Counts for ${this.table.name} could not be written and are kept`),
        ),
      flushMilliseconds,
    );
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush().catch(() => undefined);
  }

  /** Adds to the sums of this minute; answers whether it is the first of its kind in it, as far as these can be kept apart. */
  add(labels: readonly string[], sums: readonly number[]): boolean {
    const from = Math.floor(this.clock.now().getTime() / minute) * minute;
    return this.merge({ minute: from, labels, sums: [...sums] });
  }

  /** One at a time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.catch(() => undefined).then(() => this.flushOnce());
    return this.flushing;
  }

  private async flushOnce(): Promise<void> {
    const { counted } = this;
    if (counted.size === 0) return;
    this.counted = new Map();
    let takeBack: (() => void) | undefined;
    try {
      await this.db.outside(() =>
        this.db.transaction(async () => {
          await this.write([...counted].sort(byKey).map(([, one]) => one));
          takeBack = await this.companion?.write();
        }),
      );
    } catch (error) {
      takeBack?.();
      for (const one of counted.values()) this.merge(one);
      throw error;
    }
    for (const { labels, sums } of counted.values()) this.companion?.written(labels, sums);
  }

  private merge(one: Counted): boolean {
    const key = `${one.minute}|${one.labels.join('|')}`;
    const known = this.counted.get(key);
    if (known) one.sums.forEach((sum, index) => (known.sums[index] = (known.sums[index] ?? 0) + sum));
    if (known || this.counted.size >= mostKeys) return false;
    this.counted.set(key, one);
    return true;
  }

  private async write(counted: readonly Counted[]): Promise<void> {
    const { name, labels, sums } = this.table;
    const arrays = [
      '$1::timestamptz[]',
      ...labels.map((_, index) => `$${index + 2}::text[]`),
      ...sums.map((_, index) => `$${index + 2 + labels.length}::bigint[]`),
    ];
    await this.db.query(
      `INSERT INTO ${name} AS kept (minute, ${[...labels, ...sums].join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})
       ON CONFLICT (minute, ${labels.join(', ')}) DO UPDATE SET ${sums.map((sum) => `${sum} = kept.${sum} + excluded.${sum}`).join(', ')}`,
      [
        counted.map((one) => new Date(one.minute)),
        ...labels.map((_, index) => counted.map((one) => one.labels[index] ?? '')),
        ...sums.map((_, index) => counted.map((one) => Math.round(one.sums[index] ?? 0))),
      ],
    );
  }
}

/** In one order everywhere, so that two processes that write the same counts do not wait for each other. */
function byKey([one]: [string, Counted], [other]: [string, Counted]): number {
  return one < other ? -1 : 1;
}
