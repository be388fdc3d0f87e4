import { trustedMilliseconds, type ChangeLog, type Seen } from './change-log.js';

interface FollowedReadsParts<Value> {
  readonly log: ChangeLog;
  readonly read: (subjectIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  /** Whether the log names every change that the value follows from. */
  readonly mayKeep: (value: Value) => boolean;
  readonly capacity: number;
}

/** What was changed while values were being read, so that they may be older than that. */
interface UnderWay {
  readonly changed: Set<string>;
  isLost: boolean;
}

/**
 * Keeps what was read of subjects and reads it anew once the log of changes names them: every read asks the log, after it was asked itself, so that an
 * answer is never older than its question. Values are not to be changed by their readers.
 */
export class FollowedReads<Value> {
  private readonly kept = new Map<string, Value>();
  private readonly underWay = new Set<UnderWay>();
  private seen: Seen | null = null;
  private trustedUntil = 0;

  constructor(private readonly parts: FollowedReadsParts<Value>) {}

  /** The values of those subjects that have one. */
  async of(subjectIds: readonly string[]): Promise<Map<string, Value>> {
    const own = await this.catchUp();
    const values = new Map<string, Value>();
    const unknown: string[] = [];
    for (const id of subjectIds) {
      const value = own.has(id) ? undefined : this.kept.get(id);
      if (value === undefined) unknown.push(id);
      else values.set(id, value);
    }
    if (unknown.length > 0) await this.read(unknown, { own, into: values });
    return values;
  }

  /** What the open transaction itself changed is not kept: it may yet be taken back. */
  private async read(unknown: readonly string[], { own, into }: { own: ReadonlySet<string>; into: Map<string, Value> }): Promise<void> {
    const look: UnderWay = { changed: new Set(own), isLost: false };
    this.underWay.add(look);
    try {
      for (const [id, value] of await this.parts.read(unknown)) {
        into.set(id, value);
        if (!look.isLost && !look.changed.has(id) && this.parts.mayKeep(value)) this.kept.set(id, value);
      }
    } finally {
      this.underWay.delete(look);
    }
    for (const id of this.kept.keys()) {
      if (this.kept.size <= this.parts.capacity) break;
      this.kept.delete(id);
    }
  }

  /** Forgets what has changed. Resolves to the subjects of which the open transaction changed something. */
  private async catchUp(): Promise<ReadonlySet<string>> {
    const startedAt = performance.now();
    const { seen, changed, own } = await this.parts.log.since(startedAt < this.trustedUntil ? this.seen : null);
    if (changed === null) this.forgetAll();
    else for (const id of changed) this.forget(id);
    if (changed === null || this.seen === null || BigInt(seen.next) >= BigInt(this.seen.next)) this.seen = seen;
    this.trustedUntil = startedAt + trustedMilliseconds;
    return new Set(own);
  }

  private forget(id: string): void {
    this.kept.delete(id);
    for (const look of this.underWay) look.changed.add(id);
  }

  private forgetAll(): void {
    this.kept.clear();
    for (const look of this.underWay) look.isLost = true;
  }
}
