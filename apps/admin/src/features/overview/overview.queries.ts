import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';

/** Everything on the overview, in one answer. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/overview', { signal })),
});
