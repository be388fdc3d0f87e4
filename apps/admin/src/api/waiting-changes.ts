import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client.js';

/** What waits for a second operator, of what this operator may see. */
export const waitingChangesQuery = queryOptions({
  queryKey: ['changes', 'waiting'],
  queryFn: async ({ signal }) =>
    (
      await answerOf(
        api.GET('/api/v1/operator/changes', { params: { query: { state: 'waiting', limit: 100 } }, signal }),
      )
    ).items,
});
