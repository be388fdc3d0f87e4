/** A step of the scale: how many subjects, from and to, both within it. */
export interface Level {
  readonly from: number;
  readonly to: number;
}

export const mostLevels = 5;

/** Steps that grow by the same factor, since a few cells hold most; each holds at least one whole number. */
export function levelsOf(counts: readonly number[]): readonly Level[] {
  if (counts.length === 0) return [];
  const least = counts.reduce((low, count) => Math.min(low, count));
  const most = counts.reduce((high, count) => Math.max(high, count));
  const factor = (most / least) ** (1 / mostLevels);
  const starts = Array.from({ length: mostLevels }, (_, index) =>
    index === 0 ? least : Math.ceil(least * factor ** index),
  );
  const distinct = starts.filter((start, index) => start <= most && starts.indexOf(start) === index);
  return distinct.map((from, index) => ({ from, to: (distinct[index + 1] ?? most + 1) - 1 }));
}

/** Which step a count falls in, from 0. */
export function levelAt(levels: readonly Level[], count: number): number {
  return Math.max(
    0,
    levels.findLastIndex(({ from }) => from <= count),
  );
}

/** The shade of a step, of `mostLevels`: the last is always the strongest. */
export function shadeOf(levels: readonly Level[], index: number): number {
  return mostLevels - levels.length + index;
}
