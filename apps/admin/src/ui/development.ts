import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { ProblemError } from '../api/problem.js';

/** The clock that every rule of the server uses; null in production, where it cannot be set and equals the browser's. */
export const developmentClockQuery = queryOptions({
  queryKey: ['development', 'clock'],
  queryFn: async () => {
    try {
      const { now } = await answerOf(api.GET('/api/v1/dev/clock'));
      return { now, readAt: Date.now() };
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Whether the development mailbox and clock exist here, and what time the server takes it to be, once that `isKnown`. */
export function useDevelopment(): { exists: boolean; isKnown: boolean; now: () => Date } {
  const { data: clock, isPending } = useQuery(developmentClockQuery);
  const shift = clock ? new Date(clock.now).getTime() - clock.readAt : 0;
  return { exists: Boolean(clock), isKnown: !isPending, now: () => new Date(Date.now() + shift) };
}
