import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { OwnSession } from './account.types.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Page } from '../../ui/Page.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';

const queryKey = ['account', 'sessions'] as const;

export function OwnSessionsPage() {
  const { t } = useTranslation();
  const end = useEndSession();
  const columns: Column<OwnSession>[] = [
    {
      key: 'device',
      title: t('account.device'),
      fixed: true,
      render: (row) => <Device session={row} />,
      csv: (row) => row.userAgent,
    },
    {
      key: 'createdAt',
      title: t('account.signedInAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt,
    },
    {
      key: 'lastSeenAt',
      title: t('account.lastSeenAt'),
      render: (row) => <Time at={row.lastSeenAt} />,
      csv: (row) => row.lastSeenAt,
      sortBy: (row) => row.lastSeenAt ?? '',
    },
    {
      key: 'act',
      title: t('ui.acts'),
      render: (row) =>
        row.current ? null : (
          <Popconfirm title={t('account.endSure')} onConfirm={() => end(row.id)}>
            <Button size="small">{t('account.end')}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Page title={t('account.sessions')} purpose={t('account.purpose')}>
      <DataTable
        name="sessions"
        label={t('account.sessions')}
        columns={columns}
        rowKey={(row) => row.id}
        queryKey={queryKey}
        load={({ signal }) => answerOf(api.GET('/api/v1/operator/sessions', { signal }))}
        empty={{ text: t('account.none') }}
      />
    </Page>
  );
}

function Device({ session }: { session: OwnSession }) {
  const { t } = useTranslation();
  return (
    <>
      {session.userAgent ?? t('account.unknownDevice')}{' '}
      {session.current && <Tag color="success">{t('account.thisOne')}</Tag>}
    </>
  );
}

function useEndSession(): (id: string) => Promise<void> {
  const client = useQueryClient();
  const showProblem = useProblem();
  return async (id) => {
    try {
      await answerOf(api.DELETE('/api/v1/operator/sessions/{id}', { params: { path: { id } } }));
    } catch (error) {
      showProblem(error);
    }
    await client.invalidateQueries({ queryKey });
  };
}
