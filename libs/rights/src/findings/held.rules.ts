import type { Holder, RetainedCount, StayingGround } from '@abide/platform';
import { covers, type Hold } from '@abide/retention';
import type { RequestType } from '../request-kinds.js';
import type { Exemption } from './finding.rules.js';

/** What one holder keeps of one category. */
export interface HeldPart {
  /** Whether deleting it takes away the keys that everything else is read with. */
  readonly isKeys: boolean;
  readonly category: string;
  readonly since: Date | null;
}

/** The keys go only with the account. */
export function takesKeys({ phase }: Holder, request: { readonly type: RequestType }): boolean {
  return phase === 'keys' && request.type === 'accountClosure';
}

/** The holds over what a holder keeps; any is over the keys. */
export function holdsOver(holds: readonly Hold[], part: HeldPart, now: Date): Hold[] {
  return holds.filter((hold) => part.isKeys || covers(hold, part, now));
}

/**
 * What forbids a deletion before what only speaks against it, what can be told before what cannot, and of that what lasts longest first:
 * the first one is given as the reason.
 */
export function exemptionsOf(
  minimums: readonly StayingGround[],
  holds: readonly Hold[],
  advised: readonly StayingGround[] = [],
): Exemption[] {
  const told = holds.filter(({ barredArticle }) => barredArticle === null).map(exemptionOf);
  const barred = holds.filter(({ barredArticle }) => barredArticle !== null).map(exemptionOf);
  const forbidding = [...minimums, ...told].sort(lastsLonger);
  return [...forbidding, ...advised, ...barred];
}

/** A ground as the person concerned reads it: nothing of a hold that is not among those they are told of. */
export function isTold(
  { ground, article, until }: Pick<RetainedCount, 'until'> & { ground: string | null; article: string | null },
  told: readonly Hold[],
): boolean {
  if (ground !== 'hold') return true;
  const end = until && new Date(until).getTime();
  return told.some((hold) => hold.article === article && hold.until.getTime() === end);
}

function exemptionOf({ id, article, until, barredArticle }: Hold): Exemption {
  return { ground: 'hold', article, until, holdId: id, ...(barredArticle === null ? {} : { isBarred: true }) };
}

function lastsLonger(one: StayingGround, other: StayingGround): number {
  return (other.until?.getTime() ?? Infinity) - (one.until?.getTime() ?? Infinity);
}
