import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PendingChange, Revision } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Panel } from '../../ui/Panel.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { WaitingChanges } from '../changes/WaitingChanges.js';
import { nextActFor } from './next-act.js';
import css from '../../ui/Rows.module.css';

/** Revisions and changes that wait for an act of this operator; beneath them those that wait for somebody else. */
export function WaitingPanel({
  revisions,
  changes,
}: {
  revisions: readonly Revision[];
  changes: readonly PendingChange[];
}) {
  const { t } = useTranslation();
  const open = revisions.filter(({ state }) => state !== 'scheduled');
  const mine = open.filter((revision) => nextActFor(revision) !== null);
  const others = open.filter((revision) => nextActFor(revision) === null);
  const [myChanges, otherChanges] = [
    changes.filter(({ mayConfirm }) => mayConfirm),
    changes.filter(({ mayConfirm }) => !mayConfirm),
  ];
  return (
    <>
      <Panel title={t('overview.mine')}>
        {mine.length + myChanges.length === 0 && (
          <EmptyState
            text={t('overview.nothingMine')}
            action={<Link to="/policies">{t('overview.toPolicies')}</Link>}
          />
        )}
        {myChanges.length > 0 && <WaitingChanges changes={myChanges} />}
        {mine.length > 0 && <Rows revisions={mine} />}
      </Panel>
      {others.length + otherChanges.length > 0 && (
        <Panel title={t('overview.others')}>
          {otherChanges.length > 0 && <WaitingChanges changes={otherChanges} />}
          {others.length > 0 && <Rows revisions={others} />}
        </Panel>
      )}
    </>
  );
}

function Rows({ revisions }: { revisions: readonly Revision[] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <ul className={css['rows']}>
      {revisions.map((revision) => {
        const act = nextActFor(revision);
        return (
          <li key={revision.id}>
            <div className={css['what']}>
              <div>
                <Link to={`/revisions/${revision.id}`}>
                  {t('policies.titleAndNumber', { title: localized(revision.policy.title), number: revision.number })}
                </Link>{' '}
                <StateTag state={revision.state} />
              </div>
              <div className="secondary">
                {t('policies.changedAt')} <Time at={revision.updatedAt} />
              </div>
            </div>
            {act && (
              <LinkButton
                size="small"
                type={act === 'approval' ? 'primary' : 'default'}
                to={act === 'submission' ? `/revisions/${revision.id}` : `/revisions/${revision.id}/${act}`}
              >
                {t(`overview.acts.${act}`)}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}
