import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.js';

/** What is held of a subject, counted by kind, and what their linked devices gathered. */
export const getHoldings = (id: string, signal: AbortSignal) =>
  answerOf(api.GET('/api/v1/operator/subjects/{id}/holdings', { params: { path: { id } }, signal }));

/** A subject as every page about them shows them, masked. */
export const subjectQuery = (id: string) =>
  queryOptions({
    queryKey: ['subjects', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/subjects/{id}', { params: { path: { id } }, signal })),
  });
