import type { FixCategory } from '../fix.entity.js';

export const sources = ['gps', 'wifi'] as const;
export type FixSource = (typeof sources)[number];

/** A fix as it stands on the wire, once it passed the schema. */
export interface SubmittedFix {
  readonly fixId: string;
  readonly subjectId: string;
  readonly occurredAt: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMetres: number;
  readonly source: FixSource;
  readonly service: string;
}

/** A fix that needs nothing more but a decision. */
export interface CheckedFix extends SubmittedFix {
  /** Its place in the request. */
  readonly index: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly category: FixCategory;
  /** Those that a bounded client is for; left out, every purpose that allows it. */
  readonly purposes?: readonly string[] | undefined;
  /** The session of the subject that sent it; null where a service did. */
  readonly sessionId: string | null;
  /** The request that brought it carried Global Privacy Control. */
  readonly hasGpcSignal: boolean;
}

export function categoryOf(source: FixSource): FixCategory {
  return `location.${source}`;
}
