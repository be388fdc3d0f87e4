import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { everyPage } from '../api/every-page.js';
import { useLocalized } from '../i18n/language.js';

const titlesQuery = queryOptions({
  queryKey: ['policies', 'all', 'titles'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const policies = await everyPage((query) => answerOf(api.GET('/api/v1/policies', { params: { query }, signal })));
    return new Map(policies.map(({ slug, title }) => [slug, title]));
  },
});

/** What people call a policy, by its slug; the slug itself where it is neither in force nor announced, three dots until that is known. */
export function usePolicyName(): (slug: string) => string {
  const localized = useLocalized();
  const { data, isPending } = useQuery(titlesQuery);
  return (slug) => localized(data?.get(slug)) || (isPending ? '…' : slug);
}
