import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';

/** The map for one purpose; asked for only once there is one. */
export const heatQuery = ({ purpose, from, resolution }: { purpose: string; from: string; resolution: number }) =>
  queryOptions({
    queryKey: ['location', 'heat', purpose, from, resolution],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/location/heat', { params: { query: { purpose, from, resolution } }, signal })),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    enabled: purpose !== '',
  });
