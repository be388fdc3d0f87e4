import type { Locale } from '@abide/kernel';
import { diffArrays } from 'diff';

/** A stretch of text that both have, that only the later has, or that only the earlier has. */
export interface WordRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond so many word changes the texts have nothing to do with each other, and finding out exactly costs too much. */
const mostChanges = 3000;

const segmenters: Readonly<Record<Locale, Intl.Segmenter>> = {
  'zh-CN': new Intl.Segmenter('zh-CN', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

/**
 * The differences of two texts word by word; Chinese is cut into words by the dictionary of `Intl.Segmenter` (UAX #29).
 * The runs that are not `removed`, joined, give `after`; those that are not `added` give `before`.
 */
export function wordDifferences(before: string, after: string, locale: Locale): WordRun[] {
  if (before === after) return runs([['same', after]]);
  const parts = diffArrays(wordsOf(before, locale), wordsOf(after, locale), { maxEditLength: mostChanges });
  if (!parts) return runs([['removed', before], ['added', after]]);
  return runs(parts.map(({ added, removed, value }) => [added ? 'added' : removed ? 'removed' : 'same', value.join('')] as const));
}

function wordsOf(text: string, locale: Locale): string[] {
  return Array.from(segmenters[locale].segment(text), ({ segment }) => segment);
}

function runs(parts: readonly (readonly [WordRun['kind'], string])[]): WordRun[] {
  return parts.filter(([, text]) => text !== '').map(([kind, text]) => ({ kind, text }));
}
