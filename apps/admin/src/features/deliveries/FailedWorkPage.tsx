import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { answerOf, api } from '../../api/client.js';
import { usePermission } from '../../session/permissions.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Time } from '../../ui/Time.js';
import { failedWorkKey, useReplayWork } from './deliveries.queries.js';
import { ReplayButton } from './ReplayButton.js';

type FailedWork = Schemas['DeadJobResponse'];

/** Work in the background that failed every time. */
export function FailedWorkPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.entries.deliveries')} purpose={t('deliveries.work.purpose')}>
      <PageTabs of="deliveries" label={t('frame.entries.deliveries')} />
      <DataTable
        name="failed-work"
        label={t('deliveries.work.tab')}
        columns={useFailedWorkColumns()}
        rowKey={(job) => job.id}
        queryKey={failedWorkKey}
        load={async ({ signal }) => ({
          ...(await answerOf(api.GET('/api/v1/operator/dead-jobs', { signal }))),
          nextCursor: null,
        })}
        empty={{ text: t('deliveries.work.empty') }}
      />
    </Page>
  );
}

function useFailedWorkColumns(): Column<FailedWork>[] {
  const { t } = useTranslation();
  const mayReplay = usePermission('delivery.replay');
  const work = ({ queue }: FailedWork) =>
    t(`deliveries.queues.${queue}`, { defaultValue: t('deliveries.queues.other') });
  return [
    {
      key: 'queue',
      title: t('deliveries.work.what'),
      fixed: true,
      render: work,
      csv: (row) => row.queue,
      sortBy: work,
    },
    {
      key: 'queuedAt',
      title: t('deliveries.work.queuedAt'),
      render: (row) => <Time at={row.queuedAt} />,
      csv: (row) => row.queuedAt,
      sortBy: (row) => row.queuedAt,
    },
    {
      key: 'failedAt',
      title: t('deliveries.work.failedAt'),
      render: (row) => <Time at={row.failedAt} />,
      csv: (row) => row.failedAt,
      sortBy: (row) => row.failedAt,
    },
    ...(mayReplay ? [{ key: 'acts', title: t('ui.acts'), render: (row: FailedWork) => <Replay id={row.id} /> }] : []),
  ];
}

function Replay({ id }: { id: string }) {
  const { t } = useTranslation();
  return <ReplayButton id={id} label={t('deliveries.work.replay')} replay={useReplayWork()} />;
}
