/** What lies under the keys of a shelf; plain data, copied in and out. */
export interface Shelved {
  read(key: ShelfKey): Promise<unknown>;
  write(key: ShelfKey, value: unknown): Promise<void>;
  /** Everything in a row, in the order of the places. */
  readRow(row: string): Promise<unknown[]>;
  removeRow(row: string): Promise<void>;
}

/** A row and a place in it. */
export type ShelfKey = readonly [row: string, place: number];

/** Where a queue keeps what waits. */
export interface Shelf {
  /** Changes one after the other, all of a change or nothing. `work` awaits nothing but what it reads and writes here. */
  change<Result>(work: (shelved: Shelved) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** A shelf for as long as the page lives. */
export class MemoryShelf implements Shelf {
  private readonly rows = new Map<string, Map<number, unknown>>();
  private changing: Promise<unknown> = Promise.resolve();

  change<Result>(work: (shelved: Shelved) => Promise<Result>): Promise<Result> {
    const changed = this.changing.then(() => work(this.shelved));
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  close(): void {}

  private readonly shelved: Shelved = {
    read: async ([row, place]) => structuredClone(this.rows.get(row)?.get(place)),
    write: async ([row, place], value) => {
      this.rows.set(row, (this.rows.get(row) ?? new Map<number, unknown>()).set(place, structuredClone(value)));
    },
    readRow: async (row) =>
      [...(this.rows.get(row) ?? [])].sort(([one], [other]) => one - other).map(([, value]) => structuredClone(value)),
    removeRow: async (row) => void this.rows.delete(row),
  };
}
