import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import type { CategorySchema } from '../collection.types.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Panel } from '../../../ui/Panel.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { CategoryName } from '../CategoryName.js';
import { exampleCall } from './example-call.js';
import { fieldsOf } from './schema-fields.js';
import css from '../collection.module.css';

/** What an event of each category may hold, and how to send one. */
export function SchemasPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('collection.schemas.title')}
      trail={<Link to="/collection">{t('frame.entries.collection')}</Link>}
      purpose={t('collection.schemas.purpose')}
    >
      <PageTabs of="collection" label={t('collection.tabs')} />
      <DataTable
        name="schemas"
        label={t('collection.schemas.title')}
        columns={useSchemaColumns()}
        rowKey={({ category }) => category}
        queryKey={['collection', 'schemas']}
        load={({ signal }) => answerOf(api.GET('/api/v1/telemetry/schemas', { signal }))}
        empty={{
          text: t('collection.schemas.empty'),
          action: <Link to="/consent/categories">{t('collection.schemas.toCategories')}</Link>,
        }}
      />
      <HowToSend />
    </Page>
  );
}

function useSchemaColumns(): Column<CategorySchema>[] {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const namesOf = (row: CategorySchema, part: 'attributes' | 'personal') =>
    fieldsOf(row.schema, part)
      .map(({ name }) => name)
      .join(' ');
  return [
    {
      key: 'category',
      title: t('collection.category'),
      fixed: true,
      render: (row) => <Category row={row} />,
      csv: ({ category }) => category,
      sortBy: ({ category }) => nameOf('categories', category),
    },
    {
      key: 'plain',
      title: t('collection.schemas.plain'),
      render: (row) => <FieldList row={row} part="attributes" />,
      csv: (row) => namesOf(row, 'attributes'),
    },
    {
      key: 'sealed',
      title: t('collection.schemas.sealed'),
      render: (row) => <FieldList row={row} part="personal" />,
      csv: (row) => namesOf(row, 'personal'),
    },
  ];
}

function Category({ row }: { row: CategorySchema }) {
  const { t } = useTranslation();
  return (
    <>
      <CategoryName {...row} />
      {!row.builtIn && <div className="secondary">{t('collection.schemas.registered')}</div>}
    </>
  );
}

function FieldList({ row: { schema }, part }: { row: CategorySchema; part: 'attributes' | 'personal' }) {
  const { t } = useTranslation();
  const fields = fieldsOf(schema, part);
  if (fields.length === 0) return <span aria-hidden>–</span>;
  return (
    <ul className={css['fields']}>
      {fields.map(({ name, type, most, limits }) => (
        <li key={name}>
          <span className="code">{name}</span>{' '}
          <span className="secondary">
            {t(`collection.schemas.types.${type}`, { most })} {limits}
          </span>
        </li>
      ))}
    </ul>
  );
}

function HowToSend() {
  const { t } = useTranslation();
  const title = t('collection.schemas.howToSend');
  return (
    <Panel
      title={title}
      note={t('collection.schemas.howToSendNote')}
      extra={
        <a href="/docs" target="_blank" rel="noreferrer">
          {t('collection.schemas.toDocs')}
        </a>
      }
    >
      <pre className={css['example']} tabIndex={0} aria-label={title} role="region">
        {exampleCall(window.location.origin)}
      </pre>
    </Panel>
  );
}
