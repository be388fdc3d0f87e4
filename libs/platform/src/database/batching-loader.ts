import type { Database } from './database.js';

/** How many reads of one kind a process has under way: what is asked meanwhile waits and is read together. */
const mostUnderWay = 1;
const mostKeys = 1000;

type Read<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/**
 * Joins concurrent look-ups by key into one read that begins after every one of them was asked: an answer is never older
 * than its question, and many questions cost one statement. Inside a transaction it reads alone, over its connection.
 */
export class BatchingLoader<Value> {
  private waiting = new Map<string, PromiseWithResolvers<Value | undefined>>();
  private isScheduled = false;
  private underWay = 0;

  constructor(
    private readonly db: Database,
    private readonly read: Read<Value>,
  ) {}

  /** The value of `key` as of now or later; undefined where there is none. */
  async get(key: string): Promise<Value | undefined> {
    if (this.db.isInTransaction) return (await this.read([key])).get(key);
    const known = this.waiting.get(key);
    if (known) return known.promise;
    const asked = Promise.withResolvers<Value | undefined>();
    this.waiting.set(key, asked);
    this.schedule();
    return asked.promise;
  }

  /** The values of many keys in one read of their own; absent where there is none. */
  getMany(keys: readonly string[]): Promise<ReadonlyMap<string, Value>> {
    return this.read([...new Set(keys)]);
  }

  private schedule(): void {
    if (this.isScheduled || this.underWay >= mostUnderWay) return;
    this.isScheduled = true;
    setImmediate(() => this.start());
  }

  private start(): void {
    this.isScheduled = false;
    const batch = this.nextBatch();
    this.underWay += 1;
    void this.answer(batch).finally(() => {
      this.underWay -= 1;
      if (this.waiting.size > 0) this.schedule();
    });
  }

  private nextBatch(): Map<string, PromiseWithResolvers<Value | undefined>> {
    const all = this.waiting;
    if (all.size <= mostKeys) {
      this.waiting = new Map();
      return all;
    }
    const entries = [...all];
    this.waiting = new Map(entries.slice(mostKeys));
    return new Map(entries.slice(0, mostKeys));
  }

  private async answer(batch: ReadonlyMap<string, PromiseWithResolvers<Value | undefined>>): Promise<void> {
    try {
      const values = await this.db.outside(() => this.read([...batch.keys()]));
      for (const [key, { resolve }] of batch) resolve(values.get(key));
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  }
}
