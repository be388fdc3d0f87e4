import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { ProblemError, UnreachableError } from '../../../api/problem.js';
import { SealedStore } from '../../../session/sealed-store.js';
import { useOperator } from '../../../session/session.queries.js';
import { DecisionQueue } from './decision-queue.js';
import { decide, importQuery, type Choice, type PolicyImport, type Proposal } from './imports.queries.js';

const againAfterMilliseconds = 5_000;

/** Decisions as they are made, shown at once and saved behind; kept in this tab, sealed, until the server has them. */
export interface Decisions {
  readonly proposals: readonly Proposal[];
  readonly decide: (choice: Choice) => void;
  readonly waiting: number;
  readonly error: unknown;
  /** Sends what waits; true where everything is saved. */
  readonly save: () => Promise<boolean>;
}

export function useDecisions(imported: PolicyImport): Decisions {
  const { id } = imported;
  const client = useQueryClient();
  const operator = useOperator();
  const [kept] = useState(() => new SealedStore(sessionStorage, 'decisions', operator.id));
  const [queue] = useState(
    () =>
      new DecisionQueue(async (choices) => {
        client.setQueryData(importQuery(id).queryKey, await decide(id, choices));
      }),
  );
  const { waiting, error } = useSyncExternalStore(queue.subscribe, queue.snapshot);

  const takeUp = useEffectEvent((found: unknown) => {
    const known = new Set(imported.proposals.map((proposal) => proposal.id));
    if (Array.isArray(found)) queue.add((found as Choice[]).filter(({ proposalId }) => known.has(proposalId)));
  });
  useEffect(() => {
    void kept.find(id).then((found) => takeUp(found));
  }, [kept, id]);
  useEffect(() => {
    if (waiting.size > 0) void kept.keep(id, [...waiting.values()]);
    else kept.forget(id);
  }, [kept, id, waiting]);

  useSentAgain(queue, error);
  useEffect(() => {
    if (!(error instanceof ProblemError) || error.code !== 'import.unknown_proposal') return;
    void client
      .fetchQuery({ ...importQuery(id), staleTime: 0 })
      .then(({ proposals }) => queue.keepOnly(new Set(proposals.map((proposal) => proposal.id))));
  }, [client, queue, id, error]);

  const proposals = useMemo(
    () => imported.proposals.map((proposal) => withChoice(proposal, waiting.get(proposal.id))),
    [imported.proposals, waiting],
  );
  return {
    proposals,
    decide: (choice) => queue.add([choice]),
    waiting: waiting.size,
    error,
    save: () => queue.flush(),
  };
}

/** Once the server can be reached again: as the browser says, and by trying. */
function useSentAgain(queue: DecisionQueue, error: unknown): void {
  const isAway = error instanceof UnreachableError;
  useEffect(() => {
    if (!isAway) return;
    const again = () => void queue.flush();
    const timer = setInterval(again, againAfterMilliseconds);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [queue, isAway]);
}

function withChoice(proposal: Proposal, choice: Choice | undefined): Proposal {
  if (!choice) return proposal;
  const acceptedTerm = choice.decision === 'accepted' ? (choice.term ?? proposal.term) : null;
  return { ...proposal, decision: choice.decision, acceptedTerm };
}
