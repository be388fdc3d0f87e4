import { noticeTerms, type PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { Revision } from '../../../api/types.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { comparisonQuery, revisionQuery } from '../policies.queries.js';
import { DecidePage } from './DecidePage.js';
import { ScheduleForm } from './ScheduleForm.js';

/** Fixes when an approved revision takes effect, with what that sets off. */
export function SchedulePage() {
  return <DecidePage act="schedule">{(revision) => <Schedule revision={revision} />}</DecidePage>;
}

function Schedule({ revision }: { revision: Revision }) {
  const comparison = useQuery(comparisonQuery(revision.id, 'inForce'));
  const inForce = comparison.data?.from?.id;
  const present = useQuery({ ...revisionQuery(inForce ?? ''), enabled: inForce !== undefined });
  if (comparison.isError) return <ErrorState error={comparison.error} retry={() => void comparison.refetch()} />;
  if (!comparison.data || (inForce && present.isPending)) return <Skeleton active />;
  const promisedDays = present.data ? noticeTerms(present.data.document as PolicyDocument).leadDays : 0;
  return <ScheduleForm revision={revision} computed={comparison.data.materiality} promisedDays={promisedDays} />;
}
