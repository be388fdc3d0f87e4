import type { PolicyDocument } from './document.js';
import { longestSpanInDays, parseDuration } from './duration.js';
import { expandCategories, type Lookup } from './lookup.js';
import type { RetentionTerm } from './terms.js';
import type { RetentionEvent, RetentionOutcome } from './vocabulary.js';

/** How long one category is kept: either a `period` from when it occurred, or `until` an event. */
export interface RetentionPromise {
  readonly category: string;
  /** Said of everything (`'*'`): what is said of the category itself comes before it. */
  readonly isOfEverything: boolean;
  /** The purposes that it is kept so long for; null: whichever it was collected for. What is said of a purpose comes before it. */
  readonly purposes: readonly string[] | null;
  /** Null where the promise holds for every service. */
  readonly service: string | null;
  readonly period: string | null;
  readonly until: RetentionEvent | null;
  readonly then: RetentionOutcome;
  readonly minimum: { readonly period: string; readonly ground: string } | null;
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly path: string;
}

export function* retentionPromisesOf(
  document: PolicyDocument,
  revision: number,
  lookup: Lookup,
): Generator<RetentionPromise> {
  const ownService = document.kind === 'service' ? (document.service ?? null) : null;
  for (const [index, clause] of document.clauses.entries()) {
    for (const [position, term] of clause.terms.entries()) {
      if (term.type !== 'retention') continue;
      const base = { ...promiseOf(term), isOfEverything: term.categories.includes('*') };
      const from = {
        policy: document.policy,
        revision,
        clauseId: clause.id,
        path: `clauses[${index}].terms[${position}]`,
      };
      for (const category of expandCategories(term.categories, lookup.categories)) {
        for (const service of term.services ?? [ownService]) yield { ...base, ...from, category, service };
      }
    }
  }
}

function promiseOf(term: RetentionTerm) {
  return {
    purposes: promisedPurposes(term),
    period: term.period ?? null,
    until: term.until ?? null,
    then: term.then,
    minimum: term.minimum ?? null,
  };
}

/** The purposes that a term names; null where it names none, or every one. */
export function promisedPurposes({ purposes }: Pick<RetentionTerm, 'purposes'>): readonly string[] | null {
  return purposes === undefined || purposes.includes('*') ? null : [...new Set(purposes)];
}

/** The longest that anything stays until the session ends in which it happened, whatever becomes of the session. */
export const longestSessionDays = 30;

/** The longest a promise can last, in days; infinite until an event other than a session's end. A legal minimum can only lengthen it. */
export function longestKeptInDays(promise: Pick<RetentionPromise, 'period' | 'until' | 'minimum'>): number {
  if (promise.until !== null && promise.until !== 'sessionEnd') return Infinity;
  const promised = promise.until === null ? spanInDays(promise.period) : longestSessionDays;
  return Math.max(promised, spanInDays(promise.minimum?.period ?? null));
}

/** The period that can last longest of what is promised and the minimum; null until an event. */
export function longestPeriod({ period, minimum }: Pick<RetentionPromise, 'period' | 'minimum'>): string | null {
  if (period === null || minimum === null) return period;
  return spanInDays(minimum.period) > spanInDays(period) ? minimum.period : period;
}

export function spanInDays(period: string | null): number {
  if (period === null) return 0;
  const known = spans.get(period);
  if (known !== undefined) return known;
  const duration = parseDuration(period);
  const span = duration ? longestSpanInDays(duration) : 0;
  if (spans.size < 1000) spans.set(period, span);
  return span;
}

const spans = new Map<string, number>();

/**
 * The promise that holds for a category, a purpose (null: one that no promise names) and a service: the service's own where there is one, else
 * the general one. A text that promises something of everything, or of every purpose, and something else of the category, or of the purpose, means
 * the latter. Where several promise alike, the shortest holds, since every promise has to be kept.
 */
export function effectivePromise(
  promises: readonly RetentionPromise[],
  given: { category: string; service: string | null; purpose: string | null; ownPolicies: ReadonlySet<string> },
): RetentionPromise | null {
  const speaking = promises.filter(
    (one) =>
      one.category === given.category &&
      (one.service === null || one.service === given.service) &&
      (one.purposes === null || (given.purpose !== null && one.purposes.includes(given.purpose))),
  );
  const matching = speaking.filter((one) => !speaking.some((other) => isMeantInstead(other, one)));
  const rank = (promise: RetentionPromise) =>
    given.ownPolicies.has(promise.policy) ? 2 : promise.service !== null ? 1 : 0;
  const isNearer = (one: RetentionPromise, best: RetentionPromise) =>
    rank(one) > rank(best) || (rank(one) === rank(best) && longestKeptInDays(one) < longestKeptInDays(best));
  return matching.reduce<RetentionPromise | null>((best, one) => (best && !isNearer(one, best) ? best : one), null);
}

/** Both speak of the category and the purpose in question, in the same place: one says it more closely. */
function isMeantInstead(other: RetentionPromise, one: RetentionPromise): boolean {
  if (other.policy !== one.policy || other.service !== one.service) return false;
  const closeness = ({ isOfEverything, purposes }: RetentionPromise) => (isOfEverything ? 0 : 1) + (purposes ? 1 : 0);
  return closeness(other) > closeness(one);
}
