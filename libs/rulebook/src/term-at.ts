import type { Term } from './terms.js';

/** A term with where it stands. */
export interface TermAt<T extends Term = Term> {
  readonly term: T;
  readonly clauseId: string;
  readonly clause: number;
  readonly position: number;
}
