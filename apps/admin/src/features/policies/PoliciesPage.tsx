import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { PolicySummary, RevisionSummary } from './policies.types.js';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';

export function PoliciesPage() {
  const { t } = useTranslation();
  const mayEdit = usePermission('policy.edit');
  const actions = mayEdit && (
    <>
      <LinkButton to="/policies/new">{t('policies.list.write')}</LinkButton>
      <LinkButton to="/policies/import" type="primary">
        {t('policies.list.import')}
      </LinkButton>
    </>
  );
  return (
    <Page title={t('frame.entries.policies')} purpose={t('policies.list.purpose')} actions={actions}>
      <DataTable
        name="policies"
        label={t('frame.entries.policies')}
        columns={usePolicyColumns()}
        rowKey={(policy) => policy.id}
        queryKey={['policies']}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/policies', { params: { query: { ...(cursor ? { cursor } : {}) } }, signal }),
          )
        }
        empty={{
          text: t('policies.list.empty'),
          action: mayEdit && <Link to="/policies/import">{t('policies.list.import')}</Link>,
        }}
      />
    </Page>
  );
}

function usePolicyColumns(): Column<PolicySummary>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  return [
    {
      key: 'title',
      title: t('policies.policy'),
      fixed: true,
      render: (policy) => <Link to={`/policies/${policy.slug}`}>{localized(policy.title)}</Link>,
      csv: (policy) => localized(policy.title),
      sortBy: (policy) => localized(policy.title),
    },
    {
      key: 'slug',
      title: t('policies.slug'),
      render: (policy) => <span className="code">{policy.slug}</span>,
      csv: (policy) => policy.slug,
      sortBy: (policy) => policy.slug,
    },
    {
      key: 'kind',
      title: t('policies.kind'),
      render: (policy) => [t(`policies.kinds.${policy.kind}`), policy.service].filter(Boolean).join(' · '),
      csv: (policy) => policy.kind,
      sortBy: (policy) => policy.kind,
    },
    {
      key: 'inForce',
      title: t('states.effective'),
      render: (policy) => <RevisionCell revision={policy.inForce} />,
      csv: (policy) => policy.inForce?.number,
    },
    {
      key: 'scheduled',
      title: t('states.scheduled'),
      render: (policy) => <RevisionCell revision={policy.scheduled} />,
      csv: (policy) => policy.scheduled?.number,
    },
    {
      key: 'open',
      title: t('policies.open'),
      render: (policy) => <RevisionCell revision={policy.open} withState />,
      csv: (policy) => policy.open && `${policy.open.number} ${policy.open.state}`,
    },
    {
      key: 'count',
      title: t('policies.revisions'),
      align: 'end',
      render: (policy) => policy.revisionCount,
      csv: (policy) => policy.revisionCount,
      sortBy: (policy) => policy.revisionCount,
    },
  ];
}

function RevisionCell({ revision, withState = false }: { revision: RevisionSummary | null; withState?: boolean }) {
  const { t } = useTranslation();
  if (!revision) return <span aria-hidden>–</span>;
  return (
    <>
      <Link to={`/revisions/${revision.id}`}>{t('policies.number', { number: revision.number })}</Link>{' '}
      {withState ? <StateTag state={revision.state} /> : revision.effectiveAt && <Time at={revision.effectiveAt} />}
    </>
  );
}
