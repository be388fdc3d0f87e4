import { compare, validatePolicyValue, type PolicyDocument, type RulebookRegistry } from '@abide/rulebook';
import type { ClauseState, Materiality, PolicyProblem, TermDifference } from '../policies.types.js';

/** What a text is judged by: the registries, the other policies in force, and its own text in force (null before its first). */
export interface Surroundings {
  readonly registry: RulebookRegistry;
  readonly neighbours: readonly PolicyDocument[];
  readonly inForce: PolicyDocument | null;
}

/** What the rulebook says about a text: its problems, and what it changes against the text in force. */
export interface Findings {
  readonly problems: readonly PolicyProblem[];
  /** Null where the shape of the text is too broken to be compared. */
  readonly comparison: Compared | null;
  readonly states: readonly (readonly [clauseId: string, state: ClauseState])[];
}

export interface Compared {
  readonly materiality: Materiality;
  readonly differences: readonly TermDifference[];
  readonly isFirst: boolean;
}

export function findingsOf(text: PolicyDocument, { registry, neighbours, inForce }: Surroundings): Findings {
  const { document, problems } = validatePolicyValue(text, registry);
  if (!document) return { problems, comparison: null, states: [] };
  const before = inForce && { document: inForce, others: neighbours };
  const { materiality, differences, clauses } = compare(before, { document, others: neighbours }, registry);
  return {
    problems,
    comparison: { materiality, differences, isFirst: inForce === null },
    states: clauses.map(({ id, state }) => [id, state]),
  };
}
