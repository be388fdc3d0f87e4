import { locales, withUnseenWrittenOut, type Locale, type Localized } from '@abide/kernel';
import type { Clause, ClauseComparison } from '@abide/rulebook';
import { DiffBudget, wordDifferences, type WordRun } from './word-differences.js';

/** Both texts and how their clauses pair. */
export interface PairedTexts {
  readonly before: readonly Clause[];
  readonly after: readonly Clause[];
  readonly paired: readonly ClauseComparison[];
}

type WordsByLocale = Record<Locale, WordRun[]>;

/** A clause of either text with the differences of its words. */
export interface ComparedClause {
  readonly id: string;
  readonly state: ClauseComparison['state'];
  readonly moved: boolean;
  readonly numberBefore: number | null;
  readonly numberAfter: number | null;
  readonly heading: Localized;
  readonly headingWords: WordsByLocale;
  readonly words: WordsByLocale;
}

/**
 * The clauses of both texts compared word by word in every locale, as far as the budget of the whole document goes. What
 * nobody would see is written out.
 */
export function comparedClauses({ before, after, paired }: PairedTexts): ComparedClause[] {
  const was = new Map(before.map((clause) => [clause.id, clause]));
  const is = new Map(after.map((clause) => [clause.id, clause]));
  const budget = new DiffBudget();
  const words = (id: string, part: 'heading' | 'body') => wordsOf(was.get(id)?.[part], is.get(id)?.[part], budget);
  return paired.map(({ id, state, isMoved, number, numberBefore, heading }) => ({
    id,
    state,
    moved: isMoved,
    numberBefore,
    numberAfter: number,
    heading,
    headingWords: words(id, 'heading'),
    words: words(id, 'body'),
  }));
}

function wordsOf(
  before: Clause['body'] | undefined,
  after: Clause['body'] | undefined,
  budget: DiffBudget,
): WordsByLocale {
  const inLocale = (locale: Locale) =>
    wordDifferences(before?.[locale] ?? '', after?.[locale] ?? '', { locale, budget }).map(({ kind, text }) => ({
      kind,
      text: withUnseenWrittenOut(text),
    }));
  return Object.fromEntries(locales.map((locale) => [locale, inLocale(locale)])) as WordsByLocale;
}
