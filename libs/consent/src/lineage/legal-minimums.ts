import { retentionFor, type Rulebook } from '@abide/rulebook';
import type { Kind } from './left-over.js';

/** How long the law has rows of one kind kept, whoever is erased: an ISO 8601 period from when they occurred, and who says so. */
export interface KindMinimum extends Kind {
  readonly period: string;
  readonly article: string;
}

/** What the retention promise in force names as a minimum, and what the profile has. The longest decides. */
export function legalMinimumsOf(rulebook: Rulebook, kinds: readonly Kind[]): KindMinimum[] {
  const { value: minima, article } = rulebook.profile.rules.legalMinima;
  return kinds.flatMap(({ category, service }) => {
    const promised = retentionFor(rulebook, category, service)?.minimum;
    return [
      ...(promised ? [{ category, service, period: promised.period, article: promised.ground }] : []),
      ...minima
        .filter(({ categories }) => categories.includes(category))
        .map(({ period }) => ({ category, service, period, article })),
    ];
  });
}
