import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';

export type NotedDeath = Schemas['NotedDeathResponse'];

const at = (id: string) => ({ params: { path: { id } } });

export const deathQuery = (id: string) =>
  queryOptions({
    queryKey: ['subjects', id, 'death'],
    staleTime: 0,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/subjects/{id}/death', { ...at(id), signal })),
  });

/** Waits for another privacy officer. */
export function useWithdrawDeath(id: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (reason: string) =>
      answerOf(api.POST('/api/v1/operator/subjects/{id}/death/withdrawal', { ...at(id), body: { reason } })),
    onSettled: () => void client.invalidateQueries({ queryKey: ['subjects', id] }),
  });
}
