import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { ProblemError } from '../../api/problem.js';
import type { Draft, Materiality } from './policies.types.js';
import type { Revision } from '../../api/types.js';

/** Every policy: there are as many as services and two more. */
export const policiesQuery = queryOptions({
  queryKey: ['policies', 'all'],
  queryFn: async ({ signal }) =>
    (await answerOf(api.GET('/api/v1/operator/policies', { params: { query: { limit: 100 } }, signal }))).items,
});

export const policyQuery = (slug: string) =>
  queryOptions({
    queryKey: ['policies', slug],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/policies/{slug}', { params: { path: { slug } }, signal })),
  });

export const revisionsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['policies', slug, 'revisions'],
    queryFn: async ({ signal }) => {
      const asked = api.GET('/api/v1/operator/policies/{slug}/revisions', {
        params: { path: { slug }, query: { limit: 100 } },
        signal,
      });
      return (await answerOf(asked)).items;
    },
  });

export const revisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['revisions', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/revisions/{id}', { params: { path: { id } }, signal })),
  });

/** The revision against another one, or against the one in force. */
export const comparisonQuery = (id: string, against: string) =>
  queryOptions({
    queryKey: ['revisions', id, 'comparison', against],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/operator/revisions/{id}/comparison', {
          params: { path: { id }, query: { with: against } },
          signal,
        }),
      ),
  });

export const noticePreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['revisions', id, 'notice-preview'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/revisions/{id}/notice-preview', { params: { path: { id } }, signal })),
  });

/** The draft of a policy as the server has it now, or null when there is none. */
export async function findDraft(slug: string): Promise<Draft | null> {
  try {
    return await answerOf(api.GET('/api/v1/operator/policies/{slug}/draft', { params: { path: { slug } } }));
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}

export interface DraftToSave {
  readonly slug: string;
  readonly document: unknown;
  /** The hash of the text this one was made from; null when there is no draft yet. */
  readonly basedOn: string | null;
}

export function useSaveDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ slug, document, basedOn }: DraftToSave) =>
      answerOf(
        api.PUT('/api/v1/operator/policies/{slug}/draft', {
          params: { path: { slug } },
          headers: basedOn ? { 'If-Match': `"${basedOn}"` } : {},
          body: { document },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ predicate: ({ queryKey }) => isAboutPolicies(queryKey) });
    },
  });
}

export type ActBody =
  | {
      readonly act: 'submission';
      readonly comment: string;
      readonly answers?: readonly { readonly id: string; readonly answer: string }[];
    }
  | { readonly act: 'rejection'; readonly comment: string }
  | { readonly act: 'approval'; readonly comment: string; readonly contentHash: string }
  | {
      readonly act: 'schedule';
      readonly effectiveAt: string;
      readonly raiseTo?: Materiality;
      readonly reason?: string;
      readonly confirmsNoRightChanged?: true;
    }
  | { readonly act: 'activation' }
  | { readonly act: 'withdrawal'; readonly reason: string };

/** One act on a revision; everything shown about policies is then asked for again, for nothing is assumed. */
export function useRevisionAct(revision: Revision) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...body }: ActBody) =>
      answerOf(
        api.POST(`/api/v1/operator/revisions/{id}/${act}`, {
          params: { path: { id: revision.id } },
          headers: { 'If-Match': `"${revision.contentHash}"` },
          body: body as never,
        }),
      ),
    onSettled: () => {
      // Not awaited: the page that asked moves on first, or it would show itself as no longer allowed.
      void client.invalidateQueries({ predicate: ({ queryKey }) => isAboutPolicies(queryKey) });
    },
  });
}

function isAboutPolicies([topic]: readonly unknown[]): boolean {
  return topic === 'policies' || topic === 'revisions' || topic === 'campaigns' || topic === 'overview';
}
