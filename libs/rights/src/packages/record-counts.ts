import type { PackedRecord } from './record-lines.js';

/** How much there is of one kind of data, since when, and at whom. */
export interface KindCount {
  readonly category: string;
  readonly count: number;
  readonly since: Date;
  /** How many each holder keeps, in the order of the records. */
  readonly holders: ReadonlyMap<string, number>;
}

interface Kind {
  count: number;
  since: Date;
  readonly holders: Map<string, number>;
}

/** Counts the records of a package while they pass by. */
export class RecordCounts {
  private readonly kinds = new Map<string, Kind>();

  async *counting(records: AsyncIterable<PackedRecord>): AsyncGenerator<PackedRecord> {
    for await (const record of records) {
      this.add(record);
      yield record;
    }
  }

  /** In the order of the records. */
  all(): readonly KindCount[] {
    return [...this.kinds].map(([category, kind]) => ({ category, ...kind }));
  }

  private add({ category, holder, since }: PackedRecord): void {
    const kind = this.kinds.get(category) ?? { count: 0, since, holders: new Map<string, number>() };
    kind.count += 1;
    if (since < kind.since) kind.since = since;
    kind.holders.set(holder, (kind.holders.get(holder) ?? 0) + 1);
    this.kinds.set(category, kind);
  }
}
