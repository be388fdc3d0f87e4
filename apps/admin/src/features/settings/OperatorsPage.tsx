import { App, Button, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { Operator } from '../../api/types.js';
import { usePermission } from '../../session/permissions.js';
import { useOperator } from '../../session/session.queries.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { EditOperatorDialog } from './EditOperatorDialog.js';
import { NewOperatorDialog } from './NewOperatorDialog.js';
import { operatorsKey, useEndOperatorSessions } from './settings.queries.js';

/** Who works in the console, with which roles. */
export function OperatorsPage() {
  const { t } = useTranslation();
  const mayManage = usePermission('operator.manage');
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<Operator | null>(null);
  return (
    <Page
      title={t('frame.entries.operators')}
      purpose={t('settings.operators.purpose')}
      actions={
        mayManage && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('settings.operators.add')}
          </Button>
        )
      }
    >
      <WaitingNote type="operator" />
      <DataTable
        name="operators"
        label={t('frame.entries.operators')}
        columns={useOperatorColumns(mayManage ? setEdited : null)}
        rowKey={(operator) => operator.id}
        queryKey={operatorsKey}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/operators', { params: { query: { ...(cursor ? { cursor } : {}) } }, signal }),
          )
        }
        empty={{ text: t('settings.operators.empty') }}
      />
      {adding && <NewOperatorDialog close={() => setAdding(false)} />}
      {edited && <EditOperatorDialog operator={edited} close={() => setEdited(null)} />}
    </Page>
  );
}

function useOperatorColumns(edit: ((operator: Operator) => void) | null): Column<Operator>[] {
  const { t } = useTranslation();
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
      key: 'email',
      title: t('session.email'),
      render: (row) => row.email,
      csv: (row) => row.email,
      sortBy: (row) => row.email,
    },
    {
      key: 'roles',
      title: t('frame.entries.roles'),
      wraps: true,
      render: (row) => (
        <Space wrap size={4}>
          {row.roles.map((role) => (
            <Tag key={role}>{t(`roles.${role}`, { defaultValue: role })}</Tag>
          ))}
        </Space>
      ),
      csv: (row) => row.roles.join(' '),
    },
    {
      key: 'factor',
      title: t('settings.operators.factor'),
      render: (row) => t(row.secondFactor ? 'settings.yes' : 'settings.no'),
      csv: (row) => String(row.secondFactor ?? false),
    },
    {
      key: 'active',
      title: t('settings.state'),
      render: (row) => <StateTag state={stateOf(row)} />,
      csv: stateOf,
      sortBy: stateOf,
    },
    {
      key: 'createdAt',
      title: t('settings.createdAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt ?? '',
    },
    ...(edit
      ? [
          {
            key: 'acts',
            title: t('ui.acts'),
            render: (row: Operator) => <Acts operator={row} edit={() => edit(row)} />,
          },
        ]
      : []),
  ];
}

/** Own sessions are ended on the page of one's own; who never signed in, or may not, has none. */
function Acts({ operator, edit }: { operator: Operator; edit: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const own = useOperator();
  const end = useEndOperatorSessions();
  const { name, id } = operator;
  const endAll = () =>
    end.mutate(id, {
      onSuccess: () => void message.success(t('settings.operators.sessionsEnded', { name })),
      onError: (error) => showProblem(error),
    });
  return (
    <Space wrap>
      <Button size="small" onClick={edit}>
        {t('settings.change')}
      </Button>
      {stateOf(operator) === 'active' && id !== own.id && (
        <Popconfirm title={t('settings.operators.endSessionsSure', { name })} onConfirm={endAll}>
          <Button size="small" loading={end.isPending}>
            {t('settings.operators.endSessions')}
          </Button>
        </Popconfirm>
      )}
    </Space>
  );
}

function stateOf({ active, suspended, invited }: Operator): string {
  if (active) return invited ? 'invited' : 'active';
  return suspended ? 'suspended' : 'inactive';
}
