import { App, Button, Popconfirm, Space, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { ServiceClient, ServiceClientSecret } from './settings.types.js';
import { usePermission } from '../../session/permissions.js';
import { useOperator } from '../../session/session.queries.js';
import { useClientWords } from '../../ui/client-words.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { BoundClientDialog } from './BoundClientDialog.js';
import { NewClientDialog } from './NewClientDialog.js';
import { ClientSecretDialog } from './ClientSecretDialog.js';
import { clientsKey, useCollectSecret, useRevokeClient, useRotateClient } from './settings.queries.js';

/** The platform's own services that call the API, with what they may do. */
export function ClientsPage() {
  const { t } = useTranslation();
  const mayManage = usePermission('client.manage');
  const [adding, setAdding] = useState(false);
  const [bounded, setBounded] = useState<ServiceClient | null>(null);
  const [secret, setSecret] = useState<ServiceClientSecret | null>(null);
  return (
    <Page
      title={t('frame.entries.clients')}
      purpose={t('settings.clients.purpose')}
      actions={
        mayManage && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('settings.clients.add')}
          </Button>
        )
      }
    >
      <WaitingNote type="client" />
      <DataTable
        name="clients"
        label={t('frame.entries.clients')}
        columns={useClientColumns(mayManage ? { show: setSecret, bound: setBounded } : null)}
        rowKey={(client) => client.id}
        queryKey={clientsKey}
        load={({ signal }) => answerOf(api.GET('/api/v1/operator/clients', { signal }))}
        empty={{ text: t('settings.clients.empty') }}
      />
      {adding && (
        <NewClientDialog
          close={() => setAdding(false)}
          added={(shown) => {
            setAdding(false);
            setSecret(shown);
          }}
        />
      )}
      {bounded && <BoundClientDialog client={bounded} close={() => setBounded(null)} />}
      {secret && <ClientSecretDialog shown={secret} close={() => setSecret(null)} />}
    </Page>
  );
}

interface Acts {
  readonly show: (secret: ServiceClientSecret) => void;
  readonly bound: (client: ServiceClient) => void;
}

function useClientColumns(acts: Acts | null): Column<ServiceClient>[] {
  const { t } = useTranslation();
  const words = useClientWords();
  const expiryOf = ({ secrets }: ServiceClient) =>
    secrets
      .map(({ expiresAt }) => expiresAt)
      .toSorted()
      .at(-1);
  return [
    {
      key: 'name',
      title: t('settings.name'),
      fixed: true,
      render: (row) => row.name,
      csv: (row) => row.name,
      sortBy: (row) => row.name,
    },
    {
      key: 'state',
      title: t('settings.state'),
      render: (row) => <ClientState client={row} />,
      csv: (row) => (row.revokedAt ? 'revoked' : row.unbounded ? 'unbounded' : 'active'),
    },
    {
      key: 'scopes',
      title: t('settings.clients.scopes'),
      wraps: true,
      render: (row) => words.scopes(row),
      csv: (row) => row.scopes.join(' '),
    },
    {
      key: 'purposes',
      title: t('settings.clients.purposes'),
      wraps: true,
      render: (row) => words.purposes(row),
      csv: (row) => row.purposes?.join(' ') ?? '*',
    },
    {
      key: 'services',
      title: t('settings.clients.services'),
      wraps: true,
      render: (row) => words.services(row),
      csv: (row) => row.services?.join(' ') ?? '*',
    },
    {
      key: 'expiresAt',
      title: t('settings.clients.expiresAt'),
      render: (row) => <Time at={expiryOf(row)} />,
      csv: expiryOf,
      sortBy: (row) => expiryOf(row) ?? '',
    },
    {
      key: 'createdAt',
      title: t('settings.createdAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt,
    },
    {
      key: 'id',
      title: t('settings.clients.id'),
      render: (row) => <span className="code">{row.id}</span>,
      csv: (row) => row.id,
    },
    ...(acts
      ? [
          {
            key: 'acts',
            title: t('ui.acts'),
            wraps: true,
            render: (row: ServiceClient) => (row.revokedAt ? null : <ClientActs client={row} acts={acts} />),
          },
        ]
      : []),
  ];
}

/** Active or ended, and whether it opens personal data without anybody having said what for. */
function ClientState({ client }: { client: ServiceClient }) {
  const { t } = useTranslation();
  return (
    <Space wrap size={4}>
      <StateTag state={client.revokedAt ? 'revoked' : 'active'} />
      {client.unbounded && (
        <Tooltip title={t('settings.clients.unboundedHint')}>
          <Tag color="warning" tabIndex={0}>
            {t('settings.clients.unbounded')}
          </Tag>
        </Tooltip>
      )}
    </Space>
  );
}

function ClientActs({ client, acts }: { client: ServiceClient; acts: Acts }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const rotate = useRotateClient();
  const revoke = useRevokeClient();
  const onError = (error: Error) => showProblem(error);
  const onSuccess = (outcome: NonNullable<typeof rotate.data>) =>
    'secret' in outcome ? acts.show(outcome) : void message.info(t('settings.clients.waiting'));
  return (
    <Space wrap>
      <DueSecret client={client} show={acts.show} />
      <Button size="small" onClick={() => acts.bound(client)}>
        {t('settings.clients.bound')}
      </Button>
      <Popconfirm
        title={t('settings.clients.rotateSure')}
        onConfirm={() => rotate.mutate(client.id, { onSuccess, onError })}
      >
        <Button size="small" loading={rotate.isPending}>
          {t('settings.clients.rotate')}
        </Button>
      </Popconfirm>
      <Popconfirm title={t('settings.clients.revokeSure')} onConfirm={() => revoke.mutate(client.id, { onError })}>
        <Button size="small" danger loading={revoke.isPending}>
          {t('settings.clients.revoke')}
        </Button>
      </Popconfirm>
    </Space>
  );
}

/** For whoever proposed what has been confirmed since. */
function DueSecret({ client, show }: { client: ServiceClient; show: Acts['show'] }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const collect = useCollectSecret();
  if (client.secretDueTo !== useOperator().id) return null;
  return (
    <Tooltip title={t('settings.clients.secretDueNote')}>
      <Button
        size="small"
        type="primary"
        loading={collect.isPending}
        onClick={() => collect.mutate(client.id, { onSuccess: show, onError: (error) => showProblem(error) })}
      >
        {t('settings.clients.secretDue')}
      </Button>
    </Tooltip>
  );
}
