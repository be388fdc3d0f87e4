import { consentPermissions, type Term, type TestedPermission } from '@abide/rulebook';
import type { PolicyImport } from './imports.queries.js';
import { missingFields } from './term-words.js';

/** What rests on a consent in the terms that were accepted and are whole. */
export function suggestedTests({ clauses, proposals }: PolicyImport): TestedPermission[] {
  const accepted = proposals.flatMap(({ clauseId, acceptedTerm }) => {
    const term = acceptedTerm as Term | null;
    return term && missingFields(term).length === 0 ? [{ clauseId, term }] : [];
  });
  const found = consentPermissions(
    clauses.map(({ id }) => ({ id, terms: accepted.filter((one) => one.clauseId === id).map(({ term }) => term) })),
  );
  return [...new Map(found.map((permission) => [testKey(permission), permission])).values()];
}

export function testKey({ clause, category, purpose }: TestedPermission): string {
  return [clause, category, purpose].join(' ');
}
