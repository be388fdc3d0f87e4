import { compare, parsePolicyTests, runPolicyTests } from '@abide/rulebook';
import { comparedClauses } from './compared-clauses.js';
import { checkText } from './text-check.js';

/** What the calculating thread can be asked for: pure functions of values that can be sent to it and back. */
export const calculations = { checkText, compare, comparedClauses, parsePolicyTests, runPolicyTests } as const;

export type Calculations = typeof calculations;
export type CalculationName = keyof Calculations;
