import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@abide/client';
import { answerOf, api } from '../../api/client.js';
import { usePermission } from '../../session/permissions.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Time } from '../../ui/Time.js';
import { SecretDialog } from '../../ui/SecretDialog.js';
import { useProblem } from '../../ui/use-problem.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { NewReceiverDialog } from './NewReceiverDialog.js';

type Receiver = Schemas['WebhookSubscriptionResponse'];

const queryKey = ['deliveries', 'receivers'] as const;
const at = (id: string) => ({ params: { path: { id } } });

/** The systems that are told when a request is opened or closed. */
export function ReceiversPage() {
  const { t } = useTranslation();
  const mayAdd = usePermission('delivery.replay');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Page
      title={t('frame.entries.deliveries')}
      purpose={t('deliveries.receivers.purpose')}
      actions={
        mayAdd && (
          <Button type="primary" onClick={() => setIsAdding(true)}>
            {t('deliveries.receivers.add')}
          </Button>
        )
      }
    >
      <PageTabs of="deliveries" label={t('frame.entries.deliveries')} />
      <WaitingNote type="webhookSubscription" />
      <DataTable
        name="receivers"
        label={t('deliveries.receivers.tab')}
        columns={useReceiverColumns(mayAdd)}
        rowKey={({ id }) => id}
        queryKey={queryKey}
        load={({ signal }) => answerOf(api.GET('/api/v1/operator/webhook-subscriptions', { signal }))}
        empty={{ text: t('deliveries.receivers.empty') }}
      />
      {isAdding && <NewReceiverDialog close={() => setIsAdding(false)} />}
    </Page>
  );
}

function useReceiverColumns(mayAct: boolean): Column<Receiver>[] {
  const { t } = useTranslation();
  const told = ({ events }: Receiver) =>
    events.map((event) => t(`deliveries.kinds.${event}`)).join(t('ui.listSeparator'));
  return [
    {
      key: 'name',
      title: t('deliveries.receivers.name'),
      fixed: true,
      render: ({ name }) => name,
      csv: ({ name }) => name,
    },
    { key: 'url', title: t('deliveries.receivers.url'), wraps: true, render: ({ url }) => url, csv: ({ url }) => url },
    { key: 'events', title: t('deliveries.receivers.events'), wraps: true, render: told, csv: told },
    {
      key: 'createdAt',
      title: t('deliveries.receivers.since'),
      render: ({ createdAt }) => <Time at={createdAt} />,
      csv: ({ createdAt }) => createdAt,
    },
    ...(mayAct
      ? [{ key: 'acts', title: t('ui.acts'), render: (receiver: Receiver) => <ReceiverActs receiver={receiver} /> }]
      : []),
  ];
}

/** Stopping takes one person, and effect at once; the secret is shown once to whoever proposed the receiver. */
function ReceiverActs({ receiver: { id, secretDue } }: { receiver: Receiver }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const showProblem = useProblem();
  const [secret, setSecret] = useState<string | null>(null);
  const settled = {
    onError: (error: Error) => showProblem(error),
    onSettled: () => void client.invalidateQueries({ queryKey }),
  };
  const end = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/operator/webhook-subscriptions/{id}', at(id))),
    onSuccess: () => void message.success(t('deliveries.receivers.ended')),
    ...settled,
  });
  const show = useMutation({
    gcTime: 0,
    mutationFn: () => answerOf(api.POST('/api/v1/operator/webhook-subscriptions/{id}/secret', at(id))),
    onSuccess: (shown) => setSecret(shown.secret),
    onError: (error: Error) => showProblem(error),
  });
  const close = () => {
    setSecret(null);
    void client.invalidateQueries({ queryKey });
  };
  return (
    <Space>
      {secretDue && (
        <Button size="small" loading={show.isPending} onClick={() => show.mutate()}>
          {t('deliveries.receivers.showSecret')}
        </Button>
      )}
      <Popconfirm title={t('deliveries.receivers.endSure')} onConfirm={() => end.mutate()}>
        <Button size="small" danger loading={end.isPending}>
          {t('deliveries.receivers.end')}
        </Button>
      </Popconfirm>
      {secret !== null && (
        <SecretDialog
          title={t('deliveries.receivers.secret')}
          once={t('deliveries.receivers.secretOnce')}
          secret={secret}
          close={close}
        />
      )}
    </Space>
  );
}
