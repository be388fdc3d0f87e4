import type { RevisionState } from '../revisions/revision.entity.js';
import type { AllowedAct } from './revision-view.js';

const actOfState = { draft: 'submission', inReview: 'approval', approved: 'schedule' } as const;

export const nextActs = Object.values(actOfState);
export type NextAct = (typeof nextActs)[number];

/** The act that a revision waits for, when it is this operator's to do; null when it waits for somebody else or for nothing. */
export function nextActFor(state: RevisionState, allowedActs: readonly AllowedAct[]): NextAct | null {
  if (state !== 'draft' && state !== 'inReview' && state !== 'approved') return null;
  const next = actOfState[state];
  return allowedActs.some(({ act, allowed }) => act === next && allowed) ? next : null;
}
