import { useMemo, useState } from 'react';
import type { ImportedClause, Proposal } from './imports.queries.js';

/** Where somebody stands: at a proposal, or at a clause in which none is shown. */
interface Place {
  readonly clauseId: string | null;
  readonly proposalId: string | null;
}

interface Walked {
  readonly clauses: readonly ImportedClause[];
  readonly proposals: readonly Proposal[];
  /** Whether a proposal is to be walked over. */
  readonly isShown: (proposal: Proposal) => boolean;
  readonly begin: Place;
}

/** Goes from proposal to proposal in the order of the clauses; the one that is shown stays while it no longer fits the filter. */
export function useWalk({ clauses, proposals, isShown, begin }: Walked) {
  const [place, setPlace] = useState<Place | null>(begin.clauseId || begin.proposalId ? begin : null);
  const order = useMemo(() => new Map(clauses.map(({ id }, index) => [id, index])), [clauses]);
  const shown = proposals.filter((one) => one.id === place?.proposalId || isShown(one));
  const current =
    proposals.find(({ id }) => id === place?.proposalId) ??
    (place?.clauseId ? shown.find(({ clauseId }) => clauseId === place.clauseId) : shown[0]) ??
    null;
  const clauseId = current?.clauseId ?? place?.clauseId ?? clauses[0]?.id ?? null;
  const go = (to: Proposal | undefined) => to && setPlace({ clauseId: to.clauseId, proposalId: to.id });
  const at = current
    ? shown.indexOf(current)
    : shown.findLastIndex((one) => (order.get(one.clauseId) ?? 0) < (order.get(clauseId ?? '') ?? 0)) + 0.5;
  return {
    current,
    clause: clauses.find(({ id }) => id === clauseId) ?? null,
    position: current ? shown.indexOf(current) + 1 : 0,
    count: shown.length,
    goTo: (proposal: Proposal) => go(proposal),
    goToClause: (id: string) => setPlace({ clauseId: id, proposalId: null }),
    toStart: () => setPlace(null),
    next: () => go(shown[Math.floor(at) + 1]),
    previous: () => go(shown[Math.ceil(at) - 1]),
    /** Where to go once the one that is shown is decided: the next, else the first that is left. */
    onward: () => go(shown[Math.floor(at) + 1] ?? shown.find((one) => one !== current && one.decision === 'undecided')),
  };
}
