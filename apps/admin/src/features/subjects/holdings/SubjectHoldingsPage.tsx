import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Loaded } from '../../../ui/Loaded.js';
import { SubjectHead } from '../../../ui/SubjectHead.js';
import { subjectQuery } from '../../../api/subject.js';
import { HoldingsTable } from './HoldingsTable.js';
import { PositioningPanel } from './PositioningPanel.js';

/** What is held about the subject, why and until when; and whether they let themselves be located. */
export function SubjectHoldingsPage() {
  const { id = '' } = useParams();
  const subject = useQuery(subjectQuery(id));
  return (
    <Loaded query={subject}>
      {(found) => (
        <SubjectHead subject={found}>
          <HoldingsTable subjectId={found.id} />
          <PositioningPanel subjectId={found.id} />
        </SubjectHead>
      )}
    </Loaded>
  );
}
