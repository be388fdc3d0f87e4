import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Loaded } from '../../../ui/Loaded.js';
import { SubjectHead } from '../../../ui/SubjectHead.js';
import { subjectQuery } from '../../../api/subject.js';
import { EventTable } from './EventTable.js';
import { ReasonForm } from './ReasonForm.js';
import type { Look } from './look.js';

let looks = 0;

/** What telemetry holds about the subject: shown once a reason is given, and recorded with it. */
export function SubjectTelemetryPage() {
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <Explorer key={found.id} subjectId={found.id} />
        </SubjectHead>
      )}
    </Loaded>
  );
}

function Explorer({ subjectId }: { subjectId: string }) {
  const [look, setLook] = useState<Look | null>(null);
  if (look) return <EventTable subjectId={subjectId} look={look} />;
  return <ReasonForm given={(reason) => setLook({ reason, number: (looks += 1) })} />;
}
