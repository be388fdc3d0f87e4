import type { PolicyProblem } from '@abide/rulebook';

/** Something wrong with a policy: the rulebook's findings, and those that need to know the other policies. */
export type Finding = Omit<PolicyProblem, 'code'> & { readonly code: string };
