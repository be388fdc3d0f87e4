import type { Comparison } from '@abide/rulebook';
import type { Revision } from '../revisions/revision.entity.js';

/** Two revisions of a policy and what the later one changes; `from` is null where there is no earlier one. */
export interface RevisionComparison {
  readonly from: Revision | null;
  readonly to: Revision;
  readonly comparison: Comparison;
}
