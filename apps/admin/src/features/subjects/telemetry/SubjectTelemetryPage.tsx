import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import type { Subject } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { Loaded } from '../../../ui/Loaded.js';
import { MinorLookGate } from '../../../ui/MinorLookGate.js';
import { isMinor, SubjectHead } from '../../../ui/SubjectHead.js';
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
          <OnceAgreed subject={found}>
            <Explorer key={found.id} subjectId={found.id} />
          </OnceAgreed>
        </SubjectHead>
      )}
    </Loaded>
  );
}

/** Whoever may see minors’ values asks a colleague first; to others they stay withheld. */
function OnceAgreed({ subject, children }: { subject: Subject; children: ReactNode }) {
  const mayReveal = usePermission('subject.revealMinor');
  if (!isMinor(subject) || !mayReveal) return children;
  return <MinorLookGate subjectId={subject.id}>{children}</MinorLookGate>;
}

function Explorer({ subjectId }: { subjectId: string }) {
  const [look, setLook] = useState<Look | null>(null);
  if (look) return <EventTable subjectId={subjectId} look={look} />;
  return <ReasonForm given={(reason) => setLook({ reason, number: (looks += 1) })} />;
}
