import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.js';
import { onceKeys } from '../../api/once-keys.js';
import type { NewReminder } from './consent.types.js';
import { useLocalized } from '../../i18n/language.js';

export const remindersKey = ['consents', 'reminders'] as const;
const pollMilliseconds = 2_000;
const minute = 60_000;

/** The rates of one purpose or of all, over the last `days` days; asked for again every minute. */
export const ratesQuery = ({ purpose, days }: { purpose: string | null; days: number }) =>
  queryOptions({
    queryKey: ['consents', 'rates', purpose, days],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/operator/consents/rates', {
          params: { query: { days, ...(purpose ? { purpose } : {}) } },
          signal,
        }),
      ),
    refetchInterval: minute,
    placeholderData: keepPreviousData,
  });

export const reconsentQuery = queryOptions({
  queryKey: ['consents', 'reconsent'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/consents/reconsent', { signal })),
  refetchInterval: minute,
});

/** One reminder, asked for again every few seconds while subjects are being told. */
export const reminderQuery = (id: string) =>
  queryOptions({
    queryKey: [...remindersKey, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/consents/reminders/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && !data.done ? pollMilliseconds : false),
  });

/** How many would be told now: counted anew whenever it is looked at. */
export const reminderPreviewQuery = ({ purpose, state }: Pick<NewReminder, 'purpose' | 'state'>) =>
  queryOptions({
    queryKey: [...remindersKey, 'preview', purpose, state],
    queryFn: ({ signal }) =>
      answerOf(api.POST('/api/v1/operator/consents/reminders/preview', { body: { purpose, state }, signal })),
    staleTime: 0,
    gcTime: 0,
    enabled: purpose !== '',
  });

/** For one open form: what it sends twice unchanged is sent once. */
export function useSendReminder() {
  const client = useQueryClient();
  const [keyOf] = useState(onceKeys);
  return useMutation({
    mutationFn: (body: NewReminder) =>
      answerOf(
        api.POST('/api/v1/operator/consents/reminders', {
          params: { header: { 'Idempotency-Key': keyOf(body) } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: remindersKey }),
  });
}

const purposesQuery = queryOptions({
  queryKey: ['consents', 'purposes'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/consents/rates', { signal })),
  staleTime: minute,
});

/** The purposes that have figures, with the names people know them by; open to everybody who may see this entry. */
export function usePurposeChoices(): { value: string; label: string }[] {
  const localized = useLocalized();
  const { data } = useQuery(purposesQuery);
  return (data?.items ?? []).map(({ purpose, name }) => ({ value: purpose, label: localized(name) }));
}

/** What a purpose is called; its code where it has no figures, three dots until that is known. */
export function usePurposeName(): (purpose: string) => string {
  const names = new Map(usePurposeChoices().map(({ value, label }) => [value, label]));
  const { isPending } = useQuery(purposesQuery);
  return (purpose) => names.get(purpose) ?? (isPending ? '…' : purpose);
}
