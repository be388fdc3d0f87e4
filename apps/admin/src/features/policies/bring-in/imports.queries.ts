import type { Schemas } from '@abide/client';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import { everyPage } from '../../../api/every-page.js';
import type { PolicyKind } from '../policies.types.js';

export type PolicyImport = Schemas['PolicyImportResponse'];
export type ImportLine = Schemas['PolicyImportLine'];
export type ImportedClause = PolicyImport['clauses'][number];
export type Proposal = PolicyImport['proposals'][number];
export type Choice = Schemas['DecideProposals']['decisions'][number];
export type ClauseEdit = Schemas['EditClauses']['edits'][number];
export type Gap = Schemas['GapsResponse']['items'][number];

const importsKey = ['policyImports'] as const;

/** Imports that are still open, one's own first. */
export const openImportsQuery = queryOptions({
  queryKey: [...importsKey, 'open'],
  queryFn: ({ signal }) =>
    everyPage<ImportLine>((query) =>
      answerOf(api.GET('/api/v1/operator/policy-imports', { params: { query }, signal })),
    ),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...importsKey, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/policy-imports/{id}', { params: { path: { id } }, signal })),
    staleTime: 30_000,
  });

/** What the import is to become, as far as it is known. */
export interface Intended {
  readonly kind: PolicyKind;
  readonly service?: string;
}

/** What it lacks before it is a policy; asked anew whenever it has changed. */
export const gapsQuery = (imported: PolicyImport, intended: Intended) =>
  queryOptions({
    queryKey: [...importsKey, imported.id, 'missing', imported.etag, intended],
    queryFn: async ({ signal }) => {
      const params = { path: { id: imported.id }, query: intended };
      return (await answerOf(api.GET('/api/v1/operator/policy-imports/{id}/missing', { params, signal }))).items;
    },
    gcTime: 0,
  });

/** Sends the file whole; what it was read as, or why it cannot be read. */
export function beginImport(file: File): Promise<PolicyImport> {
  const bodySerializer = () => formOf(file);
  return answerOf(api.POST('/api/v1/operator/policy-imports', { body: { file: file.name }, bodySerializer }));
}

export function decide(id: string, decisions: readonly Choice[]): Promise<PolicyImport> {
  const params = { path: { id } };
  const body = { decisions: [...decisions] };
  return answerOf(api.PATCH('/api/v1/operator/policy-imports/{id}/decisions', { params, body }));
}

export type AddedTerm = Schemas['AddTerm'];

export function addTerm({ id, etag }: PolicyImport, body: AddedTerm): Promise<PolicyImport> {
  const params = { path: { id } };
  return answerOf(
    api.POST('/api/v1/operator/policy-imports/{id}/terms', { params, headers: { 'If-Match': etag }, body }),
  );
}

export function editClauses({ id, etag }: PolicyImport, edits: readonly ClauseEdit[]): Promise<PolicyImport> {
  const params = { path: { id } };
  const headers = { 'If-Match': etag };
  return answerOf(
    api.PATCH('/api/v1/operator/policy-imports/{id}/clauses', { params, headers, body: { edits: [...edits] } }),
  );
}

/** The words of a clause in the other language. */
export interface Words {
  readonly heading: string;
  readonly body: string;
}

export function translateClause(id: string, clauseId: string, words: Words): Promise<PolicyImport> {
  const params = { path: { id, clauseId } };
  return answerOf(
    api.PUT('/api/v1/operator/policy-imports/{id}/clauses/{clauseId}/translation', { params, body: words }),
  );
}

export function translateFrom(id: string, file: File): Promise<PolicyImport> {
  const asked = { params: { path: { id } }, body: { file: file.name }, bodySerializer: () => formOf(file) };
  return answerOf(api.POST('/api/v1/operator/policy-imports/{id}/translations', asked));
}

export type WantedDraft = Schemas['SaveAsDraft'];

export function saveAsDraft({ id, etag }: PolicyImport, body: WantedDraft): Promise<PolicyImport> {
  const params = { path: { id } };
  return answerOf(
    api.POST('/api/v1/operator/policy-imports/{id}/draft', { params, headers: { 'If-Match': etag }, body }),
  );
}

export function discardImport(id: string): Promise<PolicyImport> {
  return answerOf(api.DELETE('/api/v1/operator/policy-imports/{id}', { params: { path: { id } } }));
}

/** Shows an import as the server answered it, and asks anew for the list. */
export function showImport(client: QueryClient, imported: PolicyImport): void {
  client.setQueryData(importQuery(imported.id).queryKey, imported);
  void client.invalidateQueries({ queryKey: openImportsQuery.queryKey });
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}
