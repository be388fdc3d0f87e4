import { useTranslation } from 'react-i18next';
import { TabLinks } from '../../ui/TabLinks.js';

/** Notices of policy changes, and beside them what is sent only to those who allow it. */
export function CampaignTabs() {
  const { t } = useTranslation();
  const tabs = [
    { to: '/campaigns', label: t('campaigns.tab') },
    { to: '/outreaches', label: t('outreach.name') },
  ];
  return <TabLinks label={t('frame.entries.campaigns')} tabs={tabs} />;
}
