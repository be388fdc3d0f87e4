import { noWait, type Wait } from './back-off.js';
import type { Allowances } from './telemetry-gate.js';
import type { DropReason } from './telemetry-event.js';
import type { StoreKey, StoredEntries } from './key-value-store.js';

/** A batch as it waits; its events lie in the row of its id. Sealed, it never takes another event. */
export interface WaitingBatch {
  readonly id: string;
  readonly isSealed: boolean;
  readonly count: number;
  readonly bytes: number;
  /** Epoch milliseconds of its oldest event. */
  readonly oldestAt: number;
}

/** What the windows of a browser share about one subject's queue, beside the events themselves. */
export interface TelemetryState extends Allowances {
  readonly counts: Readonly<Partial<Record<DropReason, number>>>;
  /** Oldest first. */
  readonly batches: readonly WaitingBatch[];
  /** When the subject's consents were last read, in epoch milliseconds. */
  readonly allowancesAt: number;
  readonly wait: Wait;
}

export const emptyState: TelemetryState = {
  counts: {},
  batches: [],
  granted: null,
  refusedKinds: [],
  allowancesAt: 0,
  wait: noWait,
};

const stateKey: StoreKey = ['state', 0];

export async function readState(entries: StoredEntries): Promise<TelemetryState> {
  return { ...emptyState, ...((await entries.read(stateKey)) as Partial<TelemetryState> | undefined) };
}

export function writeState(entries: StoredEntries, state: TelemetryState): Promise<void> {
  return entries.write(stateKey, state);
}

export function counted(state: TelemetryState, reason: DropReason, by: number): TelemetryState {
  if (by === 0) return state;
  return { ...state, counts: { ...state.counts, [reason]: (state.counts[reason] ?? 0) + by } };
}

/** The state with one batch replaced by others, in its place. */
export function withBatches(state: TelemetryState, id: string, instead: readonly WaitingBatch[]): TelemetryState {
  return { ...state, batches: state.batches.flatMap((batch) => (batch.id === id ? instead : [batch])) };
}

/** How many events wait, and their bytes. */
export function totalOf({ batches }: TelemetryState): { events: number; bytes: number } {
  return {
    events: batches.reduce((sum, { count }) => sum + count, 0),
    bytes: batches.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
