import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';

export type RetentionRun = Schemas['RetentionRunResponse'];
export type RetentionStanding = Schemas['RetentionStandingResponse'];
export type Forecast = Schemas['RetentionForecastResponse'];
export type Schedule = Schemas['RetentionSchedulesResponse']['items'][number];

export const retentionKey = ['retention'] as const;

export const standingQuery = queryOptions({
  queryKey: [...retentionKey, 'standing'],
  staleTime: 0,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/retention', { signal })),
});

export const forecastQuery = queryOptions({
  queryKey: [...retentionKey, 'forecast'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/retention/forecast', { signal })),
});

/** Counts what is due, or deletes it; the sweeper takes it up within seconds. */
export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dryRun: boolean) => answerOf(api.POST('/api/v1/operator/retention/runs', { body: { dryRun } })),
    onSettled: () => void client.invalidateQueries({ queryKey: retentionKey }),
  });
}

export function useApproveRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answerOf(api.POST('/api/v1/operator/retention/runs/{id}/approval', { params: { path: { id } } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: retentionKey });
      void client.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}
