import type { Jobs } from '@abide/platform';
import { isShown } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** The queue on which what was granted is carried out; a job names its request alone. */
export const fulfilmentJob = 'rights.fulfil';

/** An export may take minutes: those that wait for one leave room for whatever else is carried out. */
export const fulfilmentPace = { atOnce: 8, atOncePerGroup: 4, keepsOneWaitingPerKey: true };

/** Carries a request out later, in the open transaction if there is one; one job waits for it at most. */
export async function queueFulfilment(
  jobs: Jobs,
  { subjectId, id: requestId, type }: Pick<SubjectRequest, 'subjectId' | 'id' | 'type'>,
): Promise<void> {
  const terms = { singletonKey: requestId, ...(isShown(type) ? { group: 'exports' } : {}) };
  await jobs.send(fulfilmentJob, { subjectId, requestId }, terms);
}
