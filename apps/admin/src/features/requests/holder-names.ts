import { useTranslation } from 'react-i18next';

/** What people call whoever keeps data. */
export function useHolderName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => t(`requests.holderNames.${name.replaceAll('.', '_')}`, { defaultValue: name });
}
