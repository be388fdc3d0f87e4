import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Panel } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DaysLeft, Time } from '../../../ui/Time.js';
import css from '../../../ui/Rows.module.css';
import type { OpenRevision } from '../policies.types.js';

/** What is announced, when it takes effect, and what it still waits for. */
export function ScheduledPanel({ rows }: { rows: readonly OpenRevision[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('policies.announced')}>
      {rows.length === 0 ? (
        <EmptyState text={t('policies.nothingAnnounced')} />
      ) : (
        <ul className={css['rows']}>
          {rows.map((revision) => (
            <li key={revision.id}>
              <ScheduledRow revision={revision} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ScheduledRow({ revision }: { revision: OpenRevision }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  // The line above says when, with the days left.
  const missing = revision.missing.filter(({ code }) => code !== 'effectiveAtAhead');
  return (
    <div className={css['what']}>
      <div>
        <Link to={`/revisions/${revision.id}/facts`}>
          {t('policies.titleAndNumber', { title: localized(revision.title), number: revision.number })}
        </Link>{' '}
        {revision.materiality && <StateTag state={revision.materiality} />}
      </div>
      <div className="secondary">
        {t('policies.takesEffectAt')} <Time at={revision.effectiveAt} />
        {revision.effectiveAt && (
          <>
            {' · '}
            <DaysLeft until={revision.effectiveAt} />
          </>
        )}
      </div>
      {missing.length > 0 ? (
        <ul className={css['missing']}>
          {missing.map(({ code, message }) => (
            <li key={code}>{localized(message)}</li>
          ))}
        </ul>
      ) : (
        <div>{t('policies.conditions.met')}</div>
      )}
    </div>
  );
}
