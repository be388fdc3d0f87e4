import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Subject } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { TwoColumns } from '../../../ui/Panel.js';
import { SubjectHead } from '../../../ui/SubjectHead.js';
import { subjectQuery } from '../../../api/subject.js';
import { ConsentHistory } from './ConsentHistory.js';
import { ObjectionsPanel } from './ObjectionsPanel.js';
import { RecordConsentDialog } from './RecordConsentDialog.js';
import { StandingPanel } from './StandingPanel.js';
import { consentsQuery } from './subject-consents.queries.js';

/** Where the subject stands with every purpose, and everything they said. */
export function SubjectConsentsPage() {
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <Consents subject={found} />
        </SubjectHead>
      )}
    </Loaded>
  );
}

function Consents({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const [recording, setRecording] = useState(false);
  const consents = useInfiniteQuery(consentsQuery(subject.id));
  const mayRecord = useMayRecord(subject);
  if (consents.isPending) return <Skeleton active />;
  if (consents.isError && !consents.data)
    return <ErrorState error={consents.error} retry={() => void consents.refetch()} />;
  const standing = consents.data.pages[0]?.standing ?? [];
  const events = consents.data.pages.flatMap(({ items }) => items);
  const record = mayRecord && standing.length > 0 && (
    <Button size="small" onClick={() => setRecording(true)}>
      {t('subjectConsents.record')}
    </Button>
  );
  const older = consents.hasNextPage && (
    <Button loading={consents.isFetchingNextPage} onClick={() => void consents.fetchNextPage()}>
      {t('subjectConsents.older')}
    </Button>
  );
  return (
    <>
      <TwoColumns
        left={
          <>
            <StandingPanel standing={standing} extra={record} />
            <ObjectionsPanel objections={consents.data.pages[0]?.objections ?? []} />
          </>
        }
        right={<ConsentHistory subjectId={subject.id} standing={standing} events={events} older={older} />}
      />
      {recording && <RecordConsentDialog subject={subject} standing={standing} close={() => setRecording(false)} />}
    </>
  );
}

/** A minor's consents are recorded by those who may see a minor's data. */
function useMayRecord({ minor, status }: Subject): boolean {
  const mayRecord = usePermission('consent.record');
  const mayRecordMinors = usePermission('subject.revealMinor');
  const isMinor = minor === 'under14' || minor === 'under18';
  return mayRecord && (mayRecordMinors || !isMinor) && status !== 'closed';
}
