import { useTranslation } from 'react-i18next';
import { TabLinks } from '../../ui/TabLinks.js';
import { collectionTabs } from './collection-tabs.js';

/** The pages under Collection. */
export function CollectionTabs() {
  const { t } = useTranslation();
  return (
    <TabLinks label={t('collection.tabs')} tabs={collectionTabs.map(({ to, label }) => ({ to, label: t(label) }))} />
  );
}
