import { useTranslation } from 'react-i18next';
import { useOperator } from '../../session/session.queries.js';
import { TabLinks } from '../../ui/TabLinks.js';
import { usableTabs } from './consent-tabs.js';

/** The pages under Consent that this operator can use. */
export function ConsentTabs() {
  const { t } = useTranslation();
  const tabs = usableTabs(useOperator().permissions);
  return <TabLinks label={t('consent.tabs')} tabs={tabs.map(({ to, label }) => ({ to, label: t(label) }))} />;
}
