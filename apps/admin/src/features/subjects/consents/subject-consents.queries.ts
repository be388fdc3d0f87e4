import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import type { ConsentWish } from './consent-wish.js';

const keyOf = (subjectId: string) => ['subjects', subjectId, 'consents'];

/** Where the subject stands, with every page; what they said, page after page. Read again on every visit: they may have withdrawn a moment ago. */
export const consentsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keyOf(id),
    staleTime: 0,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor, signal }) =>
      answerOf(
        api.GET('/api/v1/operator/subjects/{id}/consents', {
          params: { path: { id }, query: cursor ? { cursor } : {} },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** A receipt as its holder gets it; it names a person and is not kept. */
export const receiptQuery = (subjectId: string, id: string) =>
  queryOptions({
    queryKey: [...keyOf(subjectId), 'receipts', id],
    gcTime: 0,
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/operator/subjects/{subjectId}/receipts/{id}', { params: { path: { subjectId, id } }, signal }),
      ),
  });

export function useRecordConsent(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ConsentWish) =>
      answerOf(api.POST('/api/v1/operator/subjects/{id}/consents', { params: { path: { id } }, body })),
    onSettled: () => void client.invalidateQueries({ queryKey: keyOf(id) }),
  });
}

/** Opens how a consent was given, for a stated reason; the text lives only in the component that asked. */
export function useReadEvidence(id: string, eventId: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (reason: string) =>
      answerOf(
        api.POST('/api/v1/operator/subjects/{id}/consents/{eventId}/evidence', {
          params: { path: { id, eventId } },
          body: { reason },
        }),
      ),
  });
}
