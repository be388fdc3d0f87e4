import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import type { PageAsked } from '../../../ui/DataTable.js';

/** One page of what is stored about a subject; each is a look that the server records with the reason. */
export function lookAtEvents(
  id: string,
  reason: string,
  { filters: { category, ...filters }, cursor, signal }: PageAsked,
) {
  const body = {
    reason,
    limit: 25,
    ...filters,
    ...(category ? { categories: [category] } : {}),
    ...(cursor ? { cursor } : {}),
  };
  return answerOf(
    api.POST('/api/v1/operator/subjects/{id}/telemetry/query', { params: { path: { id } }, body, signal }),
  );
}

/** Opens one sealed value for a stated reason; it lives only in the component that asked. */
export function useRevealValue(id: string, eventId: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (body: { field: string; reason: string }) =>
      answerOf(
        api.POST('/api/v1/operator/subjects/{id}/telemetry/{eventId}/reveal', {
          params: { path: { id, eventId } },
          body,
        }),
      ),
  });
}
