import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { ProblemAlert } from './ProblemAlert.js';
import css from './states.module.css';

/** What could not be loaded, why, and the way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={css['state']} role="alert">
      <ProblemAlert error={error} />
      {retry && !isForbidden(error) && <Button onClick={retry}>{t('ui.retry')}</Button>}
    </div>
  );
}

/** Trying again does not help who lacks a permission. */
function isForbidden(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'operator.forbidden';
}
