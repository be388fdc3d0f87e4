import { labelOf, recipientKinds } from '@abide/rulebook';
import type { Locale, RegistryEntry } from '../../../api/types.js';
import { localized } from '../../../i18n/language.js';
import type { Registries } from '../registry.queries.js';

interface Option {
  readonly value: string;
  readonly label: string;
}

export type CataloguePart = 'categories' | 'purposes' | 'services' | 'recipients' | 'thirdPartyServices';

/** What can be picked, by the name people know it by and the code that clauses cite; `everything` names the star. */
export function catalogueOptions(
  { named }: Registries,
  from: CataloguePart,
  { language, everything }: { language: Locale; everything: string },
): Option[] {
  switch (from) {
    case 'categories':
      return [
        { value: '*', label: `${everything} · *` },
        ...named.categories.map((entry) => optionOf(entry, entry.code, language)),
      ];
    case 'purposes':
      return named.purposes.map((entry) => optionOf(entry, entry.code, language));
    case 'services':
      return named.services.filter(({ active = true }) => active).map((entry) => optionOf(entry, entry.code, language));
    case 'thirdPartyServices':
      return named['third-party-services'].map((entry) => optionOf(entry, entry.slug, language));
    case 'recipients':
      return [
        ...recipientKinds.map((kind) => ({ value: kind, label: labelOf('recipientKind', kind, language) })),
        ...named.recipients.map((entry) => ({
          ...optionOf(entry, entry.slug, language),
          value: `recipient:${entry.slug ?? ''}`,
        })),
      ];
  }
}

function optionOf(entry: RegistryEntry, code: string | undefined, language: Locale): Option {
  const star = entry.sensitive ? ' ★' : '';
  return { value: code ?? '', label: `${localized(entry.name, language)}${star} · ${code ?? ''}` };
}
