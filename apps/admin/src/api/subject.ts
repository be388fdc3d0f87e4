import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.js';

/** A subject as every page about them shows them, masked. */
export const subjectQuery = (id: string) =>
  queryOptions({
    queryKey: ['subjects', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/subjects/{id}', { params: { path: { id } }, signal })),
  });
