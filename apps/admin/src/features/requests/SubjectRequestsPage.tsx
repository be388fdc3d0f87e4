import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import { subjectQuery } from '../../api/subject.js';
import { usePermission } from '../../session/permissions.js';
import { DataTable } from '../../ui/DataTable.js';
import { Loaded } from '../../ui/Loaded.js';
import { SubjectHead } from '../../ui/SubjectHead.js';
import { RecordRequestDialog } from './RecordRequestDialog.js';
import { useRequestColumns } from './request-columns.js';
import { requestsKey } from './requests.queries.js';

/** What one person asked, newest first, and a request that they made by telephone, by letter or at the counter. */
export function SubjectRequestsPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const mayRecord = usePermission('request.answer');
  const [isRecording, setRecording] = useState(false);
  const columns = useRequestColumns();
  return (
    <Loaded query={useQuery(subjectQuery(id))}>
      {(subject) => (
        <SubjectHead
          subject={subject}
          actions={
            mayRecord && (
              <Button type="primary" onClick={() => setRecording(true)}>
                {t('requests.record.title')}
              </Button>
            )
          }
        >
          <DataTable
            name="subjectRequests"
            label={t('frame.entries.requests')}
            columns={columns}
            rowKey={(request) => request.id}
            queryKey={[...requestsKey, 'of', id]}
            load={({ cursor, signal }) =>
              answerOf(
                api.GET('/api/v1/operator/requests', {
                  params: { query: { subjectId: id, ...(cursor ? { cursor } : {}) } },
                  signal,
                }),
              )
            }
            empty={{ text: t('requests.record.none') }}
          />
          {isRecording && <RecordRequestDialog subjectId={id} close={() => setRecording(false)} />}
        </SubjectHead>
      )}
    </Loaded>
  );
}
