import type { Localized } from '@abide/kernel';
import type { Clause } from '../document.js';
import { isSame } from './text-changes.js';

export type ClauseState = 'same' | 'changed' | 'new' | 'removed' | 'moved';

/** One clause of either revision, paired by id. `number` counts from 1 in the later revision, `numberBefore` in the earlier. */
export interface ClauseComparison {
  readonly id: string;
  readonly state: ClauseState;
  /** Also set where a changed clause stands elsewhere. */
  readonly isMoved: boolean;
  readonly number: number | null;
  readonly numberBefore: number | null;
  readonly heading: Localized;
}

/** Pairs clauses by id for reading: those of the later revision in order, removed ones where they stood. */
export function pairClauses(before: readonly Clause[], after: readonly Clause[]): readonly ClauseComparison[] {
  const positionBefore = new Map(before.map((clause, index) => [clause.id, index]));
  const kept = new Set(after.map((clause) => clause.id));
  const inPlace = longestRising(after.flatMap((clause) => positionBefore.get(clause.id) ?? []));
  const list = after.map((clause, index): ClauseComparison => {
    const position = positionBefore.get(clause.id);
    const earlier = position === undefined ? undefined : before[position];
    const isMoved = position !== undefined && !inPlace.has(position);
    const state = !earlier ? 'new' : !isSame(earlier, clause) ? 'changed' : isMoved ? 'moved' : 'same';
    return {
      id: clause.id,
      state,
      isMoved,
      number: index + 1,
      numberBefore: position === undefined ? null : position + 1,
      heading: clause.heading,
    };
  });
  before.forEach((clause, index) => {
    if (kept.has(clause.id)) return;
    const previous = list.findIndex((one) => one.id === before[index - 1]?.id);
    const removed = {
      id: clause.id,
      state: 'removed',
      isMoved: false,
      number: null,
      numberBefore: index + 1,
      heading: clause.heading,
    } as const;
    list.splice(previous + 1, 0, removed);
  });
  return list;
}

/** The members of a longest rising subsequence: what kept its order when everything else moved around it. */
export function longestRising(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const members = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) members.add(values[index] ?? 0);
  return members;
}
