import type { ChangeLog, Seen } from '@abide/identity';
import type { Database } from '@abide/platform';

/** Nothing is kept for longer, whatever the log says. */
const mostMilliseconds = 3_600_000;

interface ChangeTrackedCacheParts<Value> {
  readonly log: ChangeLog;
  readonly read: (subjectIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  /** Whether the log names every change that the value follows from. */
  readonly mayKeep: (value: Value) => boolean;
  readonly capacity: number;
}

/** What was seen changed since a read began, which may be older than that. */
interface UnderWay {
  readonly changed: Set<string>;
  isLost: boolean;
}

/**
 * Keeps what was read of subjects and reads it anew once the log of changes names them: every read asks the log, after it was asked itself, so that an
 * answer is never older than its question. Values are not to be changed by their readers, and a transaction does not change what it is reading at that moment.
 */
export class ChangeTrackedCache<Value> {
  private readonly kept = new Map<string, Value>();
  private readonly underWay = new Set<UnderWay>();
  private seen: Seen | null = null;
  private freshUntil = 0;

  constructor(
    private readonly db: Database,
    private readonly parts: ChangeTrackedCacheParts<Value>,
  ) {}

  /** The values of those subjects that have one. */
  async of(subjectIds: readonly string[]): Promise<Map<string, Value>> {
    const unknown = subjectIds.filter((id) => !this.kept.has(id));
    const { values, own } = await this.readBesideLook(unknown);
    const asked = new Set(unknown);
    const forgotten: string[] = [];
    for (const id of subjectIds) {
      if (asked.has(id)) continue;
      const value = own.has(id) ? undefined : this.kept.get(id);
      if (value === undefined) forgotten.push(id);
      else values.set(id, value);
    }
    if (forgotten.length > 0) for (const [id, value] of await this.parts.read(forgotten)) values.set(id, value);
    return values;
  }

  /**
   * Reads while the log is asked. What it names meanwhile, to whomever, may be newer than what was read, or, changed by the open transaction itself,
   * may yet be taken back: it is not kept.
   */
  private async readBesideLook(
    unknown: readonly string[],
  ): Promise<{ values: Map<string, Value>; own: ReadonlySet<string> }> {
    const reading: UnderWay = { changed: new Set(), isLost: false };
    this.underWay.add(reading);
    try {
      const [own, read] = await this.db.sideBySide(
        () => this.catchUp(),
        async () => (unknown.length > 0 ? this.parts.read(unknown) : new Map<string, Value>()),
      );
      for (const [id, value] of read)
        if (!reading.isLost && !reading.changed.has(id) && this.parts.mayKeep(value)) this.kept.set(id, value);
      this.makeRoom();
      return { values: new Map(read), own };
    } finally {
      this.underWay.delete(reading);
    }
  }

  /** Forgets what has changed. Resolves to the subjects of which the open transaction changed something. */
  private async catchUp(): Promise<ReadonlySet<string>> {
    const askedAt = performance.now();
    const isFresh = askedAt < this.freshUntil;
    const { seen, changed, own } = await this.parts.log.since(isFresh ? this.seen : null);
    if (!isFresh) this.freshUntil = askedAt + mostMilliseconds;
    if (changed === null) this.forgetAll();
    else for (const id of changed) this.forget(id);
    if (changed === null || this.seen === null || BigInt(seen.next) >= BigInt(this.seen.next)) this.seen = seen;
    return new Set(own);
  }

  private makeRoom(): void {
    for (const id of this.kept.keys()) {
      if (this.kept.size <= this.parts.capacity) break;
      this.kept.delete(id);
    }
  }

  private forget(id: string): void {
    this.kept.delete(id);
    for (const reading of this.underWay) reading.changed.add(id);
  }

  private forgetAll(): void {
    this.kept.clear();
    for (const reading of this.underWay) reading.isLost = true;
  }
}
