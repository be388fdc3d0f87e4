import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';

export type Guardianship = Schemas['SubjectGuardianship'];
export type GuardianCase = Schemas['GuardianCase'];
export type GuardianDecision = Schemas['DecideGuardianship'];

const keyOf = (subjectId: string) => ['subjects', subjectId, 'guardianships'];

/** A child has five open ones at most, so that one page tells what stands; read again on every visit. */
export const guardianshipsQuery = (id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET('/api/v1/operator/subjects/{id}/guardianships', {
            params: { path: { id }, query: { limit: 100 } },
            signal,
          }),
        )
      ).items,
  });

export function useDecideGuardianship(id: string, guardianshipId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GuardianDecision) =>
      answerOf(
        api.POST('/api/v1/operator/subjects/{id}/guardianships/{guardianshipId}/decisions', {
          params: { path: { id, guardianshipId } },
          body,
        }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: ['subjects', id] }),
  });
}

/** Opens what officers saw, for a stated reason; the text lives only in the component that asked. */
export function useReadGuardianEvidence(id: string, guardianshipId: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: async (reason: string) =>
      (
        await answerOf(
          api.POST('/api/v1/operator/subjects/{id}/guardianships/{guardianshipId}/evidence', {
            params: { path: { id, guardianshipId } },
            body: { reason },
          }),
        )
      ).items,
  });
}
