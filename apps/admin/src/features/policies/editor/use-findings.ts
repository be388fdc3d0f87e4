import { compare, validatePolicyValue, type PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import type { ClauseState, Materiality, PolicyProblem, TermDifference } from '../../../api/types.js';
import { neighboursQuery, registriesQuery, useDocumentInForce } from '../registry.queries.js';

export interface Findings {
  readonly problems: readonly PolicyProblem[];
  /** Null while what is in force is still loading, or while the text is too broken to be compared. */
  readonly comparison: Compared | null;
  readonly stateOf: ReadonlyMap<string, ClauseState>;
}

export interface Compared {
  readonly materiality: Materiality;
  readonly differences: readonly TermDifference[];
  readonly isFirst: boolean;
}

/** What the rulebook says about the text in hand: its problems, and what it changes against the text in force. */
export function useFindings(document: PolicyDocument): Findings {
  const typed = useDeferredValue(document);
  const registries = useQuery(registriesQuery).data;
  const neighbours = useQuery(neighboursQuery(document.policy)).data;
  const inForce = useDocumentInForce(document.policy);

  const checked = useMemo(() => (registries ? validatePolicyValue(typed, registries) : null), [typed, registries]);
  const comparison = useMemo(() => {
    if (!registries || !neighbours || inForce === undefined || !checked?.document) return null;
    const before = inForce && { document: inForce, others: neighbours };
    return compare(before, { document: checked.document, others: neighbours }, registries);
  }, [checked, inForce, neighbours, registries]);

  return {
    problems: (checked?.problems ?? []) as readonly PolicyProblem[],
    comparison: comparison && { materiality: comparison.materiality, differences: comparison.differences, isFirst: inForce === null },
    stateOf: new Map(comparison?.clauses.map(({ id, state }) => [id, state])),
  };
}
