/** Why a request to the outside did not end as it should, for whoever looks after it. */
export const outgoingFailures = [
  'addressForbidden',
  'hostUnknown',
  'unreachable',
  'timedOut',
  'answerTooLarge',
  'redirected',
  'gone',
  'refused',
] as const;
export type OutgoingFailureCode = (typeof outgoingFailures)[number];

/** A request to the outside that failed; its message names neither the address nor what was sent. */
export class OutgoingFailure extends Error {
  override name = 'OutgoingFailure';

  /** @param status that the other side answered, where it did */
  constructor(
    readonly code: OutgoingFailureCode,
    readonly status: number | null = null,
  ) {
    super(status === null ? `The request failed: ${code}` : `The request failed: ${code}, answered ${status}`);
  }
}
