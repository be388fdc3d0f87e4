import { useTranslation } from 'react-i18next';
import { useRegistryNames } from '../../ui/registry-names.js';

/** What people call a kind of data; what is of none are records of the product itself, such as codes and sessions. */
export function useKindName(): (category: string) => string {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return (category) => (category === 'none' ? t('retention.ownRecords') : nameOf('categories', category));
}
