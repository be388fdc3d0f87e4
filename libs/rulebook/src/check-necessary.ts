import type { Locale } from '@abide/kernel';
import type { CheckContext } from './check-context.js';
import { expandCategories, nameOf } from './lookup.js';
import { error, type PolicyProblem } from './problems.js';
import type { TermAt } from './term-at.js';
import type { CollectionTerm } from './terms.js';
import { listWords } from './words.js';

/** An app of a kind that the law lists may require what the list names and nothing else. */
export function checkNecessary(terms: readonly TermAt[], { draft, lookup }: CheckContext): PolicyProblem[] {
  const necessary = draft.appKind && lookup.profile.rules.necessaryData.value[draft.appKind];
  if (!necessary) return [];
  const names = necessary.map((code) => nameOf(code, lookup.categories));
  const listed = (locale: Locale) =>
    names.length === 0
      ? '–'
      : listWords(
          names.map((name) => name[locale]),
          locale,
        );
  const expected = { 'zh-CN': listed('zh-CN'), en: listed('en') };
  return terms.flatMap(({ term, clause, position }) => {
    if (term.type !== 'collection' || !isRequired(term)) return [];
    return term.categories.flatMap((code, index) => {
      const beyond = expandCategories([code], lookup.categories).some((category) => !necessary.includes(category));
      const path = ['clauses', clause, 'terms', position, 'categories', index];
      return beyond
        ? [error(path, 'policy.beyondNecessary', { value: nameOf(code, lookup.categories), expected })]
        : [];
    });
  });
}

function isRequired({ required, ifWithheld }: CollectionTerm): boolean {
  return required === true || ifWithheld === 'noService' || ifWithheld === 'noRegistration';
}
