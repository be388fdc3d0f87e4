import type { Schemas } from '@abide/client';
import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { requestsKey } from './requests.queries.js';

export type BulkItem = Schemas['BulkDecisionResponse']['items'][number];
export type BulkBody = Schemas['DecideInBulk'];

export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, 'bulk', id],
    staleTime: 0,
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/bulk-decisions/{id}', { params: { path: { id } }, signal })),
  });

export const decideInBulk = (body: BulkBody) =>
  answerOf(api.POST('/api/v1/operator/requests/bulk-decisions', { body }));
