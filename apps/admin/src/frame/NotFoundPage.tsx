import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState.js';
import { Page } from '../ui/Page.js';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.notFound.title')}>
      <EmptyState text={t('frame.notFound.text')} action={<Link to="/">{t('frame.notFound.back')}</Link>} />
    </Page>
  );
}
