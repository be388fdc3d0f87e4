import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';

export type Mandate = Schemas['OperatorMandateResponse'];

/** Who acts for an enterprise, or for which a person acts; read again on every visit. */
export const mandatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['subjects', id, 'mandates'],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/v1/operator/subjects/{id}/mandates', { params: { path: { id } }, signal }))).items,
  });

export function useEndMandate({ enterpriseId: id, id: mandateId }: Mandate) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      answerOf(
        api.POST('/api/v1/operator/subjects/{id}/mandates/{mandateId}/ending', {
          params: { path: { id, mandateId } },
          body: { reason },
        }),
      ),
    onSettled: () => void client.invalidateQueries({ queryKey: ['subjects'] }),
  });
}
