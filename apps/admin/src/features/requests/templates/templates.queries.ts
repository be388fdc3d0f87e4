import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import { requestsKey } from '../requests.queries.js';

export type AnswerTemplate = Schemas['AnswerTemplateResponse'];
export type TemplateWords = Schemas['WriteAnswerTemplate'];

export const templatesKey = [...requestsKey, 'templates'] as const;

export const loadTemplates = (signal: AbortSignal) =>
  answerOf(api.GET('/api/v1/operator/answer-templates', { signal }));

export const templatesQuery = queryOptions({
  queryKey: [...templatesKey, 'all'],
  queryFn: ({ signal }) => loadTemplates(signal),
});

/** Adds one where `id` is null. */
export const saveTemplate = (id: string | null, body: TemplateWords) =>
  answerOf(
    id === null
      ? api.POST('/api/v1/operator/answer-templates', { body })
      : api.PUT('/api/v1/operator/answer-templates/{id}', { params: { path: { id } }, body }),
  );

export const removeTemplate = (id: string) =>
  answerOf(api.DELETE('/api/v1/operator/answer-templates/{id}', { params: { path: { id } } }));

/** What changes the templates; every list of them is read anew. */
export function useTemplateAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => void client.invalidateQueries({ queryKey: templatesKey }),
  });
}
