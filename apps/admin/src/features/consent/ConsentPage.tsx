import { Navigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useOperator } from '../../session/session.queries.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Page } from '../../ui/Page.js';
import { usableTabs } from './consent-tabs.js';

/** Leads to the first page under Consent that this operator can use. */
export function ConsentPage() {
  const { t } = useTranslation();
  const [first] = usableTabs(useOperator().permissions);
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('frame.entries.consent')}>
      <EmptyState text={t('consent.nothingUsable')} />
    </Page>
  );
}
