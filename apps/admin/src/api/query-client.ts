import { QueryClient } from '@tanstack/react-query';
import { UnreachableError } from './problem.js';

/** A refusal is an answer and is not asked again; only an unreachable server is tried a second and third time. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) => error instanceof UnreachableError && failures < 2,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
