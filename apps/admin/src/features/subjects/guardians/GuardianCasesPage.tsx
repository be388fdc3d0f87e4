import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { Page } from '../../../ui/Page.js';
import { Time } from '../../../ui/Time.js';
import type { GuardianCase } from './guardians.queries.js';

/** Children about whose guardians something is open, with what to do next. */
export function GuardianCasesPage() {
  const { t } = useTranslation();
  const columns: Column<GuardianCase>[] = [
    {
      key: 'child',
      title: t('guardians.child'),
      fixed: true,
      wraps: true,
      csv: (row) => row.subjectId,
      render: (row) => (
        <Link to={`/subjects/${row.subjectId}/guardians`}>{row.displayName || t('guardians.unnamed')}</Link>
      ),
    },
    {
      key: 'why',
      title: t('guardians.why'),
      wraps: true,
      render: (row) => t(`guardians.cases.${row.why}`),
      csv: (row) => row.why,
      sortBy: (row) => row.why,
    },
    {
      key: 'isClosed',
      title: t('guardians.effect'),
      wraps: true,
      render: (row) => t(row.isClosed ? 'guardians.isClosed' : 'guardians.isOpen'),
      csv: (row) => row.isClosed,
      sortBy: (row) => Number(row.isClosed),
    },
    {
      key: 'dueAt',
      title: t('guardians.dueAt'),
      render: (row) => <Time at={row.dueAt} />,
      csv: (row) => row.dueAt,
      sortBy: (row) => row.dueAt ?? '',
    },
    { key: 'next', title: t('guardians.next'), wraps: true, render: (row) => t(`guardians.nextSteps.${row.why}`) },
    {
      key: 'since',
      title: t('guardians.since'),
      render: (row) => <Time at={row.since} />,
      csv: (row) => row.since,
      sortBy: (row) => row.since,
    },
  ];
  return (
    <Page
      title={t('guardians.casesTitle')}
      purpose={t('guardians.casesPurpose')}
      trail={<Link to="/subjects">{t('frame.entries.subjects')}</Link>}
    >
      <DataTable
        name="guardian-cases"
        label={t('guardians.casesTitle')}
        columns={columns}
        rowKey={(row) => `${row.guardianshipId} ${row.why}`}
        queryKey={['guardianships', 'open-cases']}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/guardianships/open-cases', {
              params: { query: cursor ? { cursor } : {} },
              signal,
            }),
          )
        }
        empty={{ text: t('guardians.noCases') }}
      />
    </Page>
  );
}
