import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';

/** The map for one purpose; asked for only once there is one. */
export const heatQuery = ({
  purpose,
  weeks,
  from,
  resolution,
  isClockKnown,
}: {
  purpose: string;
  weeks: number;
  from: () => string | undefined;
  resolution: number;
  isClockKnown: boolean;
}) =>
  queryOptions({
    queryKey: ['location', 'heat', purpose, weeks, resolution],
    queryFn: ({ signal }) => {
      const since = from();
      return answerOf(
        api.GET('/api/v1/operator/location/heat', {
          params: { query: { purpose, resolution, ...(since === undefined ? {} : { from: since }) } },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    enabled: purpose !== '' && isClockKnown,
  });
