import type { DueRecords, HoldingSummary } from '@abide/platform';
import { effectiveAtoms, retentionsFor, type RetentionPromise, type Rulebook } from '@abide/rulebook';
import { RetentionTerm } from '../gate/retention-term.js';

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
  /** What is over its time and still stored; null where nothing is. */
  readonly due: DueRecords | null;
  /** Some of it has no date and stays until an event. */
  readonly isOpenEnded: boolean;
  readonly purposes: readonly string[];
  /** Empty where none covers it, as with proof of what was agreed or done. */
  readonly clauses: readonly HeldUnder[];
  /** The promises in force about how long it stays; several where services, or what it is for, make a difference. */
  readonly retention: readonly RetentionPromise[];
}

type Ground = Omit<HeldUnder, 'purposes'> & { readonly purpose: string };

/** Puts together what the holders said, a holding for each category, by its code. Dates that they left out, the promises in force tell. */
export function holdingsOf(said: readonly HoldingSummary[], rulebook: Rulebook, now: Date): Holding[] {
  const summaries = said.map((part) => dated(part, rulebook, now));
  return [...Map.groupBy(summaries, ({ category }) => category)]
    .map(([category, parts]) => together(category, parts, rulebook))
    .sort((one, other) => (one.category < other.category ? -1 : 1));
}

/** When a record falls due that carries no date, by the promises in force; null with an event, or where none is made. */
export function dueOfRecord(
  record: Pick<HoldingSummary, 'category' | 'grounds'>,
  at: Date,
  rulebook: Rulebook,
): Date | null {
  return dated({ ...record, count: 1, since: at, occurredAt: [at] }, rulebook, at).until ?? null;
}

function together(category: string, parts: readonly HoldingSummary[], rulebook: Rulebook): Holding {
  const grounds = parts.flatMap((part) => part.grounds ?? []);
  const retention = new Set(parts.flatMap((part) => promisesFor(part, rulebook)));
  return {
    category,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    since: earliest(parts.map(({ since }) => since)),
    until: latest(parts.map(({ until }) => until ?? null)),
    due: dueOf(parts),
    isOpenEnded: parts.some((part) => isOpenEnded(part, rulebook)),
    purposes: [...new Set(grounds.map(({ purpose }) => purpose))].sort(),
    clauses: clausesOf(grounds),
    retention: [...retention],
  };
}

/** The services in which something may collect the category (null: every service): the one named, or without one every service, and only if nothing does, any. */
export function servicesToAsk(
  { category, service = null }: Pick<HoldingSummary, 'category' | 'service'>,
  { atoms, policies, registered }: Rulebook,
): readonly (string | null)[] {
  if (service !== null) return registered.services.has(service) ? [service] : [];
  const collecting = atoms.filter(
    (atom) => atom.action === 'collect' && !atom.isOnDevice && atom.category === category,
  );
  return effectiveAtoms(collecting, null, policies).length > 0
    ? [null]
    : [...new Set(collecting.map((atom) => atom.service))].sort();
}

/** With the due days that follow from when the records occurred: where several promises may be meant, the last of them. */
function dated(part: HoldingSummary, rulebook: Rulebook, now: Date): HoldingSummary {
  if (!part.occurredAt) return part;
  const terms = promisesFor(part, rulebook).map(
    (promise) => new RetentionTerm([promise], rulebook.profile.utcOffsetHours),
  );
  const days = part.occurredAt
    .flatMap((at) => lastOf(terms.map((term) => term.latestDueAt(at.getTime()))) ?? [])
    .map((day) => new Date(day));
  if (days.length === 0) return part;
  const over = days.filter((day) => day <= now);
  const since = earliest(over);
  return { ...part, until: latest(days), due: since && { count: over.length, since } };
}

/** None where one of them is open-ended, or there is none. */
function lastOf(instants: readonly (number | null)[]): number | null {
  return instants.reduce(
    (last, instant) => (last === null || instant === null ? null : Math.max(last, instant)),
    instants[0] ?? null,
  );
}

function dueOf(parts: readonly HoldingSummary[]): DueRecords | null {
  const due = parts.flatMap((part) => part.due ?? []);
  const since = earliest(due.map((one) => one.since));
  return since && { count: due.reduce((sum, { count }) => sum + count, 0), since };
}

/** For what it is kept; where nothing says so, for anything. */
function promisesFor(
  { category, service = null, grounds = [] }: HoldingSummary,
  rulebook: Rulebook,
): readonly RetentionPromise[] {
  const purposes = grounds.map(({ purpose }) => purpose);
  const promised = retentionsFor(rulebook, { category, service, purposes });
  const any = promised.length > 0 ? promised : retentionsFor(rulebook, { category, service });
  if (any.length > 0) return any;
  return service === null ? rulebook.promises.filter((one) => one.category === category) : [];
}

function isOpenEnded(part: HoldingSummary, rulebook: Rulebook): boolean {
  if (part.isOpenEnded !== undefined || part.until) return part.isOpenEnded ?? false;
  return promisesFor(part, rulebook).some(({ until }) => until !== null);
}

function clausesOf(grounds: readonly Ground[]): HeldUnder[] {
  const byClause = Map.groupBy(
    grounds,
    ({ policy, revision, clauseId }) => `${policy} ${String(revision).padStart(7, '0')} ${clauseId}`,
  );
  return [...byClause]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => {
      if (!first) return [];
      const { policy, revision, clauseId } = first;
      return [
        { policy, revision, clauseId, purposes: [...new Set([first, ...rest].map(({ purpose }) => purpose))].sort() },
      ];
    });
}

function earliest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((first, date) => (date && (!first || date < first) ? date : first), null);
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((last, date) => (date && (!last || date > last) ? date : last), null);
}
