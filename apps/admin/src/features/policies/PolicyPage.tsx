import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PolicySummary, RevisionSummary } from './policies.types.js';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { policyQuery, revisionsQuery } from './policies.queries.js';
import { RevisionTimeline } from './RevisionTimeline.js';
import { StartDraftButton } from './StartDraftButton.js';

export function PolicyPage() {
  const { slug = '' } = useParams();
  const policy = useQuery(policyQuery(slug));
  return <Loaded query={policy}>{(found) => <PolicyView policy={found} />}</Loaded>;
}

function PolicyView({ policy }: { policy: PolicySummary }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const revisions = useQuery(revisionsQuery(policy.slug));
  const waiting = policy.open ?? policy.scheduled;
  return (
    <Page
      title={localized(policy.title)}
      trail={<Link to="/policies">{t('frame.entries.policies')}</Link>}
      tags={<Tag>{t(`policies.kinds.${policy.kind}`)}</Tag>}
      purpose={t(waiting ? `policies.stands.${waiting.state}` : 'policies.stands.nothingOpen', {
        number: waiting?.number,
      })}
      actions={<PolicyActs policy={policy} />}
    >
      <TwoColumns
        left={
          <Panel title={t('policies.facts')}>
            <PolicyFacts policy={policy} />
          </Panel>
        }
        right={
          <Panel title={t('policies.revisions')}>
            <Loaded query={revisions}>{(items) => <RevisionTimeline revisions={items} />}</Loaded>
          </Panel>
        }
      />
    </Page>
  );
}

function PolicyActs({ policy }: { policy: PolicySummary }) {
  const { t } = useTranslation();
  const mayEdit = usePermission('policy.edit');
  return (
    <>
      {mayEdit && <LinkButton to={`/policies/import?into=${policy.slug}`}>{t('policies.list.import')}</LinkButton>}
      {policy.open && (
        <LinkButton type="primary" to={`/revisions/${policy.open.id}`}>
          {t(policy.open.state === 'draft' && mayEdit ? 'policies.continueDraft' : 'policies.openRevision', {
            number: policy.open.number,
          })}
        </LinkButton>
      )}
      {!policy.open && policy.inForce && mayEdit && <StartDraftButton slug={policy.slug} from={policy.inForce.id} />}
    </>
  );
}

function PolicyFacts({ policy }: { policy: PolicySummary }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [
          t('policies.slug'),
          <span key="slug" className="code">
            {policy.slug}
          </span>,
        ],
        [t('policies.kind'), t(`policies.kinds.${policy.kind}`)],
        [t('policies.service'), policy.service],
        [t('states.effective'), policy.inForce && <RevisionFact revision={policy.inForce} />],
        [t('states.scheduled'), policy.scheduled && <RevisionFact revision={policy.scheduled} />],
        [t('policies.revisions'), policy.revisionCount],
        [
          t('policies.publicPage'),
          policy.inForce && (
            <a key="public" href={`/policies/${policy.slug}`} target="_blank" rel="noreferrer">
              /policies/{policy.slug}
            </a>
          ),
        ],
      ]}
    />
  );
}

function RevisionFact({ revision }: { revision: RevisionSummary }) {
  const { t } = useTranslation();
  return (
    <>
      <Link to={`/revisions/${revision.id}`}>{t('policies.number', { number: revision.number })}</Link> ·{' '}
      <Time at={revision.effectiveAt} />
    </>
  );
}
