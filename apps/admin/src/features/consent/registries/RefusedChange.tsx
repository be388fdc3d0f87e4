import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../../../api/problem.js';
import { useProblemText } from '../../../ui/problem-text.js';
import css from './registries.module.css';

/** Why an entry was not changed: which places of which policies rely on it, which flags stay, or that somebody was faster. */
export function RefusedChange({ error, takeSaved }: { error: ProblemError; takeSaved: () => void }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const isStale = error.status === 412;
  return (
    <Alert
      className={css['refused'] ?? ''}
      type="error"
      showIcon
      title={isStale ? t('consent.stale') : textOf(error).title}
      description={<Places error={error} />}
      action={
        isStale && (
          <Button size="small" onClick={takeSaved}>
            {t('consent.takeSaved')}
          </Button>
        )
      }
    />
  );
}

function Places({ error }: { error: ProblemError }) {
  const { t } = useTranslation();
  const fields = Array.isArray(error.extra['fields']) ? error.extra['fields'].map(String) : [];
  if (error.errors.length === 0 && fields.length === 0) return null;
  return (
    <ul className={css['places']}>
      {error.errors.map(({ pointer, code, message }, index) => (
        <li key={`${pointer} ${code} ${index}`}>
          {message} <span className="code secondary">{pointer}</span>
        </li>
      ))}
      {fields.map((field) => (
        <li key={field}>{t(`consent.protected.${field}`, { defaultValue: field })}</li>
      ))}
    </ul>
  );
}
