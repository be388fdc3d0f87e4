import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import { ProblemError } from '../../../api/problem.js';
import type { PolicyTestRun, PolicyTests } from '../policies.types.js';

const params = (slug: string) => ({ path: { slug } });

/** The tests kept beside a policy, or null where none are. */
export const policyTestsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['policies', slug, 'tests'],
    queryFn: ({ signal }): Promise<PolicyTests | null> =>
      orNullWithoutTests(answerOf(api.GET('/api/v1/operator/policies/{slug}/tests', { params: params(slug), signal }))),
  });

/** How the kept tests end on what is being prepared, or null where none are kept. */
export const keptTestsRunQuery = (slug: string) =>
  queryOptions({
    queryKey: ['policies', slug, 'tests', 'run'],
    queryFn: ({ signal }): Promise<PolicyTestRun | null> =>
      orNullWithoutTests(
        answerOf(api.POST('/api/v1/operator/policies/{slug}/tests/run', { params: params(slug), body: {}, signal })),
      ),
  });

export interface TestsToSave {
  readonly content: string;
  /** The hash of the text this one was made from; null when none was kept. */
  readonly basedOn: string | null;
}

export function useSaveTests(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ content, basedOn }: TestsToSave) =>
      answerOf(
        api.PUT('/api/v1/operator/policies/{slug}/tests', {
          params: params(slug),
          headers: basedOn ? { 'If-Match': `"${basedOn}"` } : {},
          body: { content },
        }),
      ),
    onSuccess: (saved) => client.setQueryData(policyTestsQuery(slug).queryKey, saved),
    onSettled: () => client.invalidateQueries({ queryKey: policyTestsQuery(slug).queryKey }),
  });
}

export function useRunTests(slug: string) {
  return useMutation({
    mutationFn: (content: string) =>
      answerOf(api.POST('/api/v1/operator/policies/{slug}/tests/run', { params: params(slug), body: { content } })),
  });
}

async function orNullWithoutTests<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'policy.no_tests') return null;
    throw error;
  }
}
