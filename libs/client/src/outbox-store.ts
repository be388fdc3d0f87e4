type Promised<Value> = Value | Promise<Value>;

/** Where decisions wait that could not be sent: a text under a name. Whatever outlives a page, or the app, will do. */
export interface OutboxStore {
  read(name: string): Promised<string | null>;
  write(name: string, text: string): Promised<void>;
}

/** `localStorage` where there is one that may be used; otherwise, and when it is full, memory for as long as the page lives. */
export function defaultOutboxStore(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null = browserStorage(),
): OutboxStore {
  const memory = new Map<string, string>();
  return {
    read: (name) => memory.get(name) ?? storage?.getItem(name) ?? null,
    write: (name, text) => {
      try {
        if (!storage) throw new Error('There is no storage');
        storage.setItem(name, text);
        memory.delete(name);
      } catch {
        memory.set(name, text);
      }
    },
  };
}

/** Reading the global is refused where storage is switched off. */
function browserStorage(): Storage | null {
  try {
    const { localStorage } = globalThis as { localStorage?: Storage };
    return typeof localStorage?.getItem === 'function' ? localStorage : null;
  } catch {
    return null;
  }
}
