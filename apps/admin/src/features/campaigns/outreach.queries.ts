import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.js';
import { onceKeys } from '../../api/once-keys.js';
import type { NewOutreach } from './campaigns.types.js';

export const outreachesKey = ['outreaches'] as const;
const pollMilliseconds = 2_000;

/** One outreach, asked for again every few seconds while something is on its way. */
export const outreachQuery = (id: string) =>
  queryOptions({
    queryKey: [...outreachesKey, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/outreaches/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data && (data.state === 'running' || data.queued > 0) ? pollMilliseconds : false,
  });

/** For one open form: what it sends twice unchanged is sent once. */
export function useSendOutreach() {
  const client = useQueryClient();
  const [keyOf] = useState(onceKeys);
  return useMutation({
    mutationFn: (body: NewOutreach) =>
      answerOf(
        api.POST('/api/v1/operator/outreaches', { params: { header: { 'Idempotency-Key': keyOf(body) } }, body }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: outreachesKey }),
  });
}

export function useCancelOutreach(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/operator/outreaches/{id}/cancellation', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: outreachesKey }),
  });
}
