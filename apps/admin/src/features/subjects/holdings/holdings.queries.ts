import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import { getHoldings } from '../../../api/subject.js';
import type { Holding } from '../subjects.types.js';

/** Something held, and on which linked device; null for what is held about the subject without one. */
export interface HeldRow extends Holding {
  readonly device: { readonly id: string; readonly linkedAt: string; readonly endedAt: string | null } | null;
}

export const holdingsKey = (subjectId: string) => ['subjects', subjectId, 'holdings'];

/** What is held about the subject, and after it what their linked devices gathered since the link. */
export async function loadHoldings(id: string, signal: AbortSignal): Promise<HeldRow[]> {
  const { items, devices } = await getHoldings(id, signal);
  const own = items.map((holding) => ({ ...holding, device: null }));
  return [
    ...own,
    ...devices.flatMap(({ deviceId, linkedAt, endedAt, items: held }) =>
      held.map((holding) => ({ ...holding, device: { id: deviceId, linkedAt, endedAt } })),
    ),
  ];
}

/** The positioning switch with every page, its turns page after page. Read again on every visit: it may have been turned a moment ago. */
export const positioningQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['subjects', id, 'positioning'],
    staleTime: 0,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor, signal }) =>
      answerOf(
        api.GET('/api/v1/operator/subjects/{id}/positioning', {
          params: { path: { id }, query: cursor ? { cursor } : {} },
          signal,
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
