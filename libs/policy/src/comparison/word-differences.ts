import type { Locale } from '@abide/kernel';
import { diffArrays } from 'diff';

/** A stretch of text that both have, that only the later has, or that only the earlier has. */
export interface WordRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A place where the texts differ, with what both have after it. */
interface Difference {
  readonly removed: string;
  readonly added: string;
  readonly same: string;
}

/** Beyond so many word changes the texts have nothing to do with each other, and finding out exactly costs too much. */
const mostChanges = 3000;

const segmenters: Readonly<Record<Locale, Intl.Segmenter>> = {
  'zh-CN': new Intl.Segmenter('zh-CN', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

/**
 * The differences of two texts word by word; Chinese is cut into words by the dictionary of `Intl.Segmenter` (UAX #29).
 * A few words that happen to stay between two changes are read as part of one change. The runs that are not `removed`,
 * joined, give `after`; those that are not `added` give `before`.
 */
export function wordDifferences(before: string, after: string, locale: Locale): WordRun[] {
  if (before === after) return toRuns([{ removed: '', added: '', same: after }]);
  const parts = diffArrays(wordsOf(before, locale), wordsOf(after, locale), { maxEditLength: mostChanges });
  if (!parts) return toRuns([{ removed: before, added: after, same: '' }]);
  const differences: Difference[] = [{ removed: '', added: '', same: '' }];
  for (const { added, removed, value } of parts) append(differences, added ? 'added' : removed ? 'removed' : 'same', value.join(''));
  return toRuns(joined(differences));
}

function wordsOf(text: string, locale: Locale): string[] {
  return Array.from(segmenters[locale].segment(text), ({ segment }) => segment);
}

function append(differences: Difference[], kind: WordRun['kind'], text: string): void {
  const last = differences.pop() ?? { removed: '', added: '', same: '' };
  const isNext = kind !== 'same' && last.same !== '';
  if (isNext) differences.push(last);
  const open = isNext ? { removed: '', added: '', same: '' } : last;
  differences.push({ ...open, [kind]: open[kind] + text });
}

/** Joins two changes when what stays between them is shorter than either, until none are left to join. */
function joined(differences: readonly Difference[]): Difference[] {
  const result: Difference[] = [];
  for (let next of differences) {
    for (let last = result.at(-1); last && isIncidental(last, next); last = result.at(-1)) {
      next = { removed: last.removed + last.same + next.removed, added: last.added + last.same + next.added, same: next.same };
      result.pop();
    }
    result.push(next);
  }
  return result;
}

function isIncidental(left: Difference, right: Difference): boolean {
  if (sizeOf(left) === 0) return false;
  return left.same.trim().length <= Math.min(sizeOf(left), sizeOf(right));
}

function sizeOf({ removed, added }: Difference): number {
  return Math.max(removed.trim().length, added.trim().length);
}

function toRuns(differences: readonly Difference[]): WordRun[] {
  const kinds = ['removed', 'added', 'same'] as const;
  return differences.flatMap((difference) => kinds.map((kind) => ({ kind, text: difference[kind] }))).filter(({ text }) => text !== '');
}
