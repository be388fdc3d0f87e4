import type { HeldRecord } from '@abide/platform';
import type { HeldBy } from '../packages/package-records.js';

/** A record and who holds it. */
export interface OneHeld extends HeldRecord {
  readonly holder: string;
}

/** As holders give them. */
export async function* heldInTurn(records: readonly OneHeld[]): AsyncGenerator<HeldBy> {
  for (const { holder, ...record } of records) yield { holder, records: inTurn([record]) };
}

export async function* inTurn<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
