import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { SubjectNotice } from './subjects.types.js';
import { useLocalized } from '../../i18n/language.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { Loaded } from '../../ui/Loaded.js';
import { usePolicyName } from '../../ui/policy-names.js';
import { Time } from '../../ui/Time.js';
import { SubjectHead } from '../../ui/SubjectHead.js';
import { subjectQuery } from '../../api/subject.js';

/** Which notices the subject was given, and whether they opened them. */
export function SubjectNoticesPage() {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  const policyName = usePolicyName();
  const aboutOf = ({ kind, policySlug, revisionNumber }: SubjectNotice) =>
    policySlug === null
      ? t(`subjects.noticeKinds.${kind}`)
      : t('campaigns.ofRevision', { policy: policyName(policySlug), number: revisionNumber });
  const columns: Column<SubjectNotice>[] = [
    {
      key: 'title',
      title: t('subjects.notice'),
      fixed: true,
      render: (row) => localized(row.title),
      csv: (row) => localized(row.title),
      sortBy: (row) => localized(row.title),
    },
    {
      key: 'about',
      title: t('subjects.revision'),
      render: aboutOf,
      csv: (row) => (row.policySlug === null ? row.kind : `${row.policySlug} ${row.revisionNumber}`),
    },
    {
      key: 'publishedAt',
      title: t('subjects.publishedAt'),
      render: (row) => <Time at={row.publishedAt} />,
      csv: (row) => row.publishedAt,
      sortBy: (row) => row.publishedAt,
    },
    {
      key: 'readAt',
      title: t('subjects.readAt'),
      render: (row) => <Time at={row.readAt} />,
      csv: (row) => row.readAt,
      sortBy: (row) => row.readAt ?? '',
    },
  ];
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <DataTable
            name="notices"
            label={t('subjects.tabs.notices')}
            columns={columns}
            rowKey={(row) => row.id}
            queryKey={['subjects', id, 'notices']}
            load={({ signal }) =>
              answerOf(api.GET('/api/v1/operator/subjects/{id}/notices', { params: { path: { id } }, signal }))
            }
            empty={{ text: t('subjects.noNotices') }}
          />
        </SubjectHead>
      )}
    </Loaded>
  );
}
