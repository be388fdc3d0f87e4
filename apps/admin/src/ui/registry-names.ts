import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { everyPage, registriesKey } from '../api/every-page.js';
import type { RegistryEntry } from '../api/types.js';
import { useLocalized } from '../i18n/language.js';
import { usePermission } from '../session/permissions.js';

export type NamedRegistry = 'purposes' | 'categories' | 'services' | 'recipients';

const registries: readonly NamedRegistry[] = ['purposes', 'categories', 'services', 'recipients'];

const namesQuery = queryOptions({
  queryKey: [...registriesKey, 'names'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const entries = await Promise.all(
      registries.map((registry) =>
        everyPage<RegistryEntry>((query) =>
          answerOf(api.GET(`/api/v1/operator/${registry}`, { params: { query }, signal })),
        ),
      ),
    );
    return new Map(
      registries.map((registry, index) => [
        registry,
        new Map((entries[index] ?? []).map((entry) => [codeOf(entry), entry.name])),
      ]),
    );
  },
});

export interface RegistryNames {
  /** What people call the code; the code itself where it is not registered, or may not be looked up, three dots until that is known. */
  readonly nameOf: (registry: NamedRegistry, code: string) => string;
  /** To choose from; null where the operator may not read registries and has to type the code. */
  readonly optionsOf: (registry: NamedRegistry) => readonly { value: string; label: string }[] | null;
}

/** What is registered, by the names that the reader knows it by. */
export function useRegistryNames(): RegistryNames {
  const mayRead = usePermission('registry.read');
  const localized = useLocalized();
  const { data: names, isLoading } = useQuery({ ...namesQuery, enabled: mayRead });
  return {
    nameOf: (registry, code) => localized(names?.get(registry)?.get(code)) || (isLoading ? '…' : code),
    optionsOf: (registry) =>
      mayRead
        ? [...(names?.get(registry) ?? [])].map(([value, name]) => ({ value, label: `${localized(name)} · ${value}` }))
        : null,
  };
}

/** Clauses cite recipients by slug, everything else by code. */
function codeOf({ code, slug }: RegistryEntry): string {
  return code ?? slug ?? '';
}
