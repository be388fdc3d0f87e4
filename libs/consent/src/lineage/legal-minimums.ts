import { retentionsFor, type Rulebook } from '@abide/rulebook';
import type { Kind } from './lineage-tables.js';

/** How long rows of one kind have to be kept, whoever is erased and whatever is withdrawn: an ISO 8601 period from when they occurred, and who says so. */
export interface KindMinimum extends Kind {
  /** What they were collected for; null: whatever it was. */
  readonly purpose: string | null;
  readonly period: string;
  readonly article: string;
}

/** What the retention promises in force name as a minimum, and what the profile has. The longest decides. */
export function legalMinimumsOf(rulebook: Rulebook, kinds: readonly Kind[]): KindMinimum[] {
  const { value: minima, article } = rulebook.profile.rules.legalMinima;
  return [
    ...promisedMinimumsOf(rulebook, kinds),
    ...kinds.flatMap(({ category, service }) =>
      minima
        .filter(({ categories }) => categories.includes(category))
        .map(({ period }) => ({ category, service, purpose: null, period, article })),
    ),
  ];
}

/** What the retention promises in force name as a minimum, purpose by purpose where they tell them apart. */
export function promisedMinimumsOf(rulebook: Rulebook, kinds: readonly Kind[]): KindMinimum[] {
  const distinct = new Map(kinds.map(({ category, service }) => [`${category} ${service}`, { category, service }]));
  return [...distinct.values()].flatMap((kind) => {
    const tellsApart = retentionsFor(rulebook, kind).some(({ purposes }) => purposes !== null);
    const purposes = tellsApart ? [...rulebook.registered.purposes] : [null];
    return purposes.flatMap((purpose) =>
      retentionsFor(rulebook, { ...kind, purposes: [purpose] }).flatMap(({ minimum }) =>
        minimum ? [{ ...kind, purpose, period: minimum.period, article: minimum.ground }] : [],
      ),
    );
  });
}

/**
 * SQL: when the last minimum is over that `row`, an alias of a table with lineage, is under for one of its purposes (of any, where it has none any more); null where
 * there is none. By the five parameters of `minimumValues`, of which `first` is the number of the first. PostgreSQL reads ISO 8601 as an interval; the
 * months are those of the law's zone, which is that far ahead of the database's, UTC.
 */
export function minimumEndOf(row: string, first: number): string {
  const [categories, services, purposes, periods, zone] = [0, 1, 2, 3, 4].map((index) => `$${first + index}`);
  return `(SELECT max(${row}.occurred_at + ${zone}::interval + minimum.period::interval - ${zone}::interval)
    FROM unnest(${categories}::text[], ${services}::text[], ${purposes}::text[], ${periods}::text[]) AS minimum (category, service, purpose, period)
    WHERE minimum.category = ${row}.category AND minimum.service = ${row}.service
      AND (minimum.purpose IS NULL OR ${row}.lineage = '[]' OR ${row}.lineage @> jsonb_build_array(jsonb_build_object('purpose', minimum.purpose))))`;
}

export function minimumValues(minimums: readonly KindMinimum[], { profile }: Pick<Rulebook, 'profile'>): unknown[] {
  return [
    minimums.map(({ category }) => category),
    minimums.map(({ service }) => service),
    minimums.map(({ purpose }) => purpose),
    minimums.map(({ period }) => period),
    `${profile.utcOffsetHours} hours`,
  ];
}
