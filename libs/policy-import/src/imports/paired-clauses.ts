import type { ImportedClause } from '../document.js';
import type { Translation, Translations } from './policy-import.entity.js';

/**
 * The words of another document's clauses for those that they are the other language of: by position where both have as
 * many, else by their numbers. Clauses that have no counterpart are left out.
 */
export function pairedClauses(clauses: readonly ImportedClause[], others: readonly ImportedClause[]): Translations {
  const byId = new Map(others.map((other) => [other.id, other]));
  const pairs = clauses.flatMap(({ id }, index): [string, Translation][] => {
    const other = clauses.length === others.length ? others[index] : byId.get(id);
    return other ? [[id, { heading: other.heading, body: other.body, isOutdated: false }]] : [];
  });
  return Object.fromEntries(pairs);
}
