import type { Entry } from './entry.rules.js';

/** An entry together with what its remaining openings tell. */
export interface ReadEntry {
  readonly entry: Entry;
  readonly actorId: string;
  readonly actorName: string | null;
  readonly objectId: string;
  readonly subjectId: string | null;
  readonly reason: string | null;
  readonly isIntact: boolean;
}
