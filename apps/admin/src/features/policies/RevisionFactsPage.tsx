import { useQuery } from '@tanstack/react-query';
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Revision } from '../../api/types.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { StateTag } from '../../ui/StateTag.js';
import { useLocalized } from '../../i18n/language.js';
import { Time } from '../../ui/Time.js';
import { ConditionsPanel } from './decide/ConditionsPanel.js';
import { RevisionActs } from './decide/RevisionActs.js';
import { revisionQuery } from './policies.queries.js';
import { RevisionHead } from './RevisionHead.js';

/** Facts left, what happened to the revision right: each change with who, when and why. */
export function RevisionFactsPage() {
  const { id = '' } = useParams();
  const revision = useQuery(revisionQuery(id));
  return <Loaded query={revision}>{(found) => <RevisionFacts revision={found} />}</Loaded>;
}

function RevisionFacts({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  return (
    <RevisionHead revision={revision} actions={<RevisionActs revision={revision} />}>
      <TwoColumns
        left={
          <>
            {revision.conditions && (
              <ConditionsPanel conditions={revision.conditions} campaignId={revision.campaignId} />
            )}
            <Panel title={t('policies.facts')}>
              <Facts
                rows={[
                  [
                    t('policies.contentHash'),
                    <span key="hash" className="code">
                      {revision.contentHash}
                    </span>,
                  ],
                  [t('policies.materiality'), revision.materiality && <StateTag state={revision.materiality} />],
                  [
                    t('policies.raised'),
                    revision.raisedTo && `${t(`states.${revision.raisedTo}`)}: ${revision.raiseReason ?? ''}`,
                  ],
                  [t('policies.effectiveAt'), revision.effectiveAt && <Time at={revision.effectiveAt} />],
                  [t('policies.submittedBy'), revision.submittedBy?.name],
                  [t('policies.approvedBy'), revision.approvedBy?.name],
                  [t('policies.createdAt'), <Time key="created" at={revision.createdAt} />],
                  [
                    t('frame.entries.campaigns'),
                    revision.campaignId && (
                      <Link to={`/campaigns/${revision.campaignId}`}>{t('policies.openCampaign')}</Link>
                    ),
                  ],
                ]}
              />
            </Panel>
          </>
        }
        right={
          <Panel
            title={t('policies.history')}
            extra={<Link to={`/audit?objectId=${revision.id}`}>{t('policies.auditEntries')}</Link>}
          >
            <Timeline
              items={revision.history
                .toReversed()
                .map((entry) => ({ key: `${entry.at} ${entry.act}`, content: <HistoryEntry entry={entry} /> }))}
            />
          </Panel>
        }
      />
    </RevisionHead>
  );
}

function HistoryEntry({ entry }: { entry: Revision['history'][number] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <>
      <div>
        {t(`policies.acts.${entry.act}`, { defaultValue: entry.act })} · {entry.by?.name ?? t('policies.bySystem')}
      </div>
      <div className="secondary">
        <Time at={entry.at} />
      </div>
      {entry.comment && <div>{entry.comment}</div>}
      {entry.answers?.map(({ id, summary, answer }) => (
        <div key={id}>
          <span className="secondary">{localized(summary)}</span> {answer}
        </div>
      ))}
    </>
  );
}
