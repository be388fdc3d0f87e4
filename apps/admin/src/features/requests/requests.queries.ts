import type { Schemas } from '@abide/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { getHoldings } from '../../api/subject.js';
import { uploadAll } from '../../api/upload.js';

export type QueuedRequest = Schemas['QueuedRequestResponse'];
export type SubjectRequest = Schemas['OperatorRequestResponse'];
export type Finding = Schemas['FindingsResponse']['items'][number];
export type Decision = Schemas['DecideRequest'];

/** What somebody asked by telephone, by letter or at the counter, and how it was made sure who they are. */
export interface RecordedRequest extends Omit<Schemas['OpenOnBehalf'], 'evidence'> {
  readonly evidence: string;
  readonly files: readonly File[];
}

/** What somebody did where a holder could not, and what shows it. */
interface DoneByHand {
  readonly outcome: 'done' | 'nothing' | 'withdrawn';
  readonly text: string;
  readonly files: readonly File[];
  readonly copies: readonly File[];
}

export const requestTypes = [
  'access',
  'portability',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
  'explanation',
  'inquiry',
  'complaint',
  'transfer',
] as const;

/** What somebody without an account may ask: an address does not say of what the rest is. */
export const typesByAddress = requestTypes.filter((type) => !['correction', 'objection', 'transfer'].includes(type));

export const requestsKey = ['requests'] as const;

/** Where on the page of a request it is decided. */
export const decisionHash = '#decision';

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, id],
    staleTime: 0,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/requests/{id}', { params: { path: { id } }, signal })),
  });

/** With the tag by which a decision says what it has seen. */
export const findingsQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, id, 'findings'],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const asked = api.GET('/api/v1/operator/requests/{id}/findings', { params: { path: { id } }, signal });
      const { items, names } = await answerOf(asked);
      return { items, names, tag: (await asked).response.headers.get('etag') };
    },
  });

/** Reads a file that the request rests on, by its id; it lives only in the component that asked. */
export function useReadAttachment(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (attachmentId: string) =>
      answerOf<Blob>(
        api.GET('/api/v1/operator/requests/{id}/attachments/{attachmentId}', {
          params: { path: { id, attachmentId } },
          parseAs: 'blob',
        }),
      ),
  });
}

/** Who may answer it, and who of them may decide it. */
export const colleaguesQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, id, 'colleagues'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/requests/{id}/colleagues', { ...at(id), signal })),
  });

/** Waits for a second colleague. */
export function useLinkDeceased(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['LinkDeceased']) =>
      answerOf(api.POST('/api/v1/operator/requests/{id}/deceased', { params: { path: { id } }, body })),
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
}

/** Each act answers the request as it is after it. */
export function useRequestAct(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<SubjectRequest>) => act(),
    onSuccess: (request) => client.setQueryData([...requestsKey, id], request),
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
}

/** Asks every holder again that owes an answer, those that were given up included. */
export function useRetryFulfilment(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/operator/requests/{id}/fulfilment', at(id))),
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
}

/** What is held of somebody, counted by kind. */
export const heldQuery = (subjectId: string) =>
  queryOptions({
    queryKey: ['subjects', subjectId, 'held'],
    queryFn: ({ signal }) => getHoldings(subjectId, signal),
  });

/** What shows who asked is uploaded first. */
export function useRecordRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ files, evidence, ...wanted }: RecordedRequest) => {
      const attachmentIds = await uploadAll(files);
      const body = { ...wanted, evidence: { text: evidence, attachmentIds } };
      return answerOf(api.POST('/api/v1/operator/requests', { body }));
    },
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
}

/** What was done by hand; the files that show it are uploaded first. */
export function useCompleteTask(id: string, taskId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ outcome, text, files, copies }: DoneByHand) => {
      const evidence = { text, attachmentIds: await uploadAll(files) };
      const copyIds = await uploadAll(copies);
      const path = '/api/v1/operator/requests/{id}/manual/{taskId}';
      return answerOf(api.POST(path, { params: { path: { id, taskId } }, body: { outcome, evidence, copyIds } }));
    },
    onSettled: () => void client.invalidateQueries({ queryKey: requestsKey }),
  });
}

const at = (id: string) => ({ params: { path: { id } } });

export const assign = (id: string, operatorId: string | null) =>
  answerOf(api.POST('/api/v1/operator/requests/{id}/assignment', { ...at(id), body: { operatorId } }));
export const ask = (id: string, text: string) =>
  answerOf(api.POST('/api/v1/operator/requests/{id}/message', { ...at(id), body: { text } }));
export const extend = (id: string, reason: string) =>
  answerOf(api.POST('/api/v1/operator/requests/{id}/extension', { ...at(id), body: { reason } }));
export const decide = (id: string, body: Decision, tag: string | null) =>
  answerOf(
    api.POST('/api/v1/operator/requests/{id}/decision', {
      ...at(id),
      body,
      ...(tag ? { headers: { 'If-Match': tag } } : {}),
    }),
  );
export const approve = (id: string) =>
  answerOf(api.POST('/api/v1/operator/requests/{id}/approval', { ...at(id), body: {} }));
export const sendBack = (id: string, reason: string) =>
  answerOf(api.POST('/api/v1/operator/requests/{id}/rejection', { ...at(id), body: { reason } }));
