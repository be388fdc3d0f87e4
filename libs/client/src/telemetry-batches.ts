import type { StoredEntries } from './key-value-store.js';
import { bytesOf, type DropReason, type TelemetryEvent } from './telemetry-event.js';
import { counted, totalOf, withBatches, type TelemetryState, type WaitingBatch } from './telemetry-state.js';

/** What may wait at most. */
export interface Caps {
  readonly maxBytes: number;
  readonly maxEvents: number;
  readonly maxAgeMilliseconds: number;
}

export async function eventsOf(entries: StoredEntries, batchId: string): Promise<TelemetryEvent[]> {
  return (await entries.readRow(batchId)) as TelemetryEvent[];
}

/** The batch with one more event, which is written to its row. */
export async function append(
  entries: StoredEntries,
  batch: WaitingBatch,
  event: TelemetryEvent,
): Promise<WaitingBatch> {
  await entries.write([batch.id, batch.count], event);
  return {
    ...batch,
    count: batch.count + 1,
    bytes: batch.bytes + bytesOf(event),
    oldestAt: Math.min(batch.oldestAt, Date.parse(event.occurredAt)),
  };
}

export function newBatch(id: string): WaitingBatch {
  return { id, isSealed: false, count: 0, bytes: 0, oldestAt: Infinity };
}

/** Puts these lists of events in the place of a batch, each as a sealed batch under a name of its own: a name never stands for two lists. */
export async function replace(
  entries: StoredEntries,
  state: TelemetryState,
  batchId: string,
  lists: readonly (readonly TelemetryEvent[])[],
): Promise<TelemetryState> {
  await entries.removeRow(batchId);
  const instead: WaitingBatch[] = [];
  for (const events of lists.filter(({ length }) => length > 0)) {
    let batch: WaitingBatch = { ...newBatch(crypto.randomUUID()), isSealed: true };
    for (const event of events) batch = await append(entries, batch, event);
    instead.push(batch);
  }
  return withBatches(state, batchId, instead);
}

/** Drops, and counts under the reason, what `isDropped` says of the events in those batches. */
export async function dropWhere(
  entries: StoredEntries,
  state: TelemetryState,
  drop: { reason: DropReason; in: readonly WaitingBatch[]; isDropped: (event: TelemetryEvent) => boolean },
): Promise<TelemetryState> {
  let left = state;
  for (const { id } of drop.in) {
    const events = await eventsOf(entries, id);
    const kept = events.filter((event) => !drop.isDropped(event));
    if (kept.length < events.length)
      left = counted(await replace(entries, left, id, [kept]), drop.reason, events.length - kept.length);
  }
  return left;
}

/** Drops what is too old to be taken. */
export function dropOld(entries: StoredEntries, state: TelemetryState, before: number): Promise<TelemetryState> {
  const old = state.batches.filter(({ oldestAt }) => oldestAt < before);
  return dropWhere(entries, state, {
    reason: 'tooOld',
    in: old,
    isDropped: ({ occurredAt }) => Date.parse(occurredAt) < before,
  });
}

/** Drops the oldest until what waits is within the caps. */
export async function dropOldest(
  entries: StoredEntries,
  state: TelemetryState,
  { maxBytes, maxEvents }: Caps,
): Promise<TelemetryState> {
  const total = totalOf(state);
  let [events, bytes] = [total.events - maxEvents, total.bytes - maxBytes];
  let left = state;
  while (events > 0 || bytes > 0) {
    const [oldest] = left.batches;
    if (!oldest) break;
    left = await dropWhere(entries, left, {
      reason: 'tooMany',
      in: [oldest],
      isDropped: (event) => {
        if (events <= 0 && bytes <= 0) return false;
        [events, bytes] = [events - 1, bytes - bytesOf(event)];
        return true;
      },
    });
  }
  return left;
}
