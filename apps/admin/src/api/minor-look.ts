import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from './client.js';

/** Whether a colleague has to agree before the operator looks at somebody's data. */
export const minorLookQuery = (subjectId: string) =>
  queryOptions({
    queryKey: ['minor-look', subjectId],
    staleTime: 0,
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/subjects/{id}/minor-look', { params: { path: { id: subjectId } }, signal })),
  });

export function useAskMinorLook(subjectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      answerOf(
        api.POST('/api/v1/operator/subjects/{id}/minor-look', {
          params: { path: { id: subjectId } },
          body: { reason },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: minorLookQuery(subjectId).queryKey }),
  });
}
