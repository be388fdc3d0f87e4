import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from '../ui/EmptyState.js';

/** A page that could not be drawn: most often the console was updated meanwhile and the old files are gone. */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  console.error(error);
  return (
    <EmptyState
      text={t('frame.crash')}
      action={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('frame.reload')}
        </Button>
      }
    />
  );
}
