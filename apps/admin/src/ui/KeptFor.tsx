import { durationWords, type RetentionPromise } from '@abide/rulebook';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../api/types.js';
import { useRegistryNames } from './registry-names.js';

/** What a clause promises of how long something is kept. */
export type Keeping = Pick<RetentionPromise, 'purposes' | 'policy' | 'revision' | 'clauseId'> & {
  readonly period: string | null;
  readonly until: string | null;
  readonly then: string;
};

/** How long, what follows, and the clause that promises it, in the words that people read. */
export function KeptFor({ keeping }: { keeping: Keeping | null }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useRegistryNames();
  if (!keeping) return <>{t('ui.kept.noPromise')}</>;
  const { purposes, period, until, then, policy, revision, clauseId } = keeping;
  const time =
    period === null
      ? t(`ui.kept.until.${until}`, { defaultValue: until ?? '' })
      : durationWords(period, i18n.language as Locale);
  return (
    <>
      {purposes &&
        t('ui.kept.forPurposes', {
          purposes: purposes.map((code) => nameOf('purposes', code)).join(t('ui.listSeparator')),
        })}
      {t(`ui.kept.then.${then}`, { time, defaultValue: time })}{' '}
      <a href={`/policies/${policy}/${revision}#c-${clauseId}`} target="_blank" rel="noreferrer">
        {t('ui.kept.clause', { policy, revision, clause: clauseId })}
      </a>
    </>
  );
}
