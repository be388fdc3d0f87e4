import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { answerOf, api } from '../../api/client.js';
import { usePermission } from '../../session/permissions.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { SelectFilter } from '../../ui/filters.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useReplayWebhook, webhooksKey } from './deliveries.queries.js';
import { ReplayButton } from './ReplayButton.js';

type Webhook = Schemas['WebhookResponse'];

const states: readonly Webhook['state'][] = ['pending', 'delivered', 'dead', 'withdrawn'];

/** What other systems are told, how far it has come, and what nobody took. */
export function WebhooksPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.entries.deliveries')} purpose={t('deliveries.webhooks.purpose')}>
      <PageTabs of="deliveries" label={t('frame.entries.deliveries')} />
      <DataTable
        name="webhooks"
        label={t('deliveries.webhooks.tab')}
        columns={useWebhookColumns()}
        rowKey={(webhook) => webhook.id}
        queryKey={webhooksKey}
        filterNames={['state']}
        filters={
          <SelectFilter
            name="state"
            label={t('deliveries.state')}
            options={states.map((state) => ({ value: state, label: t(`states.${state}`) }))}
          />
        }
        load={({ filters, cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/webhooks', {
              params: { query: { ...filters, ...(cursor ? { cursor } : {}) } },
              signal,
            }),
          )
        }
        empty={{ text: t('deliveries.webhooks.empty') }}
      />
    </Page>
  );
}

function useWebhookColumns(): Column<Webhook>[] {
  const { t } = useTranslation();
  const mayReplay = usePermission('delivery.replay');
  const said = (webhook: Webhook) =>
    t(`deliveries.kinds.${webhook.kind}`, { defaultValue: t('deliveries.kinds.other') });
  return [
    { key: 'kind', title: t('deliveries.webhooks.kind'), fixed: true, render: said, csv: said, sortBy: said },
    {
      key: 'destination',
      title: t('deliveries.webhooks.destination'),
      render: (row) => row.destination,
      csv: (row) => row.destination,
      sortBy: (row) => row.destination,
    },
    {
      key: 'state',
      title: t('deliveries.state'),
      render: (row) => <StateTag state={row.state} />,
      csv: (row) => row.state,
      sortBy: (row) => row.state,
    },
    {
      key: 'attempts',
      title: t('deliveries.webhooks.attempts'),
      align: 'end',
      render: (row) => <Num value={row.attempts} />,
      csv: (row) => row.attempts,
      sortBy: (row) => row.attempts,
    },
    {
      key: 'failure',
      title: t('deliveries.webhooks.failure'),
      wraps: true,
      render: (row) => <Failure webhook={row} />,
      csv: (row) => row.failure,
    },
    {
      key: 'nextAttemptAt',
      title: t('deliveries.webhooks.nextAttemptAt'),
      render: (row) => <Time at={row.nextAttemptAt} />,
      csv: (row) => row.nextAttemptAt,
    },
    {
      key: 'createdAt',
      title: t('deliveries.webhooks.createdAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt,
    },
    ...(mayReplay
      ? [{ key: 'acts', title: t('ui.acts'), render: (row: Webhook) => row.state === 'dead' && <Replay id={row.id} /> }]
      : []),
  ];
}

function Failure({ webhook: { failure, answeredStatus } }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (failure === null) return null;
  return t(`deliveries.failures.${failure}`, {
    defaultValue: t('deliveries.failures.other'),
    status: answeredStatus ?? '',
  });
}

function Replay({ id }: { id: string }) {
  const { t } = useTranslation();
  return <ReplayButton id={id} label={t('deliveries.webhooks.replay')} replay={useReplayWebhook()} />;
}
