import type { UnknownWhy } from './finding.rules.js';

/** What one holder outside has of one category, or why nobody knows. */
export interface OutsideFound {
  readonly holder: string;
  readonly category: string;
  /** 0 where it did not say. */
  readonly count: number;
  readonly since: Date | null;
  readonly until: Date | null;
  readonly outcome: UnknownWhy | 'done' | 'nothing';
}
