/** A browser's storage as its pages see it: its entries are its properties. */
class TestStorage {
  [name: string]: unknown;
  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? String(this[name]) : null;
  }
  setItem(name: string, value: string): void {
    this[name] = value;
  }
  removeItem(name: string): void {
    delete this[name];
  }
}

/** Gives this test empty storages, as a browser does that was never used. */
export function openNewBrowser(): void {
  Object.assign(globalThis, { sessionStorage: new TestStorage(), localStorage: new TestStorage() });
}

/** A key for unsaved work as the server tells it, another for each number. */
export function aDraftKey(fill: number): string {
  return Buffer.alloc(32, fill).toString('base64url');
}
