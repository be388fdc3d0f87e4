import { Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.js';
import { Page } from '../../ui/Page.js';
import { usePageTabs } from '../../ui/page-tabs.js';

/** Leads to the first page under Consent that this operator can use. */
export function ConsentPage() {
  const { t } = useTranslation();
  const [first] = usePageTabs('consent');
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('frame.entries.consent')}>
      <EmptyState text={t('consent.nothingUsable')} />
    </Page>
  );
}
