import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { LookUp } from './look-up.js';

/** A look-up by phone, email or ID number is a POST and is never kept: not in the address, not in a cache. */
export function useSubjectSearch() {
  return useMutation({
    gcTime: 0,
    mutationFn: async (asked: LookUp & { readonly reason: string }) =>
      (await answerOf(api.POST('/api/v1/operator/subjects/search', { body: asked }))).items,
  });
}
