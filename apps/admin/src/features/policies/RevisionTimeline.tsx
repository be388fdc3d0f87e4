import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RevisionSummary } from './policies.types.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';

const colours: Partial<Record<RevisionSummary['state'], string>> = {
  effective: 'green',
  scheduled: 'orange',
  withdrawn: 'gray',
  superseded: 'gray',
};

/** The revisions of a policy, newest first, each with what it became and how it can be compared. */
export function RevisionTimeline({ revisions }: { revisions: readonly RevisionSummary[] }) {
  const { t } = useTranslation();
  const ordered = revisions.toSorted((a, b) => b.number - a.number);
  const items = ordered.map((revision, index) => ({
    key: revision.id,
    color: colours[revision.state] ?? 'blue',
    content: <Entry revision={revision} previous={ordered[index + 1]} />,
  }));
  if (items.length === 0) return <p className="secondary">{t('policies.noRevisions')}</p>;
  return <Timeline items={items} />;
}

function Entry({ revision, previous }: { revision: RevisionSummary; previous: RevisionSummary | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Link to={`/revisions/${revision.id}`}>{t('policies.number', { number: revision.number })}</Link>{' '}
        <StateTag state={revision.state} />
        {revision.materiality && <StateTag state={revision.materiality} />}
      </div>
      <div className="secondary">
        {revision.effectiveAt ? (
          <>
            {t(revision.state === 'scheduled' ? 'policies.takesEffectAt' : 'policies.tookEffectAt')}{' '}
            <Time at={revision.effectiveAt} />
          </>
        ) : (
          <>
            {t('policies.changedAt')} <Time at={revision.updatedAt} />
          </>
        )}
        {previous && (
          <>
            {' · '}
            <Link to={`/revisions/${revision.id}/comparison?with=${previous.id}`}>
              {t('policies.compareWith', { number: previous.number })}
            </Link>
          </>
        )}
      </div>
    </>
  );
}
