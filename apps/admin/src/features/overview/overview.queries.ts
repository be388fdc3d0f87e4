import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import type { Revision } from '../../api/types.js';

/** Every revision that is on its way, whole, with what this operator may do with it. */
export const openRevisionsQuery = queryOptions({
  queryKey: ['overview', 'revisions'],
  queryFn: async ({ signal }): Promise<Revision[]> => {
    const { items } = await answerOf(
      api.GET('/api/v1/operator/policies', { params: { query: { limit: 100 } }, signal }),
    );
    const ids = items.flatMap(({ open, scheduled }) => [open?.id, scheduled?.id].filter((id) => id !== undefined));
    return Promise.all(
      ids.map((id) => answerOf(api.GET('/api/v1/operator/revisions/{id}', { params: { path: { id } }, signal }))),
    );
  },
});

export const campaignsQuery = queryOptions({
  queryKey: ['overview', 'campaigns'],
  queryFn: async ({ signal }) =>
    (await answerOf(api.GET('/api/v1/operator/campaigns', { params: { query: { limit: 10 } }, signal }))).items,
});
