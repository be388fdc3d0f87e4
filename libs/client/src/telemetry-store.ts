import { noWait, nextWait, type Wait } from './back-off.js';
import { isFull } from './indexed-db-store.js';
import type { KeyValueStore, StoredEntries } from './key-value-store.js';
import { append, dropOld, dropOldest, dropWhere, eventsOf, newBatch, replace, type Caps } from './telemetry-batches.js';
import { bytesOf, type DropReason, type TelemetryBatch, type TelemetryEvent } from './telemetry-event.js';
import { gateAnswerTo, withRefused, type Allowances, type GateAnswer } from './telemetry-gate.js';
import type { RefusedEvent } from './telemetry-sender.js';
import {
  counted,
  emptyState,
  readState,
  withBatches,
  writeState,
  type TelemetryState,
  type WaitingBatch,
} from './telemetry-state.js';

export interface StoreParts {
  readonly keyValues: KeyValueStore;
  readonly caps: Caps;
  readonly now: () => number;
  readonly random: () => number;
}

interface OpenBatch {
  readonly id: string;
  readonly events: TelemetryEvent[];
  isWritten: boolean;
}

/** What became of an event that was to be kept. */
export type StoreOutcome = 'kept' | 'dropped' | 'undecided';

const maxEventBytes = 64 * 1024;
/** So that a batch fits into what a page may still send when it goes. */
const batchBytes = 28 * 1024;
const batchEvents = 500;

/** The events of one subject that wait, and what is known about sending them; shared by the windows of a browser. */
export class TelemetryStore {
  /** As of the last change that this window made. */
  seen: TelemetryState = emptyState;
  /** The batch that this window adds to, and what it has added. */
  private open: OpenBatch = anOpenBatch();
  /** On their way to the store, with the batch that they were put in. */
  private readonly underWay = new Map<TelemetryEvent, string | null>();
  private uncounted = 0;

  constructor(private readonly parts: StoreParts) {}

  /** Keeps an event that the subject allows; never rejects. */
  async keep(event: TelemetryEvent): Promise<StoreOutcome> {
    this.underWay.set(event, null);
    try {
      const kept = await this.keepOrMakeRoom(event);
      if (kept === 'kept' && this.underWay.get(event) === this.open.id) this.open.events.push(event);
      return kept;
    } catch {
      this.uncounted += 1;
      return 'dropped';
    } finally {
      this.underWay.delete(event);
    }
  }

  /** What this window has added to its open batch, for a page that is going: at once, as nothing can be read any more. Null where that is nothing. */
  leave(maxBytes: number): TelemetryBatch | null {
    const { id, events } = this.open;
    const added = [...this.underWay].filter(([, batchId]) => batchId === id).map(([event]) => event);
    const leaving = [...events, ...added];
    let bytes = leaving.reduce((sum, event) => sum + bytesOf(event), 0);
    for (const [event, batchId] of this.underWay) {
      if (batchId !== null || gateAnswerTo(event, this.seen) !== 'allowed') continue;
      bytes += bytesOf(event);
      if (bytes <= maxBytes) leaving.push(event);
    }
    this.open = anOpenBatch();
    return leaving.length === 0 ? null : { batchId: id, events: leaving };
  }

  /** Closes what is open, in every window, so that each batch is from now on the list that is sent; drops what is too old. */
  async seal(): Promise<void> {
    await this.change(async (entries, state) => {
      const sealed = { ...state, batches: state.batches.map((batch) => ({ ...batch, isSealed: true })) };
      return dropOld(entries, sealed, this.parts.now() - this.parts.caps.maxAgeMilliseconds);
    });
  }

  /** The oldest batch that is closed. */
  async next(): Promise<TelemetryBatch | null> {
    return this.parts.keyValues.change(async (entries) => {
      const first = (await readState(entries)).batches.find(({ isSealed }) => isSealed);
      return first ? { batchId: first.id, events: await eventsOf(entries, first.id) } : null;
    });
  }

  /** A batch was answered: it is kept no longer, what was refused is counted and its like not kept again. Answered twice counts once. */
  async answered({ batchId, events }: TelemetryBatch, refused: readonly RefusedEvent[]): Promise<void> {
    await this.change(async (entries, state) => {
      if (!state.batches.some(({ id }) => id === batchId)) return { ...state, wait: noWait };
      let left: TelemetryState = { ...(await replace(entries, state, batchId, [])), wait: noWait };
      for (const { index, code } of refused) {
        const event = events[index];
        left = counted(
          event ? { ...left, refusedKinds: withRefused(left.refusedKinds, event, code) } : left,
          `refused:${code}`,
          1,
        );
      }
      return left;
    });
  }

  /** A batch is of no use to the server: its halves go on their own, and a single event is dropped. */
  async divide({ batchId, events }: TelemetryBatch, code: string): Promise<void> {
    await this.change(async (entries, state) => {
      if (!state.batches.some(({ id }) => id === batchId)) return state;
      if (code === 'batch.reused') return replace(entries, state, batchId, [events]);
      if (events.length <= 1)
        return counted(await replace(entries, state, batchId, []), `refused:${code}`, events.length);
      const middle = Math.ceil(events.length / 2);
      return replace(entries, state, batchId, [events.slice(0, middle), events.slice(middle)]);
    });
  }

  /** One more failure: how long every window waits now. */
  async postpone(toldMilliseconds: number | null): Promise<Wait> {
    const { now, random } = this.parts;
    const { wait } = await this.change(async (_shelved, state) => ({
      ...state,
      wait: nextWait(state.wait, { now: now(), toldMilliseconds, random }),
    }));
    return wait;
  }

  /** What the subject allows has changed: what waits and is not allowed any more is dropped. */
  async allow(change: (before: TelemetryState) => Allowances & { readonly allowancesAt?: number }): Promise<void> {
    await this.change(async (entries, state) => {
      const now = { ...state, ...change(state) };
      return dropWhere(entries, now, {
        reason: 'withdrawn',
        in: now.batches,
        isDropped: (event) => gateAnswerTo(event, now) === 'notAllowed',
      });
    });
  }

  async count(reason: DropReason, by: number): Promise<void> {
    await this.change(async (_shelved, state) => counted(state, reason, by));
  }

  async purge(): Promise<void> {
    await this.change(async (entries, state) => ({
      ...(await dropWhere(entries, state, { reason: 'purged', in: state.batches, isDropped: () => true })),
      granted: null,
      refusedKinds: [],
      allowancesAt: 0,
    }));
  }

  /** The state as every window has left it. */
  async read(): Promise<TelemetryState> {
    return this.change(async (_shelved, state) => state);
  }

  close(): void {
    this.parts.keyValues.close();
  }

  /** Where there is no room, the older half of the batches makes some, once: to part one would need room too. */
  private async keepOrMakeRoom(event: TelemetryEvent): Promise<StoreOutcome> {
    try {
      return await this.keepOnce(event);
    } catch (problem) {
      if (!isFull(problem)) throw problem;
      await this.change((entries, state) => {
        const older = state.batches.slice(0, Math.ceil(state.batches.length / 2));
        return dropWhere(entries, state, { reason: 'storageFull', in: older, isDropped: () => true });
      });
      return this.keepOnce(event);
    }
  }

  private async keepOnce(event: TelemetryEvent): Promise<StoreOutcome> {
    let kept: StoreOutcome = 'dropped';
    await this.change(async (entries, state) => {
      const reason = this.reasonAgainst(event, gateAnswerTo(event, state));
      kept = reason === null ? 'kept' : reason === 'undecided' ? 'undecided' : 'dropped';
      if (reason !== null) return counted(state, reason, 1);
      const batch = this.batchFor(event, state);
      this.underWay.set(event, batch.id);
      this.open.isWritten = true;
      const added = await append(entries, batch, event);
      const isNew = !state.batches.some(({ id }) => id === batch.id);
      const left = isNew ? { ...state, batches: [...state.batches, added] } : withBatches(state, batch.id, [added]);
      return dropOldest(entries, left, this.parts.caps);
    });
    return kept;
  }

  private reasonAgainst(event: TelemetryEvent, answer: GateAnswer): DropReason | null {
    if (answer !== 'allowed') return answer;
    if (bytesOf(event) > Math.min(maxEventBytes, this.parts.caps.maxBytes)) return 'tooLarge';
    return Date.parse(event.occurredAt) < this.parts.now() - this.parts.caps.maxAgeMilliseconds ? 'tooOld' : null;
  }

  /** This window's open batch, unless it was closed or changed elsewhere, or is full. */
  private batchFor(event: TelemetryEvent, state: TelemetryState): WaitingBatch {
    const found = state.batches.find(({ id }) => id === this.open.id);
    const hasRoom = found && !found.isSealed && found.count < batchEvents && found.bytes + bytesOf(event) <= batchBytes;
    if (hasRoom) return found;
    if (this.open.isWritten) this.open = anOpenBatch();
    return newBatch(this.open.id);
  }

  /** One change of the state, and what could not be counted before is counted with it. */
  private async change(
    of: (entries: StoredEntries, state: TelemetryState) => Promise<TelemetryState>,
  ): Promise<TelemetryState> {
    const { uncounted } = this;
    this.seen = await this.parts.keyValues.change(async (entries) => {
      const before = await readState(entries);
      const after = counted(await of(entries, before), 'storageFull', uncounted);
      if (after !== before) await writeState(entries, after);
      return after;
    });
    this.uncounted -= uncounted;
    const isStillOpen = this.seen.batches.some(({ id, isSealed }) => id === this.open.id && !isSealed);
    if (this.open.isWritten && !isStillOpen) this.open = anOpenBatch();
    return this.seen;
  }
}

function anOpenBatch(): OpenBatch {
  return { id: crypto.randomUUID(), events: [], isWritten: false };
}
