import type { GuardianDecision, Guardianship } from './guardians.queries.js';

/** What of a guardianship an officer may decide: what it waits for, or what stands in the way. */
export function decisionsAbout(
  { state, awaits, withdrawalStands }: Pick<Guardianship, 'state' | 'awaits' | 'withdrawalStands'>,
  isChild: boolean,
): GuardianDecision['about'][] {
  if (!isChild) return [];
  return [
    ...(awaits.includes('otherGuardian') ? (['addition'] as const) : []),
    ...(state === 'confirmed' && awaits.includes('age') ? (['age'] as const) : []),
    ...(withdrawalStands ? (['withdrawal'] as const) : []),
  ];
}
