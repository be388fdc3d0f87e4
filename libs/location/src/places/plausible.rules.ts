import { greatCircleDistance, UNITS } from 'h3-js';
import type { Position } from './place.rules.js';

const widestAccuracyMetres = 100_000;
const fastestMetresPerSecond = 1200 / 3.6;
/** Accuracies are the radius of some two thirds of all fixes; twice of it holds nearly all. */
const believedAccuracies = 2;
/** Devices write down whole seconds. */
const clockMilliseconds = 1000;

/** A position with when, in epoch milliseconds, it was taken. */
export interface Taken extends Position {
  readonly at: number;
}

/** Whether a place can be where a device says it is: on earth, with an accuracy that means something, and not the 0/0 of a device without a fix. */
export function isPossible({ latitude, longitude, accuracyMetres }: Position): boolean {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return false;
  if (latitude === 0 && longitude === 0) return false;
  return accuracyMetres > 0 && accuracyMetres <= widestAccuracyMetres;
}

/** Those of one subject's fixes that are further from the one before than any aircraft could have come; they are passed over in judging the next. */
export function impossibleJumps<Fix extends Taken>(fixes: readonly Fix[]): ReadonlySet<Fix> {
  const impossible = new Set<Fix>();
  let last: Fix | null = null;
  for (const fix of fixes.toSorted((one, other) => one.at - other.at)) {
    if (last !== null && isOutOfReach(last, fix)) impossible.add(fix);
    else last = fix;
  }
  return impossible;
}

function isOutOfReach(from: Taken, to: Taken): boolean {
  const metres = greatCircleDistance([from.latitude, from.longitude], [to.latitude, to.longitude], UNITS.m);
  const surely = metres - believedAccuracies * (from.accuracyMetres + to.accuracyMetres);
  return surely > (fastestMetresPerSecond * (to.at - from.at + clockMilliseconds)) / 1000;
}
