/** What lies under the keys of a store; plain data, copied in and out. */
export interface StoredEntries {
  read(key: StoreKey): Promise<unknown>;
  write(key: StoreKey, value: unknown): Promise<void>;
  /** Everything in a row, in the order of the places. */
  readRow(row: string): Promise<unknown[]>;
  removeRow(row: string): Promise<void>;
}

/** A row and a place in it. */
export type StoreKey = readonly [row: string, place: number];

/** Where a queue keeps what waits. */
export interface KeyValueStore {
  /** Changes one after the other, all of a change or nothing. `work` awaits nothing but what it reads and writes here. */
  change<Result>(work: (entries: StoredEntries) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** A store for as long as the page lives. */
export class MemoryKeyValueStore implements KeyValueStore {
  private readonly rows = new Map<string, Map<number, unknown>>();
  private changing: Promise<unknown> = Promise.resolve();

  change<Result>(work: (entries: StoredEntries) => Promise<Result>): Promise<Result> {
    const changed = this.changing.then(() => work(this.entries));
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  close(): void {}

  private readonly entries: StoredEntries = {
    read: async ([row, place]) => structuredClone(this.rows.get(row)?.get(place)),
    write: async ([row, place], value) => {
      this.rows.set(row, (this.rows.get(row) ?? new Map<number, unknown>()).set(place, structuredClone(value)));
    },
    readRow: async (row) =>
      [...(this.rows.get(row) ?? [])].sort(([one], [other]) => one - other).map(([, value]) => structuredClone(value)),
    removeRow: async (row) => void this.rows.delete(row),
  };
}
