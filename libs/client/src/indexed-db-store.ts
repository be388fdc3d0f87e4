import type { KeyValueStore, StoreKey, StoredEntries } from './key-value-store.js';
import { MemoryKeyValueStore } from './key-value-store.js';

/** The part of IndexedDB that is used here: the library is compiled without the browser's types. */
interface DbRequest<Result> {
  readonly result: Result;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}
interface DbOpening extends DbRequest<Db> {
  onupgradeneeded: (() => void) | null;
}
interface DbStore {
  get(key: StoreKey): DbRequest<unknown>;
  getAll(range: unknown): DbRequest<unknown[]>;
  put(value: unknown, key: StoreKey): DbRequest<unknown>;
  delete(range: unknown): DbRequest<unknown>;
}
interface DbTransaction {
  readonly error: Error | null;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
  abort(): void;
  objectStore(name: string): DbStore;
}
interface Db {
  onversionchange: (() => void) | null;
  onclose: (() => void) | null;
  createObjectStore(name: string): unknown;
  transaction(name: string, mode: 'readwrite', options: { durability: 'relaxed' }): DbTransaction;
  close(): void;
}
interface BrowserDatabases {
  readonly indexedDB?: { open(name: string, version: number): DbOpening };
  readonly IDBKeyRange?: { bound(lower: unknown, upper: unknown): unknown };
}

const storeName = 'shelf';

/** The browser's database of this name; memory where there is none that may be used, and from the moment it fails. */
export function browserKeyValueStore(name: string): KeyValueStore {
  const databases = globalThis as unknown as BrowserDatabases;
  const memory = new MemoryKeyValueStore();
  let keyValues: KeyValueStore = databases.indexedDB ? new IndexedDbStore(name, databases) : memory;
  return {
    async change(work) {
      try {
        return await keyValues.change(work);
      } catch (problem) {
        if (keyValues === memory || isFull(problem)) throw problem;
        keyValues = memory;
        return memory.change(work);
      }
    },
    close: () => keyValues.close(),
  };
}

/** Whether there was no room to write. */
export function isFull(problem: unknown): boolean {
  return (problem as Partial<Error> | null)?.name === 'QuotaExceededError';
}

class IndexedDbStore implements KeyValueStore {
  private opened: Promise<Db> | null = null;

  constructor(
    private readonly name: string,
    private readonly databases: BrowserDatabases,
  ) {}

  async change<Result>(work: (entries: StoredEntries) => Promise<Result>): Promise<Result> {
    const transaction = await this.begin();
    const ended = new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error ?? new Error('The change was broken off'));
    });
    try {
      const [result] = await Promise.all([work(this.entriesIn(transaction.objectStore(storeName))), ended]);
      return result;
    } catch (problem) {
      abort(transaction);
      throw transaction.error ?? problem;
    }
  }

  close(): void {
    this.opened?.then((db) => db.close()).catch(() => undefined);
    this.opened = null;
  }

  /** A connection that the browser has closed meanwhile is opened once more. */
  private async begin(): Promise<DbTransaction> {
    const start = async (): Promise<DbTransaction> =>
      (await (this.opened ??= this.open())).transaction(storeName, 'readwrite', { durability: 'relaxed' });
    return start().catch(() => {
      this.opened = null;
      return start();
    });
  }

  private open(): Promise<Db> {
    return new Promise((done, failed) => {
      const opening = this.databases.indexedDB?.open(this.name, 1);
      if (!opening) return failed(new Error('There is no database'));
      opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
      opening.onerror = () => failed(opening.error ?? new Error('The database could not be opened'));
      opening.onsuccess = () => {
        opening.result.onversionchange = () => this.close();
        opening.result.onclose = () => (this.opened = null);
        done(opening.result);
      };
    });
  }

  private entriesIn(store: DbStore): StoredEntries {
    const range = (row: string): unknown => this.databases.IDBKeyRange?.bound([row, 0], [row, Infinity]);
    return {
      read: (key) => answer(store.get(key)),
      write: async (key, value) => void (await answer(store.put(value, key))),
      readRow: (row) => answer(store.getAll(range(row))),
      removeRow: async (row) => void (await answer(store.delete(range(row)))),
    };
  }
}

function answer<Result>(request: DbRequest<Result>): Promise<Result> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error('The database refused'));
  });
}

function abort(transaction: DbTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
