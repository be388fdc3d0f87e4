import { answerOf, api } from '../api/client.js';
import { ProblemError } from '../api/problem.js';
import type { SearchTerm } from './search-term.js';

export interface Found {
  readonly to: string;
  readonly label: string;
}

/** Looks a request or a revision up exactly. */
export async function lookUp(term: Exclude<SearchTerm, { kind: 'subject' }>): Promise<readonly Found[]> {
  if (term.kind === 'request') return findRequest(term.number);
  if (term.kind === 'revision') return findRevision(term.id);
  return findRevisionByNumber(term.slug, term.number);
}

async function findRequest(number: string): Promise<readonly Found[]> {
  const { items } = await answerOf(api.GET('/api/v1/operator/requests', { params: { query: { number } } }));
  return items.map(({ id }) => ({ to: `/requests/${id}`, label: number }));
}

async function findRevision(id: string): Promise<readonly Found[]> {
  const revision = await orNothing(answerOf(api.GET('/api/v1/operator/revisions/{id}', { params: { path: { id } } })));
  return revision ? [{ to: `/revisions/${id}`, label: `${revision.policy.slug} ${revision.number}` }] : [];
}

async function findRevisionByNumber(slug: string, number: number): Promise<readonly Found[]> {
  const asked = api.GET('/api/v1/operator/policies/{slug}/revisions', {
    params: { path: { slug }, query: { limit: 100 } },
  });
  const revisions = (await orNothing(answerOf(asked)))?.items ?? [];
  return revisions
    .filter((revision) => revision.number === number)
    .map(({ id }) => ({ to: `/revisions/${id}`, label: `${slug} ${number}` }));
}

async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}
