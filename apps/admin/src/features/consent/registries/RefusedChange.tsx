import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../../../api/problem.js';
import { useProblemText } from '../../../ui/problem-text.js';
import css from './registries.module.css';

/** Why an entry was not changed: which places of which policies rely on it, which flags stay, or that somebody was faster. */
export function RefusedChange({ error, takeSaved }: { error: ProblemError; takeSaved: () => void }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const title = isStale(error) ? t('consent.stale') : textOf(error).title;
  const action = isStale(error) && (
    <Button size="small" onClick={takeSaved}>
      {t('consent.takeSaved')}
    </Button>
  );
  return (
    <Alert
      className={css['refused'] ?? ''}
      type="error"
      showIcon
      title={title}
      action={action}
      {...(hasPlaces(error) ? { description: <Places error={error} /> } : {})}
    />
  );
}

function isStale({ status }: ProblemError): boolean {
  return status === 412;
}

function hasPlaces(error: ProblemError): boolean {
  return error.errors.length > 0 || protectedFields(error).length > 0;
}

/** The flags that the server keeps on for what comes with the product. */
function protectedFields({ extra }: ProblemError): readonly string[] {
  return Array.isArray(extra['fields']) ? extra['fields'].map(String) : [];
}

function Places({ error }: { error: ProblemError }) {
  const { t } = useTranslation();
  return (
    // A long list scrolls, and must then be reachable by keyboard.
    <div className={css['places']} role="region" aria-label={t('consent.places')} tabIndex={0}>
      <ul>
        {error.errors.map(({ pointer, code, message }, index) => (
          <li key={`${pointer} ${code} ${index}`}>
            {message} <span className="code secondary">{pointer}</span>
          </li>
        ))}
        {protectedFields(error).map((field) => (
          <li key={field}>{t(`consent.protected.${field}`, { defaultValue: field })}</li>
        ))}
      </ul>
    </div>
  );
}
