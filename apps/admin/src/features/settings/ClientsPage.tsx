import { Button, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { ServiceClient, ServiceClientSecret } from '../../api/types.js';
import { usePermission } from '../../session/permissions.js';
import { DataTable, type Column } from '../../ui/DataTable.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { NewClientDialog } from './NewClientDialog.js';
import { SecretDialog } from './SecretDialog.js';
import { clientsKey, useRevokeClient, useRotateClient } from './settings.queries.js';

/** The platform's own services that call the API, with what they may do. */
export function ClientsPage() {
  const { t } = useTranslation();
  const mayManage = usePermission('client.manage');
  const [adding, setAdding] = useState(false);
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
      <DataTable
        name="clients"
        label={t('frame.entries.clients')}
        columns={useClientColumns(mayManage, setSecret)}
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
      {secret && <SecretDialog shown={secret} close={() => setSecret(null)} />}
    </Page>
  );
}

function useClientColumns(mayManage: boolean, show: (secret: ServiceClientSecret) => void): Column<ServiceClient>[] {
  const { t } = useTranslation();
  const expiryOf = ({ secrets }: ServiceClient) => secrets.map(({ expiresAt }) => expiresAt).toSorted().at(-1);
  return [
    { key: 'name', title: t('settings.name'), fixed: true, render: (row) => row.name ?? row.id, csv: (row) => row.name, sortBy: (row) => row.name ?? row.id },
    { key: 'id', title: t('settings.clients.id'), render: (row) => <span className="code">{row.id}</span>, csv: (row) => row.id },
    { key: 'scopes', title: t('settings.clients.scopes'), render: (row) => row.scopes.map((scope) => <Tag key={scope}>{scope}</Tag>), csv: (row) => row.scopes.join(' ') },
    { key: 'expiresAt', title: t('settings.clients.expiresAt'), render: (row) => <Time at={expiryOf(row)} />, csv: expiryOf, sortBy: (row) => expiryOf(row) ?? '' },
    { key: 'createdAt', title: t('settings.createdAt'), render: (row) => <Time at={row.createdAt} />, csv: (row) => row.createdAt, sortBy: (row) => row.createdAt },
    { key: 'state', title: t('settings.state'), render: (row) => <StateTag state={row.revokedAt ? 'revoked' : 'active'} />, csv: (row) => (row.revokedAt ? 'revoked' : 'active') },
    ...(mayManage ? [{ key: 'acts', title: t('ui.acts'), render: (row: ServiceClient) => (row.revokedAt ? null : <ClientActs client={row} show={show} />) }] : []),
  ];
}

function ClientActs({ client, show }: { client: ServiceClient; show: (secret: ServiceClientSecret) => void }) {
  const { t } = useTranslation();
  const showProblem = useProblem();
  const rotate = useRotateClient();
  const revoke = useRevokeClient();
  const onError = (error: Error) => showProblem(error);
  return (
    <Space>
      <Popconfirm title={t('settings.clients.rotateSure')} onConfirm={() => rotate.mutate(client.id, { onSuccess: show, onError })}>
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
