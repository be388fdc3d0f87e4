import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { everyPage } from '../../api/every-page.js';
import { ProblemError } from '../../api/problem.js';

export type OutsideHolder = Schemas['OutsideHolderResponse'];
type Outcome = OutsideHolder | Schemas['PendingChangeAnswer'];

export type Shadow = Schemas['ShadowResponse'];

export const holdersKey = ['holders'] as const;

/** There are few, and no route for one. */
export const holderQuery = (id: string) =>
  queryOptions({
    queryKey: [...holdersKey, id],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(api.GET('/api/v1/operator/holders', { signal }));
      const holder = items.find((one) => one.id === id);
      if (!holder) throw new ProblemError(404, 'holder.not_found', '', null, [], {});
      return holder;
    },
  });

const at = (id: string) => ({ params: { path: { id } } });

/** What a database is asked by. */
export const databaseQuery = (id: string) =>
  queryOptions({
    queryKey: [...holdersKey, id, 'database'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/holders/{id}/database', { ...at(id), signal })),
  });

export type Removal = Schemas['HolderRemovalResponse'];

/** How many requests still expect an answer from it. */
export const removalQuery = (id: string) =>
  queryOptions({
    queryKey: [...holdersKey, id, 'removal'],
    staleTime: 0,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/holders/{id}/removal', { ...at(id), signal })),
  });

export const callsQuery = (id: string) =>
  queryOptions({
    queryKey: [...holdersKey, id, 'calls'],
    staleTime: 0,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/holders/{id}/calls', { ...at(id), signal })),
  });

export type AnsweringRole = 'supportAgent' | 'privacyOfficer';
const answeringRoles: readonly AnsweringRole[] = ['supportAgent', 'privacyOfficer'];

/** Who may be named to answer for a place that no software answers for. */
export const answeringQuery = queryOptions({
  queryKey: [...holdersKey, 'answering'],
  queryFn: async ({ signal }) => {
    const operators = await everyPage<Schemas['OperatorResponse']>((query) =>
      answerOf(api.GET('/api/v1/operator/operators', { params: { query }, signal })),
    );
    const isAnswering = ({ active, roles }: Schemas['OperatorResponse']) =>
      active && roles.some((role) => answeringRoles.some((one) => one === role));
    return { roles: answeringRoles, operators: operators.filter(isAnswering) };
  },
});

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

export function useRegisterDatabase() {
  return useHolderAct((body: Schemas['RegisterDatabaseHolder']) =>
    answerOf<Outcome>(api.POST('/api/v1/operator/holders/databases', { body })),
  );
}

export function useRegisterPeople() {
  return useHolderAct((body: Schemas['RegisterPeople']) =>
    answerOf<Outcome>(api.POST('/api/v1/operator/holders/people', { body })),
  );
}

export function useChangeDatabase(id: string) {
  return useHolderAct((body: Schemas['ChangeDatabaseHolder']) =>
    answerOf<Outcome>(api.POST('/api/v1/operator/holders/{id}/database', { ...at(id), body })),
  );
}

export function useShadowRun(id: string) {
  return useHolderAct((body: Schemas['ShadowRun']) =>
    answerOf(api.POST('/api/v1/operator/holders/{id}/shadow', { ...at(id), body })),
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

/** What is done with a holder for a reason; what takes two waits for the second. */
const useReasonedAct = (id: string, how: 'removal' | 'secret-replacement') =>
  useHolderAct((reason: string) =>
    answerOf<Outcome>(api.POST(`/api/v1/operator/holders/{id}/${how}`, { ...at(id), body: { reason } })),
  );

export const useRemoveHolder = (id: string) => useReasonedAct(id, 'removal');
export const useReplaceSecret = (id: string) => useReasonedAct(id, 'secret-replacement');

export function useSuspendHolder(id: string) {
  return useHolderAct((reason: string) =>
    answerOf(api.POST('/api/v1/operator/holders/{id}/suspension', { ...at(id), body: { reason } })),
  );
}
