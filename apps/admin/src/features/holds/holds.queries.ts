import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { uploadAll } from '../../api/upload.js';

export type HoldLine = Schemas['HoldLineResponse'];
export type Hold = Schemas['HoldResponse'];
export type NewHold = Schemas['PlaceHold'];

export const grounds = ['litigation', 'courtOrder', 'investigation', 'supervision', 'incident'] as const;
export const states = ['inForce', 'expired', 'lifted'] as const;

export const holdsKey = ['holds'] as const;

export const holdQuery = (id: string) =>
  queryOptions({
    queryKey: [...holdsKey, id],
    staleTime: 0,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/holds/{id}', { params: { path: { id } }, signal })),
  });

/** What a hold rests on is uploaded first, one file at a time. */
export function usePlaceHold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ files, ...wanted }: NewHold & { readonly files: readonly File[] }) => {
      const attachmentIds = await uploadAll(files);
      return answerOf(api.POST('/api/v1/operator/holds', { body: { ...wanted, attachmentIds } }));
    },
    onSettled: () => void client.invalidateQueries({ queryKey: holdsKey }),
  });
}

/** The hold where it is lifted at once, else the change that waits. */
export function useLiftHold(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      answerOf(api.POST('/api/v1/operator/holds/{id}/lifting', { params: { path: { id } }, body: { reason } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: holdsKey });
      void client.invalidateQueries({ queryKey: ['changes'] });
    },
  });
}
