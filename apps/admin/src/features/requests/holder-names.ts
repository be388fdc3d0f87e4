import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';

/** What people call whoever keeps data: a part of the product, or a service outside as the server says with it. */
export function useHolderName(names: Readonly<Record<string, unknown>>): (name: string) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (name) =>
    localized(names[name] as LocalizedText) ||
    t(`requests.holderNames.${name.replaceAll('.', '_')}`, { defaultValue: name });
}

/** In the order of what people call each. */
export function byName<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Row[] {
  return rows.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

/** What people call a kind of data or a purpose, as the server says with it; what is of none says something about the records themselves. */
export function useCategoryName(names: Readonly<Record<string, unknown>>): (code: string) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (code) => localized(names[code] as LocalizedText) || (code === 'none' ? t('requests.aboutRecords') : code);
}
