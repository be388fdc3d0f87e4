import { locales } from '@abide/kernel';
import type { CheckContext } from './check-context.js';
import type { TermAt } from './term-at.js';
import { boundedPurposes, expandCategories, type Lookup } from './lookup.js';
import { error, type PolicyProblem } from './problems.js';
import { isPermitting } from './atoms.js';
import type { Term } from './terms.js';

/** Characters of one clause in one language: more than a page of law, and what can be compared word by word at once. */
export const mostCharacters = 20_000;
/** What a draft may expand to; what is compiled from it is asked at every decision and compared at every revision. */
const mostStatements = 60_000;

/** Whether the policy is of a size that can be compiled, compared and shown to anybody who asks. */
export function checkSize(terms: readonly TermAt[], context: CheckContext): PolicyProblem[] {
  const long = context.draft.clauses.flatMap(({ body }, index) =>
    locales.flatMap((locale) => {
      const text = body?.[locale];
      if (typeof text !== 'string' || text.length <= mostCharacters) return [];
      return [
        error(['clauses', index, 'body', locale], 'policy.clauseTooLong', {
          value: String(text.length),
          expected: String(mostCharacters),
        }),
      ];
    }),
  );
  const statements = terms.reduce((sum, { term }) => sum + statementsOf(term, context.lookup), 0);
  if (statements <= mostStatements) return long;
  return [
    ...long,
    error(['clauses'], 'policy.tooManyStatements', { value: String(statements), expected: String(mostStatements) }),
  ];
}

/** How many atoms a term expands to, without expanding it. */
function statementsOf(term: Term, lookup: Lookup): number {
  if (!isPermitting(term)) return 0;
  const each = expandCategories(term.categories, lookup.categories).length * boundedPurposes(term.purposes).length;
  if (term.type === 'crossServiceUse') return each * new Set(term.from).size * new Set(term.to).size;
  const inServices = each * new Set(term.services ?? ['']).size;
  if (term.type === 'sharing') return inServices * new Set(term.recipients).size;
  return term.type === 'collection' ? 2 * inServices : inServices;
}
