import type { CheckContext } from './check-context.js';
import type { TermAt } from './term-at.js';
import { expandCategories, type Lookup } from './lookup.js';
import { error, formatPath, type Path, type PolicyProblem } from './problems.js';
import { spanInDays } from './retention-promises.js';
import type { CollectionTerm, RetentionTerm } from './terms.js';

/** One promise per category and service, none shorter than the law's, and one for everything collected. */
export function checkRetention(terms: readonly TermAt[], context: CheckContext): PolicyProblem[] {
  const promises = terms.filter((at): at is TermAt<RetentionTerm> => at.term.type === 'retention');
  return [
    ...checkOnePromise(promises, context.lookup),
    ...promises.flatMap((at) => checkMinimum(at, meantOf(at, promises, context.lookup), context.lookup)),
    ...checkCollected(terms, context),
  ];
}

function checkOnePromise(promises: readonly TermAt<RetentionTerm>[], lookup: Lookup): PolicyProblem[] {
  const seen = new Map<string, { path: string; content: string }>();
  const problems: PolicyProblem[] = [];
  for (const at of promises) {
    const content = JSON.stringify([at.term.period, at.term.until, at.term.then, at.term.minimum]);
    // What is said of a category itself comes before what is said of everything.
    const reach = at.term.categories.includes('*') ? '*' : '';
    for (const category of expandCategories(at.term.categories, lookup.categories)) {
      for (const service of at.term.services ?? ['']) {
        const before = seen.get(`${category} ${service} ${reach}`);
        const facts = { value: category, expected: before?.path ?? '' };
        const code = before?.content === content ? 'policy.retentionDuplicated' : 'policy.retentionContradicts';
        if (before) problems.push(error(categoryPath(at, category), code, facts));
        else seen.set(`${category} ${service} ${reach}`, { path: formatPath(termPath(at)), content });
      }
    }
  }
  return problems;
}

/** The categories that a promise is about: of one of everything, those of which no other says something else in the same place. */
function meantOf(
  { term }: TermAt<RetentionTerm>,
  promises: readonly TermAt<RetentionTerm>[],
  lookup: Lookup,
): ReadonlySet<string> {
  const categories = expandCategories(term.categories, lookup.categories);
  if (!term.categories.includes('*')) return new Set(categories);
  const services = term.services ?? [''];
  const named = new Set(
    promises
      .filter((other) => !other.term.categories.includes('*'))
      .flatMap((other) =>
        other.term.categories.flatMap((code) => (other.term.services ?? ['']).map((one) => `${code} ${one}`)),
      ),
  );
  return new Set(categories.filter((code) => !services.every((service) => named.has(`${code} ${service}`))));
}

function checkMinimum(at: TermAt<RetentionTerm>, meant: ReadonlySet<string>, lookup: Lookup): PolicyProblem[] {
  const { term } = at;
  if (term.period === undefined) return [];
  const kept = spanInDays(term.period);
  const path = [...termPath(at), 'period'];
  if (term.minimum && kept < spanInDays(term.minimum.period)) {
    return [error(path, 'policy.retentionBelowMinimum', { expected: term.minimum.period })];
  }
  return lookup.profile.rules.legalMinima.value
    .filter(({ categories, period }) => kept < spanInDays(period) && categories.some((category) => meant.has(category)))
    .map(({ period }) => error(path, 'policy.retentionBelowMinimum', { expected: period }));
}

/** A service policy may lean on the general one, which is not at hand here: compiling both together decides. */
function checkCollected(terms: readonly TermAt[], context: CheckContext): PolicyProblem[] {
  if (context.draft.kind === 'service') return [];
  return collectedWithoutPromise(terms, context.lookup).map(({ path, category }) =>
    error(path, 'policy.retentionMissing', { value: category }),
  );
}

/** Every place where a category is collected, and not on the device only, that no promise in the same document covers. */
function collectedWithoutPromise(terms: readonly TermAt[], lookup: Lookup): { path: Path; category: string }[] {
  const promised = new Set<string>();
  for (const { term } of terms) {
    if (term.type !== 'retention') continue;
    for (const category of expandCategories(term.categories, lookup.categories)) {
      for (const service of term.services ?? ['']) promised.add(`${category} ${service}`);
    }
  }
  const isPromised = (category: string, { services }: CollectionTerm) =>
    promised.has(`${category} `) || services?.every((service) => promised.has(`${category} ${service}`)) === true;
  return terms.flatMap((at) => {
    const { term } = at;
    if (term.type !== 'collection' || term.storage === 'onDevice') return [];
    return expandCategories(term.categories, lookup.categories)
      .filter((category) => lookup.categories.has(category) && !isPromised(category, term))
      .map((category) => ({ category, path: categoryPath(at, category) }));
  });
}

function termPath(at: TermAt): Path {
  return ['clauses', at.clause, 'terms', at.position];
}

function categoryPath(at: TermAt, category: string): Path {
  const codes: readonly string[] = 'categories' in at.term ? (at.term.categories ?? []) : [];
  const index = codes.indexOf(category) >= 0 ? codes.indexOf(category) : codes.indexOf('*');
  return [...termPath(at), 'categories', Math.max(0, index)];
}
