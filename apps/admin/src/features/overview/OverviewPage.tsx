import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.js';

export function OverviewPage() {
  const { t } = useTranslation();
  return <Page title={t('frame.entries.overview')}>{null}</Page>;
}
