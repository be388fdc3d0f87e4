import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SharedIdentifier } from './subjects.types.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Page } from '../../ui/Page.js';
import { StateTag } from '../../ui/StateTag.js';
import { Time } from '../../ui/Time.js';
import { loadSharedIdentifiers, sharedIdentifiersKey } from './subjects.queries.js';

/** Pairs of accounts that have one and the same number or address: never merged, settled by the people themselves. */
export function SharedIdentifiersPage() {
  const { t } = useTranslation();
  const columns: Column<SharedIdentifier>[] = [
    {
      key: 'subject',
      title: t('sharedIdentifiers.former'),
      fixed: true,
      render: ({ subject }) => <Account account={subject} />,
      csv: ({ subject }) => subject.id,
    },
    {
      key: 'other',
      title: t('sharedIdentifiers.present'),
      fixed: true,
      render: ({ other }) => <Account account={other} />,
      csv: ({ other }) => other.id,
    },
    {
      key: 'type',
      title: t('sharedIdentifiers.what'),
      render: ({ type }) => t(`subjects.keys.${type}`),
      csv: ({ type }) => type,
      sortBy: ({ type }) => type,
    },
    {
      key: 'foundAt',
      title: t('sharedIdentifiers.foundAt'),
      render: ({ foundAt }) => <Time at={foundAt} />,
      csv: ({ foundAt }) => foundAt,
      sortBy: ({ foundAt }) => foundAt,
    },
  ];
  return (
    <Page
      title={t('sharedIdentifiers.title')}
      purpose={t('sharedIdentifiers.purpose')}
      trail={<Link to="/subjects">{t('frame.entries.subjects')}</Link>}
    >
      <DataTable
        name="shared-identifiers"
        label={t('sharedIdentifiers.title')}
        columns={columns}
        rowKey={({ subject, type }) => `${subject.id} ${type}`}
        queryKey={sharedIdentifiersKey}
        load={({ signal }) => loadSharedIdentifiers(signal)}
        empty={{ text: t('sharedIdentifiers.none') }}
      />
    </Page>
  );
}

function Account({
  account: { id, displayName, kind, masked, status, createdAt },
}: {
  account: SharedIdentifier['subject'];
}) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Link to={`/subjects/${id}`}>{displayName || t(`subjects.kinds.${kind}`)}</Link>{' '}
        <span translate="no">{masked}</span> <StateTag state={status} />
      </div>
      <div className="secondary">
        {t('subjects.since')} <Time at={createdAt} />
      </div>
    </>
  );
}
