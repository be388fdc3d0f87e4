import { useMutation, useQueryClient } from '@tanstack/react-query';
import { editClauses, importQuery, showImport, type ClauseEdit, type PolicyImport } from './imports.queries.js';
import type { Decisions } from './use-decisions.js';

/** Changes the clauses, once what was decided is saved: a changed clause has other proposals. */
export function useClauseEdits(imported: PolicyImport, decisions: Decisions) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (edits: readonly ClauseEdit[]) => {
      await decisions.save();
      const latest = client.getQueryData(importQuery(imported.id).queryKey) ?? imported;
      return editClauses(latest, edits);
    },
    onSuccess: (answer) => showImport(client, answer),
  });
}
