import type { CategoryPrecision } from '@abide/consent';
import { cellToParent, getResolution, latLngToCell } from 'h3-js';

/** Degrees of WGS 84, with the radius that the device believes it is within. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMetres: number;
}

/** A position, or, where nothing allows one, the H3 cell that it was in. */
export type Place = Position | { readonly cell: string };

/** The resolution of the cell that is kept in plain, for the map: some 250 km². */
export const coarseResolution = 5;

/** The place as exactly as `precision` has it; what is coarser already stays as it is. */
export function seenAs(place: Place, precision: CategoryPrecision): Place {
  const resolution = resolutionOf(precision);
  if (resolution === null) return place;
  if (!('cell' in place)) return { cell: latLngToCell(place.latitude, place.longitude, resolution) };
  return getResolution(place.cell) <= resolution ? place : { cell: cellToParent(place.cell, resolution) };
}

/** The cell that may stand in plain. */
export function coarseCellOf(place: Place): string {
  const seen = seenAs(place, { h3: coarseResolution });
  if ('cell' in seen) return seen.cell;
  throw new Error('A place seen as a cell is a cell');
}

export function precisionOf(place: Place): 'exact' | { readonly h3: number } {
  return 'cell' in place ? { h3: getResolution(place.cell) } : 'exact';
}

/** Null for exactly; a truncated place, which no clause can ask for, is a coarse one. */
export function resolutionOf(precision: CategoryPrecision): number | null {
  if (precision === 'exact') return null;
  return precision === 'truncated' ? coarseResolution : precision.h3;
}

/** How a precision is written in a row. */
export function wordFor(precision: CategoryPrecision): string {
  const resolution = resolutionOf(precision);
  return resolution === null ? 'exact' : `h3:${resolution}`;
}
