import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { Acceptance } from './subjects.types.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Loaded } from '../../ui/Loaded.js';
import { usePolicyName } from '../../ui/policy-names.js';
import { Time } from '../../ui/Time.js';
import { SubjectHead } from '../../ui/SubjectHead.js';
import { subjectQuery } from '../../api/subject.js';

/** Which revisions the subject agreed to, how and when. */
export function SubjectAcceptancesPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  const policyName = usePolicyName();
  const columns: Column<Acceptance>[] = [
    {
      key: 'revision',
      title: t('subjects.revision'),
      fixed: true,
      render: (row) => (
        <Link to={`/revisions/${row.revisionId}`}>
          {t('campaigns.ofRevision', { policy: policyName(row.policySlug), number: row.number })}
        </Link>
      ),
      csv: (row) => `${row.policySlug} ${row.number}`,
      sortBy: (row) => `${row.policySlug} ${row.number}`,
    },
    {
      key: 'mode',
      title: t('subjects.mode'),
      render: (row) => t(`subjects.modes.${row.mode}`),
      csv: (row) => row.mode,
      sortBy: (row) => row.mode,
    },
    {
      key: 'at',
      title: t('subjects.at'),
      render: (row) => <Time at={row.at} />,
      csv: (row) => row.at,
      sortBy: (row) => row.at,
    },
  ];
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <DataTable
            name="acceptances"
            label={t('subjects.tabs.acceptances')}
            columns={columns}
            rowKey={(row) => `${row.revisionId} ${row.at}`}
            queryKey={['subjects', id, 'acceptances']}
            load={({ signal }) =>
              answerOf(api.GET('/api/v1/operator/subjects/{id}/acceptances', { params: { path: { id } }, signal }))
            }
            empty={{ text: t('subjects.noAcceptances') }}
          />
        </SubjectHead>
      )}
    </Loaded>
  );
}
