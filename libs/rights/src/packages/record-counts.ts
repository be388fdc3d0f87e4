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

  /** How many of its kind there were by then, with it. `since`: of the record. */
  add({ holder, category }: { readonly holder: string; readonly category: string }, since: Date): number {
    const kind = this.kinds.get(category) ?? { count: 0, since, holders: new Map<string, number>() };
    kind.count += 1;
    if (since < kind.since) kind.since = since;
    kind.holders.set(holder, (kind.holders.get(holder) ?? 0) + 1);
    this.kinds.set(category, kind);
    return kind.count;
  }

  /** In the order of the records. */
  all(): readonly KindCount[] {
    return [...this.kinds].map(([category, kind]) => ({ category, ...kind }));
  }
}
