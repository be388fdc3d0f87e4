import { useRegistryNames } from '../../../ui/registry-names.js';

interface Named {
  readonly category?: string | null;
  readonly categories?: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
}

/** What a choice or a consent is narrowed to, in the reader's words; empty where it is not narrowed. */
export function useChoiceName(): (named: Named) => string {
  const { nameOf } = useRegistryNames();
  return ({ category, categories, service, recipient, region }) => {
    const kinds = categories ?? (category ? [category] : []);
    const parts = [
      ...kinds.map((one) => nameOf('categories', one)),
      service && nameOf('services', service),
      recipient && nameOf('recipients', recipient),
      region,
    ];
    return parts.filter(Boolean).join(' · ');
  };
}
