import type { SendResult } from '../send-result.js';

/** How a hand-over ended. `addressDead`: the relay refused the address for good; `failed`: anything else that the channel threw. */
export type HandOver = SendResult | 'addressDead' | 'failed';

/** How long a failed message waits before its next try, in seconds, by the number of tries so far. */
const waitsSeconds = [60, 300, 1800];
const laterSeconds = 6 * 3600;

/**
 * What follows a hand-over that failed `tries` times: queued for another try soon, or `failed`: given up for now and
 * tried again every six hours while somebody still has to be attempted.
 */
export function afterFailure(tries: number, at: Date): { state: 'queued' | 'failed'; nextTryAt: Date } {
  const soon = waitsSeconds[tries - 1];
  return {
    state: soon === undefined ? 'failed' : 'queued',
    nextTryAt: new Date(at.getTime() + (soon ?? laterSeconds) * 1000),
  };
}

/** A permanent answer that names the address itself as the reason: X.1.1 to X.1.3, X.1.6, X.1.10, X.2.1 (RFC 3463, RFC 7505). */
const deadAddress = /^5\d\d[ -]5\.(1\.(1|2|3|6|10)|2\.1)(?!\d)/;

/**
 * Whether the mail relay refused for good because nobody can be reached at the address. Anything else, a relay that
 * denies us included, is our failure and not the address's.
 */
export function isAddressDead(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('response' in error)) return false;
  return typeof error.response === 'string' && deadAddress.test(error.response);
}

/** A transport's message may quote the address, so only its code is written down. */
export function errorCodeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}

/** What a hand-over that did not succeed says of the subject: that no address works, or, of a channel that fails or that nobody has set up, nothing. */
export function lossOf(result: HandOver, isChannelConfigured: boolean): 'unreachable' | 'notHandedOver' {
  if (result === 'failed') return 'notHandedOver';
  return result === 'addressDead' || isChannelConfigured ? 'unreachable' : 'notHandedOver';
}
