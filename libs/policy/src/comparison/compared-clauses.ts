import { locales, withUnseenWrittenOut, type Locale } from '@abide/kernel';
import type { Clause, ClauseComparison } from '@abide/rulebook';
import type { ComparedClauseDto, LocalizedWords } from './comparison.dto.js';
import { DiffBudget, wordDifferences } from './word-differences.js';

/** Both texts and how their clauses pair. */
export interface PairedTexts {
  readonly before: readonly Clause[];
  readonly after: readonly Clause[];
  readonly paired: readonly ClauseComparison[];
}

/**
 * The clauses of both texts compared word by word in every locale, as far as the budget of the whole document goes. What
 * nobody would see is written out.
 */
export function comparedClauses({ before, after, paired }: PairedTexts): ComparedClauseDto[] {
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
): LocalizedWords {
  const inLocale = (locale: Locale) =>
    wordDifferences(before?.[locale] ?? '', after?.[locale] ?? '', { locale, budget }).map(({ kind, text }) => ({
      kind,
      text: withUnseenWrittenOut(text),
    }));
  return Object.fromEntries(locales.map((locale) => [locale, inLocale(locale)])) as unknown as LocalizedWords;
}
