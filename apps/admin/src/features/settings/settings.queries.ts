import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '@abide/client';
import { answerOf, api } from '../../api/client.js';
import type { Operator, Scope } from '../../api/types.js';
import type { ServiceClientSecret } from './settings.types.js';

export const operatorsKey = ['settings', 'operators'] as const;
export const clientsKey = ['settings', 'clients'] as const;

type Outcome = Operator | Schemas['PendingChangeAnswer'];

/** Whether what was asked for is not done yet. */
export function isWaiting(outcome: Outcome): boolean {
  return 'change' in outcome;
}

export const rolesQuery = queryOptions({
  queryKey: ['settings', 'roles'],
  queryFn: async ({ signal }) => (await answerOf(api.GET('/api/v1/operator/roles', { signal }))).items,
});

export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly roles: Operator['roles'];
}

export function useAddOperator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewOperator) => answerOf<Outcome>(api.POST('/api/v1/operator/operators', { body })),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useChangeOperator(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { roles?: Operator['roles']; active?: boolean }) =>
      answerOf<Outcome>(api.PATCH('/api/v1/operator/operators/{id}', { params: { path: { id } }, body })),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Sends a one-time link to the operator's own address: the invitation again, or to choose a new password. */
export function useSendPasswordLink(id: string) {
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/operator/operators/{id}/password-link', { params: { path: { id } } })),
  });
}

export function useEndOperatorSessions() {
  return useMutation({
    mutationFn: (id: string) =>
      answerOf(api.DELETE('/api/v1/operator/operators/{id}/sessions', { params: { path: { id } } })),
  });
}

export const longestExpiryDays = 365;
const overlapDays = 7;

/** What a client is for; a list that names nothing bounds nothing. */
export interface ClientBounds {
  readonly scopes: Scope[];
  readonly purposes: string[];
  readonly services: string[];
}

export interface NewClient extends ClientBounds {
  readonly name: string;
  readonly expiresInDays: number;
}

type SecretOutcome = ServiceClientSecret | Schemas['PendingChangeAnswer'];

/** A secret is shown once: it is never kept in a cache. */
export function useAddClient() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: NewClient) => answerOf<SecretOutcome>(api.POST('/api/v1/operator/clients', { body })),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRotateClient() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (id: string) =>
      answerOf<SecretOutcome>(
        api.POST('/api/v1/operator/clients/{id}/rotation', {
          params: { path: { id } },
          body: { overlapDays, expiresInDays: longestExpiryDays },
        }),
      ),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** The secret of a client that was confirmed, this once. */
export function useCollectSecret() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (id: string) =>
      answerOf(api.POST('/api/v1/operator/clients/{id}/secret', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: clientsKey }),
  });
}

/** Answers the change that waits, or nothing where it is done. */
export function useBoundClient(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ClientBounds) =>
      answerOf<Schemas['PendingChangeAnswer'] | undefined>(
        api.PATCH('/api/v1/operator/clients/{id}', { params: { path: { id } }, body }),
      ),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRevokeClient() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answerOf(api.DELETE('/api/v1/operator/clients/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: clientsKey }),
  });
}
