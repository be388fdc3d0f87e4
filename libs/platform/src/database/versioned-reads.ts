interface VersionedReadsParts<Value> {
  /** What the rows of each key are at, by key; absent where there are none. Differs whenever a row was added, changed or removed. */
  readonly versions: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  /** Whether all that the value follows from is among the versions. */
  readonly mayKeep: (value: Value) => boolean;
  readonly capacity: number;
}

interface Kept<Value> {
  readonly version: string;
  readonly value: Value;
  readonly until: number;
}

const keptMilliseconds = 60 * 60 * 1000;

/**
 * Reads values by key and reads them anew only where their rows changed: every read asks the database which versions stand, so
 * an answer is never older than its question, and costs little where nothing changed. Values are not to be changed by their readers.
 */
export class VersionedReads<Value> {
  private readonly kept = new Map<string, Kept<Value>>();

  constructor(private readonly parts: VersionedReadsParts<Value>) {}

  /** The values of those keys that have rows. */
  async of(keys: readonly string[]): Promise<Map<string, Value>> {
    const versions = await this.parts.versions(keys);
    const now = performance.now();
    const values = new Map<string, Value>();
    const changed: string[] = [];
    for (const [key, version] of versions) {
      const known = this.kept.get(key);
      if (known?.version === version && known.until > now) values.set(key, known.value);
      else changed.push(key);
    }
    if (changed.length > 0) await this.readAnew(changed, { versions, values, until: now + keptMilliseconds });
    return values;
  }

  /** What is read now is as new as the version that was read before, or newer: then the version has moved on and it is read again. */
  private async readAnew(keys: readonly string[], { versions, values, until }: { versions: ReadonlyMap<string, string>; values: Map<string, Value>; until: number }): Promise<void> {
    for (const [key, value] of await this.parts.read(keys)) {
      values.set(key, value);
      this.kept.delete(key);
      if (this.parts.mayKeep(value)) this.kept.set(key, { version: versions.get(key) ?? '', value, until });
    }
    for (const key of this.kept.keys()) {
      if (this.kept.size <= this.parts.capacity) break;
      this.kept.delete(key);
    }
  }
}

/**
 * SQL: a row for each value of `key` in the parameter `$1` (uuid[]) that `tables` have rows of. A committed change leaves other transaction
 * numbers (xmin) on the rows, none of which is ever given again to a row that takes the place of another; where they lie (ctid) tells what one
 * transaction wrote from what it wrote over it.
 */
export function versionsSql(key: string, ...tables: readonly string[]): string {
  const rows = tables.map((table) => `SELECT ${key} AS id, xmin, ctid FROM ${table} WHERE ${key} = ANY($1::uuid[])`);
  return `SELECT id, array_agg(xmin) AS numbers, array_agg(ctid) AS places FROM (${rows.join(' UNION ALL ')}) AS held GROUP BY id`;
}
