import { outgoingFailures, type OutgoingFailureCode } from '@abide/platform';

export const holderFailures = [...outgoingFailures, 'badSignature', 'badAnswer', 'incomplete', 'noCallback'] as const;
export type HolderFailureCode = OutgoingFailureCode | 'badSignature' | 'badAnswer' | 'incomplete' | 'noCallback';

/** A holder outside gave no answer that counts; the message holds nothing that came from there. */
export class HolderFailure extends Error {
  override name = 'HolderFailure';

  /** @param status that it answered, where it did */
  constructor(
    readonly code: HolderFailureCode,
    readonly status: number | null = null,
  ) {
    super(`A holder outside gave no answer: ${code}`);
  }
}
