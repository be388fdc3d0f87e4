import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import type { PendingChange } from '../../api/types.js';

export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['changes', id],
    staleTime: 0,
    queryFn: ({ signal }) =>
      answerOf<PendingChange>(api.GET('/api/v1/operator/changes/{id}', { params: { path: { id } }, signal })),
  });

/** What is confirmed can touch any page, so that everything is read anew. */
export function useDecideChange(id: string) {
  const client = useQueryClient();
  const params = { path: { id } };
  return useMutation({
    mutationFn: ({ outcome, reason }: { outcome: 'confirmation' | 'rejection'; reason: string }) =>
      outcome === 'rejection'
        ? answerOf(api.POST('/api/v1/operator/changes/{id}/rejection', { params, body: { reason } }))
        : answerOf(
            api.POST('/api/v1/operator/changes/{id}/confirmation', { params, body: reason === '' ? {} : { reason } }),
          ),
    onSettled: () => client.invalidateQueries(),
  });
}
