import type { HoldingSummary } from '@abide/platform';
import { effectiveAtoms, retentionFor, type RetentionPromise, type Rulebook } from '@abide/rulebook';

/** A clause that something held rests on, and the purposes for which. */
export interface HeldUnder {
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly purposes: readonly string[];
}

/** What is held of one category, whoever holds it. */
export interface Holding {
  readonly category: string;
  readonly count: number;
  readonly since: Date | null;
  /** When the last of those that have a date falls due. */
  readonly until: Date | null;
  /** Some of it has no date and stays until an event. */
  readonly isOpenEnded: boolean;
  readonly purposes: readonly string[];
  /** Empty where none covers it, as with proof of what was agreed or done. */
  readonly clauses: readonly HeldUnder[];
  /** The promises in force about how long it stays; several where services promise differently. */
  readonly retention: readonly RetentionPromise[];
}

type Ground = Omit<HeldUnder, 'purposes'> & { readonly purpose: string };

/** Puts together what the holders said, a holding for each category, by its code. What they left out, the clauses in force tell. */
export function holdingsOf(summaries: readonly HoldingSummary[], rulebook: Rulebook): Holding[] {
  return [...Map.groupBy(summaries, ({ category }) => category)]
    .map(([category, parts]) => together(category, parts, rulebook))
    .sort((one, other) => (one.category < other.category ? -1 : 1));
}

function together(category: string, parts: readonly HoldingSummary[], rulebook: Rulebook): Holding {
  const grounds = parts.flatMap((part) => part.grounds ?? groundsInForce(part, rulebook));
  const retention = new Set(parts.flatMap((part) => promisesFor(part, rulebook)));
  return {
    category,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    since: earliest(parts.map(({ since }) => since)),
    until: latest(parts.map(({ until }) => until ?? null)),
    isOpenEnded: parts.some((part) => isOpenEnded(part, rulebook)),
    purposes: [...new Set(grounds.map(({ purpose }) => purpose))].sort(),
    clauses: clausesOf(grounds),
    retention: [...retention],
  };
}

/** What collects the category: in the service, or where none is named for every service, and only if nothing does, in any. */
function groundsInForce({ category, service = null }: HoldingSummary, { atoms, policies, registered }: Rulebook): readonly Ground[] {
  if (service !== null && !registered.services.has(service)) return [];
  const collecting = atoms.filter((atom) => atom.action === 'collect' && atom.category === category);
  const effective = effectiveAtoms(collecting, service, policies);
  return effective.length === 0 && service === null ? collecting : effective;
}

function promisesFor({ category, service = null }: HoldingSummary, rulebook: Rulebook): readonly RetentionPromise[] {
  const promise = retentionFor(rulebook, category, service);
  if (promise) return [promise];
  return service === null ? rulebook.promises.filter((one) => one.category === category) : [];
}

function isOpenEnded(part: HoldingSummary, rulebook: Rulebook): boolean {
  if (part.isOpenEnded !== undefined || part.until) return part.isOpenEnded ?? false;
  return promisesFor(part, rulebook).some(({ until }) => until !== null);
}

function clausesOf(grounds: readonly Ground[]): HeldUnder[] {
  const byClause = Map.groupBy(grounds, ({ policy, revision, clauseId }) => `${policy} ${String(revision).padStart(7, '0')} ${clauseId}`);
  return [...byClause].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, [first, ...rest]]) => {
    if (!first) return [];
    const { policy, revision, clauseId } = first;
    return [{ policy, revision, clauseId, purposes: [...new Set([first, ...rest].map(({ purpose }) => purpose))].sort() }];
  });
}

function earliest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((first, date) => (date && (!first || date < first) ? date : first), null);
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((last, date) => (date && (!last || date > last) ? date : last), null);
}
