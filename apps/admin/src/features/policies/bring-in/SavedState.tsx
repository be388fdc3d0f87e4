import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { UnreachableError } from '../../../api/problem.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import type { Decisions } from './use-decisions.js';
import css from './bring-in.module.css';

/** Whether what was decided is saved; where it cannot be, that it is kept, and a way to try again. */
export function SavedState({ decisions: { waiting, error, save } }: { decisions: Decisions }) {
  const { t } = useTranslation();
  if (error instanceof UnreachableError) {
    return (
      <Alert
        type="warning"
        showIcon
        title={t('bringIn.saving.away', { count: waiting })}
        action={
          <Button size="small" onClick={() => void save()}>
            {t('bringIn.saving.again')}
          </Button>
        }
      />
    );
  }
  if (error) {
    return (
      <div>
        <ProblemAlert error={error} />
        {waiting > 0 && (
          <Button size="small" onClick={() => void save()}>
            {t('bringIn.saving.again')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <span className={css['saved']} role="status">
      {t(waiting > 0 ? 'bringIn.saving.going' : 'bringIn.saving.saved')}
    </span>
  );
}
