import { canonicalJson, type Term } from '@abide/rulebook';
import type { ImportedClause, PartialTerm, Proposal } from '../document.js';

/** What a person made of a proposal. `term`: as it is accepted, which may differ from what was proposed. */
export type Decision =
  { readonly decision: 'accepted'; readonly term: PartialTerm } | { readonly decision: 'declined' };

/** By the proposal's id; one that is missing is undecided. */
export type Decisions = Readonly<Record<string, Decision>>;

/** Clauses with what is proposed in them and decided on it. */
export interface Interpretation {
  readonly clauses: readonly ImportedClause[];
  readonly proposals: readonly Proposal[];
  readonly decisions: Decisions;
}

/**
 * What stays decided after the clauses were changed: a decision holds for its sentence and its term, wherever they now
 * stand. Where two proposals are alike in both, the one in the same clause comes first, then their order.
 */
export function carriedDecisions(before: Interpretation, after: Omit<Interpretation, 'decisions'>): Decisions {
  const decided = before.proposals.filter(({ id }) => id in before.decisions);
  const waiting = Map.groupBy(decided, saidIn(before.clauses));
  const said = saidIn(after.clauses);
  const carried: Record<string, Decision> = {};
  for (const isSame of [sameClause, () => true])
    for (const proposal of after.proposals) {
      if (proposal.id in carried) continue;
      const alike = waiting.get(said(proposal)) ?? [];
      const at = alike.findIndex((one) => isSame(one, proposal));
      const [found] = at < 0 ? [] : alike.splice(at, 1);
      const decision = found && before.decisions[found.id];
      if (decision) carried[proposal.id] = decision;
    }
  return carried;
}

/** The proposals with ids that differ: those of clauses that were left alone were numbered when other clauses stood beside them. */
export function withDistinctIds(proposals: readonly Proposal[]): Proposal[] {
  const taken = new Set<string>();
  return proposals.map((proposal) => {
    let { id } = proposal;
    for (let copy = 2; taken.has(id); copy += 1) id = `${proposal.id}~${copy}`;
    taken.add(id);
    return { ...proposal, id };
  });
}

/** The terms that were accepted in a clause, in the order of its sentences. */
export function acceptedTerms({ proposals, decisions }: Interpretation, clauseId: string): AcceptedTerm[] {
  return proposals
    .filter((proposal) => proposal.clauseId === clauseId)
    .toSorted((a, b) => a.paragraph - b.paragraph || a.start - b.start)
    .flatMap((proposal) => {
      const decision = decisions[proposal.id];
      return decision?.decision === 'accepted' ? [{ proposal, term: decision.term as Term }] : [];
    });
}

export interface AcceptedTerm {
  readonly proposal: Proposal;
  /** As accepted; the rulebook says what it still lacks. */
  readonly term: Term;
}

function sameClause(one: Proposal, other: Proposal): boolean {
  return one.clauseId === other.clauseId;
}

/** Sentence and term of a proposal as one text. */
function saidIn(clauses: readonly ImportedClause[]): (proposal: Proposal) => string {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  return ({ clauseId, paragraph, start, end, term }) => {
    const text = byId.get(clauseId)?.paragraphs[paragraph]?.text ?? '';
    return `${text.slice(start, end)}\n${canonicalJson(term)}`;
  };
}
