import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import { useLocalized } from '../../i18n/language.js';
import { usePermission } from '../../session/permissions.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { Page } from '../../ui/Page.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { Time } from '../../ui/Time.js';
import { WaitingNote } from '../../ui/WaitingNote.js';
import { HolderHealth } from './HolderHealth.js';
import { NewDatabaseDialog } from './NewDatabaseDialog.js';
import { NewHolderDialog } from './NewHolderDialog.js';
import { NewPeopleDialog } from './NewPeopleDialog.js';
import { holdersKey, type OutsideHolder } from './holders.queries.js';

/** The services outside that keep personal data, and how they are. */
export function HoldersPage() {
  const { t } = useTranslation();
  const mayManage = usePermission('holder.manage');
  const [adding, setAdding] = useState<OutsideHolder['kind'] | null>(null);
  return (
    <Page
      title={t('frame.entries.holders')}
      purpose={t('holders.purpose')}
      actions={
        mayManage && (
          <Space>
            <Button onClick={() => setAdding('person')}>{t('holders.addPeople')}</Button>
            <Button onClick={() => setAdding('database')}>{t('holders.addDatabase')}</Button>
            <Button type="primary" onClick={() => setAdding('service')}>
              {t('holders.add')}
            </Button>
          </Space>
        )
      }
    >
      <WaitingNote type="holder" />
      <DataTable
        name="holders"
        label={t('frame.entries.holders')}
        columns={useHolderColumns()}
        rowKey={(holder) => holder.id}
        queryKey={holdersKey}
        load={async ({ signal }) => {
          const { items } = await answerOf(api.GET('/api/v1/operator/holders', { signal }));
          return { items, nextCursor: null };
        }}
        empty={{ text: t('holders.empty') }}
      />
      {adding === 'service' && <NewHolderDialog close={() => setAdding(null)} />}
      {adding === 'person' && <NewPeopleDialog close={() => setAdding(null)} />}
      {adding === 'database' && <NewDatabaseDialog close={() => setAdding(null)} />}
    </Page>
  );
}

/** What is done with a holder, and its address, stand on its own page. */
function useHolderColumns(): Column<OutsideHolder>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { nameOf } = useRegistryNames();
  const kinds = ({ categories }: OutsideHolder) =>
    categories.map((code) => nameOf('categories', code)).join(t('ui.listSeparator'));
  return [
    {
      key: 'name',
      title: t('holders.name'),
      fixed: true,
      render: ({ id, name, secretDue }) => (
        <>
          <Link to={`/holders/${id}`}>{localized(name)}</Link>{' '}
          {secretDue && <Tag color="processing">{t('holders.secretDue')}</Tag>}
        </>
      ),
      csv: ({ name }) => localized(name),
    },
    { key: 'kind', title: t('holders.kind'), render: ({ kind }) => t(`holders.kinds.${kind}`) },
    { key: 'state', title: t('holders.state'), render: ({ state }) => t(`holders.states.${state}`) },
    { key: 'health', title: t('holders.health'), render: (holder) => <HolderHealth holder={holder} /> },
    {
      key: 'lastAnsweredAt',
      title: t('holders.lastAnsweredAt'),
      render: ({ lastAnsweredAt }) => <Time at={lastAnsweredAt} />,
    },
    {
      key: 'open',
      title: t('holders.open'),
      render: ({ waiting, dead }) => (waiting + dead > 0 ? t('holders.openCounts', { waiting, dead }) : '–'),
    },
    { key: 'categories', title: t('holders.categories'), yields: true, render: kinds, csv: kinds },
  ];
}
