import type { Schemas } from '@abide/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';

export type OutsideHolder = Schemas['OutsideHolderResponse'];
type Outcome = OutsideHolder | Schemas['PendingChangeAnswer'];

export const holdersKey = ['holders'] as const;

/** Every act on holders, and then what stands there anew. */
function useHolderAct<Asked, Told>(mutationFn: (asked: Asked) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({ gcTime: 0, mutationFn, onSettled: () => client.invalidateQueries() });
}

export function useRegisterHolder() {
  return useHolderAct((body: Schemas['RegisterHolder']) =>
    answerOf<Outcome>(api.POST('/api/v1/operator/holders', { body })),
  );
}

export function useCheckHolder() {
  return useHolderAct((id: string) =>
    answerOf(api.POST('/api/v1/operator/holders/{id}/check', { params: { path: { id } } })),
  );
}

/** The secret of a holder that was confirmed, this once. */
export function useCollectHolderSecret() {
  return useHolderAct((id: string) =>
    answerOf(api.POST('/api/v1/operator/holders/{id}/secret', { params: { path: { id } } })),
  );
}

export function useResumeHolder() {
  return useHolderAct((id: string) =>
    answerOf<Outcome>(api.POST('/api/v1/operator/holders/{id}/resumption', { params: { path: { id } } })),
  );
}

interface Ending {
  readonly id: string;
  readonly how: 'suspension' | 'removal';
  readonly reason: string;
}

export function useEndHolder() {
  return useHolderAct(({ id, how, reason }: Ending) =>
    answerOf(api.POST(`/api/v1/operator/holders/{id}/${how}`, { params: { path: { id } }, body: { reason } })),
  );
}
