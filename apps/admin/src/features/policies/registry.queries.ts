import { offlineRegistry, profiles, type PolicyDocument, type RulebookRegistry } from '@abide/rulebook';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import { everyPage, registriesKey } from '../../api/every-page.js';
import { queryClient } from '../../api/query-client.js';
import type { RegistryEntry } from '../../api/types.js';
import { policiesQuery, policyQuery, revisionQuery } from './policies.queries.js';

type RegistryPath = 'categories' | 'purposes' | 'services' | 'recipients' | 'third-party-services';

/** What clauses may refer to, with the names people know it by. */
export interface Registries extends RulebookRegistry {
  readonly named: Readonly<Record<RegistryPath, readonly RegistryEntry[]>>;
}

export const registriesQuery = queryOptions({
  queryKey: [...registriesKey, 'all'],
  staleTime: 60_000,
  queryFn: async (): Promise<Registries> => {
    const [categories, purposes, services, recipients, thirdPartyServices] = await Promise.all(
      (['categories', 'purposes', 'services', 'recipients', 'third-party-services'] as const).map((registry) =>
        everyPage<RegistryEntry>((query) => answerOf(api.GET(`/api/v1/operator/${registry}`, { params: { query } }))),
      ),
    );
    return toRegistries({
      categories: categories ?? [],
      purposes: purposes ?? [],
      services: services ?? [],
      recipients: recipients ?? [],
      'third-party-services': thirdPartyServices ?? [],
    });
  },
});

/** The texts in force of every policy but this one: materiality is computed beside them. */
export const neighboursQuery = (slug: string) =>
  queryOptions({
    queryKey: ['policies', slug, 'neighbours'],
    queryFn: async (): Promise<readonly PolicyDocument[]> => {
      const items = await queryClient.fetchQuery(policiesQuery);
      const ids = items.flatMap((policy) => (policy.slug !== slug && policy.inForce ? [policy.inForce.id] : []));
      const revisions = await Promise.all(ids.map((id) => queryClient.fetchQuery(revisionQuery(id))));
      return revisions.map(({ document }) => document as PolicyDocument);
    },
  });

/** The text in force of a policy; null before its first revision took effect, undefined while it loads. */
export function useDocumentInForce(slug: string): PolicyDocument | null | undefined {
  const policy = useQuery(policyQuery(slug)).data;
  const id = policy?.inForce?.id;
  const revision = useQuery({ ...revisionQuery(id ?? ''), enabled: id !== undefined });
  if (policy && !policy.inForce) return null;
  return revision.data?.document as PolicyDocument | undefined;
}

function toRegistries(named: Registries['named']): Registries {
  return {
    ...offlineRegistry(profiles['cn-pipl']),
    named,
    catalogue: {
      categories: named.categories.map(({ code = '', name, sensitive = false, location = false }) => ({
        code,
        label: labelOf(name),
        isSensitive: sensitive,
        isLocation: location,
      })),
      purposes: named.purposes.map(({ code = '', name, coveredByGpc = false }) => ({
        code,
        label: labelOf(name),
        isCoveredByGpc: coveredByGpc,
      })),
    },
    services: named.services.map(({ code = '' }) => code),
    recipients: named.recipients.map(({ slug = '', kind, region = 'CN', active = true, contractUntil = null }) => ({
      slug,
      kind: kind as 'processor',
      region,
      active,
      contractUntil,
    })),
    thirdPartyServices: named['third-party-services'].map(({ slug = '' }) => slug),
  };
}

function labelOf(name: RegistryEntry['name']): { 'zh-CN': string; en: string } {
  return { 'zh-CN': name['zh-CN'] ?? name.en ?? '', en: name.en ?? name['zh-CN'] ?? '' };
}
