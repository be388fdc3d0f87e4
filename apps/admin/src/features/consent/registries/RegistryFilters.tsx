import { useTranslation } from 'react-i18next';
import { SelectFilter, TextFilter } from '../../../ui/filters.js';
import { flagsOf, type RegistryKind } from './registry-kinds.js';

export function RegistryFilters({ kind }: { kind: RegistryKind }) {
  const { t } = useTranslation();
  const yesOrNo = [
    { value: 'yes', label: t('consent.yes') },
    { value: 'no', label: t('consent.no') },
  ];
  const origins = [
    { value: 'product', label: t('consent.origins.product') },
    { value: 'here', label: t('consent.origins.here') },
  ];
  return (
    <>
      <TextFilter name="text" label={t('consent.codeOrName')} width={200} />
      {flagsOf(kind).map((flag) => (
        <SelectFilter key={flag} name={flag} label={t(`consent.flags.${flag}`)} options={yesOrNo} />
      ))}
      {kind.hasSeed && <SelectFilter name="origin" label={t('consent.origin')} options={origins} />}
    </>
  );
}
