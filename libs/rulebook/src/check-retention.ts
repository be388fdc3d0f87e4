import type { Localized } from '@abide/kernel';
import type { CheckContext } from './check-context.js';
import type { TermAt } from './term-at.js';
import { expandCategories, isOpenEnded, nameOf, type Lookup } from './lookup.js';
import { error, formatPath, warning, type Path, type PolicyProblem } from './problems.js';
import { longestKeptInDays, promisedPurposes, spanInDays } from './retention-promises.js';
import type { CollectionTerm, RetentionTerm } from './terms.js';
import { durationWords } from './words.js';

/** One promise per category, service and purpose, none shorter than the law's, and one for everything collected. */
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
    const said = {
      path: formatPath(termPath(at)),
      content: JSON.stringify([at.term.period, at.term.until, at.term.then, at.term.minimum]),
    };
    // What is said of a category itself comes before what is said of everything.
    const reach = at.term.categories.includes('*') ? '*' : '';
    for (const category of expandCategories(at.term.categories, lookup.categories)) {
      const before = placesOf(at.term).flatMap((place) => {
        const key = `${category} ${place} ${reach}`;
        const known = seen.get(key);
        if (!known) seen.set(key, said);
        return known ?? [];
      });
      for (const one of new Set(before)) {
        const code = one.content === said.content ? 'policy.retentionDuplicated' : 'policy.retentionContradicts';
        problems.push(
          error(categoryPath(at, category), code, { value: nameOf(category, lookup.categories), expected: one.path }),
        );
      }
    }
  }
  return problems;
}

/** The services and purposes that a promise is made for, each pair once; empty stands for all of them. */
function placesOf(term: RetentionTerm): readonly string[] {
  const purposes = promisedPurposes(term) ?? [''];
  return [...new Set(term.services ?? [''])].flatMap((service) => purposes.map((purpose) => `${service} ${purpose}`));
}

/** The categories that a promise is about: of one of everything, those of which no other says something else in the same place. */
function meantOf(
  { term }: TermAt<RetentionTerm>,
  promises: readonly TermAt<RetentionTerm>[],
  lookup: Lookup,
): ReadonlySet<string> {
  const categories = expandCategories(term.categories, lookup.categories);
  if (!term.categories.includes('*')) return new Set(categories);
  const named = new Set(
    promises
      .filter((other) => !other.term.categories.includes('*'))
      .flatMap((other) =>
        other.term.categories.flatMap((code) => placesOf(other.term).map((place) => `${code} ${place}`)),
      ),
  );
  return new Set(categories.filter((code) => !placesOf(term).every((place) => named.has(`${code} ${place}`))));
}

function checkMinimum(at: TermAt<RetentionTerm>, meant: ReadonlySet<string>, lookup: Lookup): PolicyProblem[] {
  const { term } = at;
  const kept = longestKeptInDays({ period: term.period ?? null, until: term.until ?? null, minimum: null });
  const path = [...termPath(at), term.until === undefined ? 'period' : 'until'];
  if (term.minimum && kept < spanInDays(term.minimum.period)) {
    return [error(path, 'policy.retentionBelowMinimum', { expected: inWords(term.minimum.period) })];
  }
  return lookup.profile.rules.legalMinima.value
    .filter(({ categories, period }) => kept < spanInDays(period) && categories.some((category) => meant.has(category)))
    .map(({ period }) => error(path, 'policy.retentionBelowMinimum', { expected: inWords(period) }));
}

/** What is collected, and not on the device only. A service policy may lean on the general one, which is not at hand here: compiling both together decides. */
function checkCollected(terms: readonly TermAt[], context: CheckContext): PolicyProblem[] {
  if (context.draft.kind === 'service') return [];
  const collections = terms.filter(
    (at): at is TermAt<CollectionTerm> => at.term.type === 'collection' && at.term.storage !== 'onDevice',
  );
  const promises = terms.filter((at): at is TermAt<RetentionTerm> => at.term.type === 'retention');
  return [
    ...collections.flatMap((at) => withoutPromise(at, promises, context.lookup)),
    ...promises.flatMap((at) => unusedPurposes(at, collections, context.lookup)),
  ];
}

/** Every category that the term collects, and every purpose that it collects one for, of which no promise in the same document speaks. */
function withoutPromise(
  at: TermAt<CollectionTerm>,
  promises: readonly TermAt<RetentionTerm>[],
  lookup: Lookup,
): PolicyProblem[] {
  const { term } = at;
  return expandCategories(term.categories, lookup.categories).flatMap((category) => {
    if (!lookup.categories.has(category)) return [];
    const speaking = promises.map((one) => one.term).filter((one) => isAbout(one, category));
    const isKept = (some: readonly RetentionTerm[]) =>
      some.some(({ services }) => services === undefined) ||
      term.services?.every((service) => some.some(({ services }) => services?.includes(service))) === true;
    if (!isKept(speaking))
      return [
        error(categoryPath(at, category), 'policy.retentionMissing', { value: nameOf(category, lookup.categories) }),
      ];
    return term.purposes.flatMap((purpose, index) =>
      isOpenEnded(purpose) || isKept(speaking.filter((one) => promisedPurposes(one)?.includes(purpose) ?? true))
        ? []
        : [
            error([...termPath(at), 'purposes', index], 'policy.retentionPurposeMissing', {
              value: nameOf(category, lookup.categories),
              expected: nameOf(purpose, lookup.purposes),
            }),
          ],
    );
  });
}

function unusedPurposes(
  at: TermAt<RetentionTerm>,
  collections: readonly TermAt<CollectionTerm>[],
  lookup: Lookup,
): PolicyProblem[] {
  const purposes = promisedPurposes(at.term) ?? [];
  const categories = expandCategories(at.term.categories, lookup.categories);
  return purposes
    .filter((purpose) => lookup.purposes.has(purpose))
    .filter(
      (purpose) =>
        !collections.some(
          ({ term }) => term.purposes.includes(purpose) && categories.some((one) => isAbout(term, one)),
        ),
    )
    .map((purpose) =>
      warning([...termPath(at), 'purposes', at.term.purposes?.indexOf(purpose) ?? 0], 'policy.retentionPurposeUnused', {
        value: nameOf(purpose, lookup.purposes),
      }),
    );
}

function inWords(period: string): Localized {
  return { 'zh-CN': durationWords(period, 'zh-CN'), en: durationWords(period, 'en') };
}

function isAbout({ categories }: { readonly categories: readonly string[] }, category: string): boolean {
  return categories.includes(category) || categories.includes('*');
}

function termPath(at: TermAt): Path {
  return ['clauses', at.clause, 'terms', at.position];
}

function categoryPath(at: TermAt, category: string): Path {
  const codes: readonly string[] = 'categories' in at.term ? (at.term.categories ?? []) : [];
  const index = codes.indexOf(category) >= 0 ? codes.indexOf(category) : codes.indexOf('*');
  return [...termPath(at), 'categories', Math.max(0, index)];
}
