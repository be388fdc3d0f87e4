import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';

export const webhooksKey = ['deliveries', 'webhooks'] as const;
export const failedWorkKey = ['deliveries', 'work'] as const;

export function useReplayWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answerOf(api.POST('/api/v1/operator/webhooks/{id}/replay', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: webhooksKey }),
  });
}

export function useReplayWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answerOf(api.POST('/api/v1/operator/dead-jobs/{id}/replay', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: failedWorkKey }),
  });
}
