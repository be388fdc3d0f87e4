import { useTranslation } from 'react-i18next';
import type { LocalizedText } from '../api/types.js';
import { useLocalized } from '../i18n/language.js';
import css from './states.module.css';

/** What a change would open, a sentence each, as far as it is listed. */
export function OpensList({ opens, more }: { opens: readonly LocalizedText[]; more: number }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  if (opens.length === 0 && more === 0) return null;
  return (
    <ul className={css['list']}>
      {opens.map((sentence, index) => (
        <li key={index}>{localized(sentence)}</li>
      ))}
      {more > 0 && <li className="secondary">{t('changes.opensMore', { count: more })}</li>}
    </ul>
  );
}
