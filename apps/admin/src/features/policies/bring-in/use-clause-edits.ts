import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  addTerm,
  editClauses,
  importQuery,
  showImport,
  type AddedTerm,
  type ClauseEdit,
  type PolicyImport,
} from './imports.queries.js';
import type { Decisions } from './use-decisions.js';

/** Changes the clauses, once what was decided is saved: a changed clause has other proposals. */
export function useClauseEdits(imported: PolicyImport, decisions: Decisions) {
  return useAct(imported, decisions, (latest, edits: readonly ClauseEdit[]) => editClauses(latest, edits));
}

/** Adds a term to a clause as it stood when it was read. */
export function useAddedTerm(imported: PolicyImport, decisions: Decisions) {
  return useAct(imported, decisions, (latest, added: AddedTerm) => addTerm(latest, added));
}

function useAct<T>(
  imported: PolicyImport,
  decisions: Decisions,
  act: (latest: PolicyImport, given: T) => Promise<PolicyImport>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (given: T) => {
      await decisions.save();
      return act(client.getQueryData(importQuery(imported.id).queryKey) ?? imported, given);
    },
    onSuccess: (answer) => showImport(client, answer),
  });
}
