import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import type { RevealableField } from './subjects.types.js';

export const sharedIdentifiersKey = ['subjects', 'shared-identifiers'] as const;

/** At most a hundred, newest first: what is settled makes room. */
export const loadSharedIdentifiers = (signal: AbortSignal) =>
  answerOf(api.GET('/api/v1/operator/subjects/shared-identifiers', { signal }));

export const sharedIdentifiersQuery = queryOptions({
  queryKey: [...sharedIdentifiersKey, 'count'],
  queryFn: async ({ signal }) => (await loadSharedIdentifiers(signal)).items.length,
});

/** What happened around a subject, page after page. */
export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['subjects', id, 'timeline'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      answerOf(
        api.GET('/api/v1/operator/subjects/{id}/timeline', {
          params: { path: { id }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** Opens masked fields for a stated reason; the values live only in the component that asked. */
export function useReveal(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (body: { fields: RevealableField[]; reason: string }) =>
      answerOf(api.POST('/api/v1/operator/subjects/{id}/reveal', { params: { path: { id } }, body })),
  });
}
