import { dayInMilliseconds } from '@abide/kernel';
import type { Heat, HeatCell } from './heat.rules.js';

export const weekInMilliseconds = 7 * dayInMilliseconds;
const hourInMilliseconds = 3_600_000;
/** The first Monday of the epoch. */
const firstMonday = 4 * dayInMilliseconds;

/** When the week of an instant begins (epoch milliseconds both): on Monday, in the zone that is `utcOffsetHours` ahead of UTC. */
export function weekOf(at: number, utcOffsetHours: number): number {
  const origin = firstMonday - utcOffsetHours * hourInMilliseconds;
  return Math.floor((at - origin) / weekInMilliseconds) * weekInMilliseconds + origin;
}

/**
 * The maps of several weeks as one: each cell as in the week in which the most subjects were in it, and cells that no week shows not at all. It
 * says nothing that the weeks do not say by themselves, so that no two periods tell anybody apart, as numbers of different subjects over both would.
 */
export function heatOfWeeks(weeks: readonly Heat[], mostCells: number): Heat {
  const fullest = new Map<string, number>();
  for (const { cells } of weeks)
    for (const { cell, subjects } of cells) fullest.set(cell, Math.max(subjects, fullest.get(cell) ?? 0));
  const cells = [...fullest].map(([cell, subjects]): HeatCell => ({ cell, subjects }));
  return {
    cells: cells.toSorted(byWeight).slice(0, mostCells),
    isSuppressed: weeks.some(({ isSuppressed }) => isSuppressed),
  };
}

function byWeight(one: HeatCell, other: HeatCell): number {
  return other.subjects - one.subjects || (one.cell < other.cell ? -1 : 1);
}
