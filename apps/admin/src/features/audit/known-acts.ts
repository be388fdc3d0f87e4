import { useTranslation } from 'react-i18next';

export interface KnownAct {
  readonly value: string;
  readonly label: string;
}

/** The acts that have words, module by module; a feature brings those of its own with its texts. */
export function useKnownActs(): readonly KnownAct[] {
  const { i18n } = useTranslation();
  const acts = i18n.getResource(i18n.language, 'translation', 'acts') as Record<string, Record<string, string>>;
  return Object.entries(acts).flatMap(([module, words]) =>
    Object.entries(words).map(([act, label]) => ({ value: `${module}.${act}`, label })),
  );
}
