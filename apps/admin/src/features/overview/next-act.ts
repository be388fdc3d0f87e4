import type { Revision } from '../../api/types.js';

const nextActs = { draft: 'submission', inReview: 'approval', approved: 'schedule' } as const;

/** The act that a revision waits for, when it is this operator's to do; null when it waits for somebody else or for nothing. */
export function nextActFor({
  state,
  allowedActs,
}: Pick<Revision, 'state' | 'allowedActs'>): 'submission' | 'approval' | 'schedule' | null {
  if (state !== 'draft' && state !== 'inReview' && state !== 'approved') return null;
  const next = nextActs[state];
  return allowedActs.some(({ act, allowed }) => act === next && allowed) ? next : null;
}
