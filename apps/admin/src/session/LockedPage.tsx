import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/document-title.js';
import type { Lock } from './session-tabs.js';
import css from './SignInPage.module.css';

/** Another operator signed in to this browser: nothing of the one before is shown or sent any more. */
export function LockedPage({ lock }: { lock: Lock }) {
  const { t } = useTranslation();
  useDocumentTitle(t('session.locked.title'));
  return (
    <main className={css['page']}>
      <div className={css['card']}>
        <h1 className={css['title']}>{t('session.locked.title')}</h1>
        <Alert
          type="warning"
          showIcon
          title={t('session.locked.why', { name: lock.name ?? t('session.locked.somebodyElse') })}
          style={{ marginTop: 12 }}
        />
        <Button type="primary" block href="/console/" style={{ marginTop: 16 }}>
          {lock.name === null ? t('session.locked.goOn') : t('session.locked.act', { name: lock.name })}
        </Button>
      </div>
    </main>
  );
}
