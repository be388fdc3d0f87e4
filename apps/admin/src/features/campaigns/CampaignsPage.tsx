import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { Campaign } from './campaigns.types.js';
import { useLocalized } from '../../i18n/language.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Meter } from '../../ui/Meter.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { usePolicyName } from '../../ui/policy-names.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';

export function CampaignsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.entries.campaigns')} purpose={t('campaigns.purpose')}>
      <PageTabs of="campaigns" label={t('frame.entries.campaigns')} />
      <DataTable
        name="campaigns"
        label={t('frame.entries.campaigns')}
        columns={useCampaignColumns()}
        rowKey={(campaign) => campaign.id}
        queryKey={['campaigns']}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/campaigns', { params: { query: { ...(cursor ? { cursor } : {}) } }, signal }),
          )
        }
        empty={{ text: t('campaigns.empty'), action: <Link to="/policies">{t('campaigns.toPolicies')}</Link> }}
      />
    </Page>
  );
}

function useCampaignColumns(): Column<Campaign>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  const policyName = usePolicyName();
  return [
    {
      key: 'title',
      title: t('campaigns.title'),
      fixed: true,
      render: (row) => <Link to={`/campaigns/${row.id}`}>{localized(row.title)}</Link>,
      csv: (row) => localized(row.title),
      sortBy: (row) => localized(row.title),
    },
    {
      key: 'revision',
      title: t('campaigns.revision'),
      render: (row) => (
        <Link to={`/revisions/${row.revisionId}`}>
          {t('campaigns.ofRevision', { policy: policyName(row.policySlug), number: row.revisionNumber })}
        </Link>
      ),
      csv: (row) => t('campaigns.ofRevision', { policy: policyName(row.policySlug), number: row.revisionNumber }),
    },
    {
      key: 'state',
      title: t('campaigns.state'),
      render: (row) => <StateTag state={row.state} />,
      csv: (row) => row.state,
      sortBy: (row) => row.state,
    },
    {
      key: 'audience',
      title: t('campaigns.audience'),
      align: 'end',
      render: (row) => <Num value={row.audience} />,
      csv: (row) => row.audience,
      sortBy: (row) => row.audience,
    },
    {
      key: 'coverage',
      title: t('campaigns.coverage'),
      width: 170,
      render: (row) => <Meter label={t('campaigns.coverage')} value={row.coverage} of={1} />,
      csv: (row) => row.coverage,
      sortBy: (row) => row.coverage,
    },
    {
      key: 'liveAt',
      title: t('campaigns.liveAt'),
      render: (row) => <Time at={row.liveAt} />,
      csv: (row) => row.liveAt,
      sortBy: (row) => row.liveAt ?? '',
    },
    {
      key: 'leadEndsAt',
      title: t('campaigns.leadEndsAt'),
      render: (row) => <Time at={row.leadEndsAt} />,
      csv: (row) => row.leadEndsAt,
      sortBy: (row) => row.leadEndsAt ?? '',
    },
    {
      key: 'effectiveAt',
      title: t('campaigns.effectiveAt'),
      render: (row) => <Time at={row.effectiveAt} />,
      csv: (row) => row.effectiveAt,
      sortBy: (row) => row.effectiveAt,
    },
  ];
}
