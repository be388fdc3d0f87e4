import type { Giver } from '../events/consent-event.entity.js';

/** Who speaks for the subject. `evidence`: an operator's note of how the subject said so. */
export interface GivenBy {
  readonly kind: Exclude<Giver, 'system'>;
  readonly id: string | null;
  readonly evidence?: string;
  readonly reason?: string;
  /** Whose act the recording is, where an operator brings a guardian's word. */
  readonly isBroughtByOperator?: boolean;
  /** Asked in the transaction that writes, over what it locks: whoever may speak no more by then writes nothing. */
  readonly stillMay?: () => Promise<void>;
}
