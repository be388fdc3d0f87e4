import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.js';
import { problemFrom } from '../../../api/problem.js';
import { everyPage, registriesKey } from '../../../api/every-page.js';
import type { ChangePreview } from '../consent.types.js';
import type { PendingChange } from '../../../api/types.js';
import { waitingChangesQuery } from '../../../api/waiting-changes.js';
import type { EntryBody } from './entry-changes.js';
import type { Entry, RegistryName } from './registry-kinds.js';

/** Every entry of a registry: they are short, and are searched whole. */
export function allEntries(registry: RegistryName, signal: AbortSignal): Promise<Entry[]> {
  return everyPage<Entry>((query) => answerOf(api.GET(`/api/v1/operator/${registry}`, { params: { query }, signal })));
}

/** An entry as it stands, with what to send in If-Match. */
export interface ReadEntry {
  readonly entry: Entry;
  readonly etag: string | null;
}

export const entryQuery = (registry: RegistryName, code: string) =>
  queryOptions({
    queryKey: [...registriesKey, registry, 'entry', code],
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<ReadEntry> => {
      const { data, error, response } = await api.GET(`/api/v1/operator/${registry}/{code}`, {
        params: { path: { code } },
        signal,
      });
      if (!response.ok || !data) throw problemFrom(error, response);
      return { entry: data, etag: response.headers.get('etag') };
    },
  });

/** The entry as it is now, or the change that waits for a second operator. */
type Outcome = Entry | { readonly change: PendingChange };

/** Of a dry run what would follow, else what came of it. */
type Answer = Outcome | ChangePreview;

function asPreview(answer: Answer): ChangePreview {
  return answer as ChangePreview;
}

export function isWaiting(outcome: Answer): boolean {
  return 'change' in outcome;
}

const dryRun = { query: { dryRun: true } };

/** What an entry would open, without registering it. */
export function useForeseeEntry(registry: RegistryName) {
  return useMutation({
    mutationFn: (body: EntryBody & { readonly code: string }) =>
      answerOf<Answer>(api.POST(`/api/v1/operator/${registry}`, { params: dryRun, body: body as never })).then(
        asPreview,
      ),
  });
}

/** What a change would open, without making it. */
export function useForeseeChange(registry: RegistryName, code: string) {
  return useMutation({
    mutationFn: ({ changes, etag }: { changes: EntryBody; etag: string | null }) =>
      answerOf<Answer>(
        api.PATCH(`/api/v1/operator/${registry}/{code}`, {
          params: { path: { code }, ...dryRun },
          headers: etag ? { 'If-Match': etag } : {},
          body: changes as never,
        }),
      ).then(asPreview),
  });
}

export function useAddEntry(registry: RegistryName) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EntryBody & { readonly code: string }) =>
      answerOf<Answer>(api.POST(`/api/v1/operator/${registry}`, { body: body as never })),
    onSuccess: () => readAnew(client),
  });
}

export function useChangeEntry(registry: RegistryName, code: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ changes, etag }: { changes: EntryBody; etag: string | null }) =>
      answerOf<Answer>(
        api.PATCH(`/api/v1/operator/${registry}/{code}`, {
          params: { path: { code } },
          headers: etag ? { 'If-Match': etag } : {},
          body: changes as never,
        }),
      ),
    onSettled: () => readAnew(client),
  });
}

/** The entries, and what of them waits for a second operator. */
function readAnew(client: QueryClient): void {
  for (const queryKey of [registriesKey, waitingChangesQuery.queryKey]) void client.invalidateQueries({ queryKey });
}
