import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/document-title.js';
import { FactorEnrolment } from './FactorEnrolment.js';
import { sessionQuery } from './session.queries.js';
import css from './SignInPage.module.css';

/** Where a second factor is required, nothing else can be done before one is set up; it ends every session. */
export function FactorRequiredPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  useDocumentTitle(t('session.factor.title'));
  return (
    <main className={css['page']}>
      <div className={css['card']}>
        <h1 className={css['title']}>{t('session.factor.title')}</h1>
        <p className="secondary">{t('session.factor.required')}</p>
        <FactorEnrolment done={() => client.setQueryData(sessionQuery.queryKey, null)} />
      </div>
    </main>
  );
}
