import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { OutreachRun } from './campaigns.types.js';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Time } from '../../ui/Time.js';
import { OutreachState } from './OutreachState.js';
import { outreachesKey } from './outreach.queries.js';

export function OutreachesPage() {
  const { t } = useTranslation();
  const maySend = usePermission('outreach.send');
  const begin = maySend && (
    <LinkButton to="/outreaches/new" type="primary">
      {t('outreach.begin')}
    </LinkButton>
  );
  return (
    <Page
      title={t('outreach.name')}
      purpose={t('outreach.purpose')}
      trail={<Link to="/campaigns">{t('frame.entries.campaigns')}</Link>}
      actions={begin}
    >
      <PageTabs of="campaigns" label={t('frame.entries.campaigns')} />
      <DataTable
        name="outreaches"
        label={t('outreach.name')}
        columns={useOutreachColumns()}
        rowKey={(run) => run.id}
        queryKey={outreachesKey}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/outreaches', { params: { query: { ...(cursor ? { cursor } : {}) } }, signal }),
          )
        }
        empty={{ text: t('outreach.empty') }}
      />
    </Page>
  );
}

function useOutreachColumns(): Column<OutreachRun>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  const figure = (key: 'audience' | 'notAllowed' | 'queued' | 'sent'): Column<OutreachRun> => ({
    key,
    title: t(`outreach.figures.${key}`),
    align: 'end',
    render: (row) => <Num value={row[key]} />,
    csv: (row) => row[key],
    sortBy: (row) => row[key],
  });
  return [
    {
      key: 'title',
      title: t('outreach.title'),
      fixed: true,
      render: (row) => <Link to={`/outreaches/${row.id}`}>{localized(row.title)}</Link>,
      csv: (row) => localized(row.title),
      sortBy: (row) => localized(row.title),
    },
    {
      key: 'kind',
      title: t('outreach.kind'),
      render: (row) => t(`outreach.kinds.${row.kind}`),
      csv: (row) => row.kind,
      sortBy: (row) => row.kind,
    },
    {
      key: 'channel',
      title: t('campaigns.channel'),
      render: (row) => t(`campaigns.channels.${row.channel}`),
      csv: (row) => row.channel,
      sortBy: (row) => row.channel,
    },
    {
      key: 'state',
      title: t('campaigns.state'),
      render: (row) => <OutreachState run={row} />,
      csv: (row) => row.state,
      sortBy: (row) => row.state,
    },
    figure('audience'),
    figure('notAllowed'),
    figure('queued'),
    figure('sent'),
    {
      key: 'createdAt',
      title: t('outreach.createdAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt,
    },
  ];
}
