import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { answerOf, api } from '../api/client.js';
import { ProblemError } from '../api/problem.js';
import { rememberCsrfToken } from '../api/session-fetch.js';
import type { CurrentSession, Operator } from '../api/types.js';
import { sealFor } from './sealed-store.js';
import { leave, workFor } from './session-tabs.js';

export const OperatorContext = createContext<Operator | null>(null);

/** Who is signed in; only below the session gate. */
export function useOperator(): Operator {
  const operator = use(OperatorContext);
  if (!operator) throw new Error('useOperator is for pages behind the session gate');
  return operator;
}

/** The session in this browser, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<CurrentSession | null> => {
    try {
      return await readSession();
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
  gcTime: Infinity,
});

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ email, password, code }: Credentials) => {
      const { operator } = await answerOf(
        api.POST('/api/v1/operator/sessions', { body: { email, password, ...(code ? { code } : {}) } }),
      );
      workFor(operator);
      return readSession();
    },
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/operator/sessions/current')),
    onSettled: () => {
      leave();
      showSignedOut(client);
    },
  });
}

/** Takes everything of the operator off the page and out of the cache; what is next is signing in. */
export function showSignedOut(client: QueryClient): void {
  client.setQueryData(sessionQuery.queryKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}

export function useStepUp() {
  return useMutation({
    mutationFn: async ({ password, code }: Omit<Credentials, 'email'>) => {
      const answer = await answerOf(
        api.POST('/api/v1/operator/sessions/step-up', { body: { password, ...(code ? { code } : {}) } }),
      );
      rememberCsrfToken(answer.csrfToken);
      return answer;
    },
  });
}

/** The key for unsaved work goes no further than here: not into the cache of answers. */
async function readSession(): Promise<CurrentSession> {
  const { draftKey, ...session } = await answerOf(api.GET('/api/v1/operator/sessions/current'));
  rememberCsrfToken(session.csrfToken);
  sealFor(draftKey);
  workFor(session.operator);
  return session;
}
