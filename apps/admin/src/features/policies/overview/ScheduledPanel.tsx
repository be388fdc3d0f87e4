import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Revision } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Panel } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DaysLeft, Time } from '../../../ui/Time.js';
import css from '../../../ui/Rows.module.css';

/** What is announced, when it takes effect, and what it still waits for. */
export function ScheduledPanel({ revisions }: { revisions: readonly Revision[] }) {
  const { t } = useTranslation();
  const scheduled = revisions.filter(({ state }) => state === 'scheduled');
  return (
    <Panel title={t('overview.scheduled')}>
      {scheduled.length === 0 ? (
        <EmptyState text={t('overview.nothingScheduled')} />
      ) : (
        <ul className={css['rows']}>
          {scheduled.map((revision) => (
            <li key={revision.id}>
              <ScheduledRow revision={revision} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ScheduledRow({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  // The line above says when, with the days left.
  const missing = (revision.conditions?.missing ?? []).filter(({ code }) => code !== 'effectiveAtAhead');
  return (
    <div className={css['what']}>
      <div>
        <Link to={`/revisions/${revision.id}/facts`}>
          {t('policies.titleAndNumber', { title: localized(revision.policy.title), number: revision.number })}
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
