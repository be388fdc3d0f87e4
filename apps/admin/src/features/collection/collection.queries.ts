import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { spanOf, type Period } from '../../ui/period.js';

const liveMilliseconds = 5_000;

/** What came in during a period that ends now; asked for again every few seconds while the page is looked at. */
export const ingestQuery = (period: Period, now: () => Date) =>
  queryOptions({
    queryKey: ['collection', 'summary', period],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/telemetry/summary', { params: { query: spanOf(period, now()) }, signal })),
    refetchInterval: liveMilliseconds,
    placeholderData: keepPreviousData,
  });
