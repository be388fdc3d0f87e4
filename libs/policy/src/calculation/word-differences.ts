import type { Locale } from '@abide/kernel';
import { diffArrays, type ChangeObject } from 'diff';

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

/**
 * What may be spent on comparing the texts of one document, in steps of the search (the square of the changes found).
 * A text that nothing is left for is compared paragraph by paragraph, and beyond that as a whole, so that a document
 * costs a second or two however long and different its two texts are.
 */
export class DiffBudget {
  private readonly left = { words: 8_000_000, paragraphs: 2_000_000 };

  /** The differences of two lists of tokens; null where too much differs for what is left. */
  differences(
    unit: keyof DiffBudget['left'],
    before: readonly string[],
    after: readonly string[],
  ): readonly Part[] | null {
    const most = Math.min(mostChanges, Math.floor(Math.sqrt(this.left[unit])));
    const parts = diffArrays([...before], [...after], { maxEditLength: most });
    const changes = parts
      ? parts.reduce((sum, part) => sum + (part.added || part.removed ? part.value.length : 0), 0)
      : most;
    this.left[unit] -= Math.min(this.left[unit], changes ** 2);
    return parts ?? null;
  }
}

type Part = ChangeObject<string[]>;

/** Beyond so many changes two texts have nothing to do with each other. */
const mostChanges = 2000;

const segmenters: Readonly<Record<Locale, Intl.Segmenter>> = {
  'zh-CN': new Intl.Segmenter('zh-CN', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

/**
 * The differences of two texts word by word; Chinese is cut into words by the dictionary of `Intl.Segmenter` (UAX #29).
 * A few words that happen to stay between two changes are read as part of one change. The runs that are not `removed`,
 * joined, give `after`; those that are not `added` give `before`.
 */
export function wordDifferences(
  before: string,
  after: string,
  { locale, budget = new DiffBudget() }: { locale: Locale; budget?: DiffBudget },
): WordRun[] {
  if (before === after) return toRuns([{ removed: '', added: '', same: after }]);
  const parts =
    budget.differences('words', wordsOf(before, locale), wordsOf(after, locale)) ??
    budget.differences('paragraphs', paragraphsOf(before), paragraphsOf(after));
  if (!parts) return toRuns([{ removed: before, added: after, same: '' }]);
  const differences: Difference[] = [{ removed: '', added: '', same: '' }];
  for (const { added, removed, value } of parts)
    append(differences, added ? 'added' : removed ? 'removed' : 'same', value.join(''));
  return toRuns(joined(differences));
}

function wordsOf(text: string, locale: Locale): string[] {
  return Array.from(segmenters[locale].segment(text), ({ segment }) => segment);
}

/** Each with the line breaks that end it. */
function paragraphsOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n+|[^\n]+$/g) ?? [];
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
      next = {
        removed: last.removed + last.same + next.removed,
        added: last.added + last.same + next.added,
        same: next.same,
      };
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
  return differences
    .flatMap((difference) => kinds.map((kind) => ({ kind, text: difference[kind] })))
    .filter(({ text }) => text !== '');
}
