const firstMilliseconds = 1_000;
const longestMilliseconds = 5 * 60_000;
const longestToldMilliseconds = 60 * 60_000;

/** When to try again. `isTold`: the server said so, and nothing that happens here makes it sooner. */
export interface Wait {
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly until: number;
  readonly isTold: boolean;
}

export const noWait: Wait = { failures: 0, until: 0, isTold: false };

/**
 * The wait after one more failure: exponential with full jitter, five minutes at most; what the server asks for (`toldMilliseconds`)
 * is waited for in full, up to an hour, and a little more, so that not everybody is back at the same instant. `random` answers [0, 1).
 */
export function nextWait(
  { failures }: Wait,
  { now, toldMilliseconds, random }: { now: number; toldMilliseconds: number | null; random: () => number },
): Wait {
  const jitter =
    random() *
    (toldMilliseconds === null ? Math.min(longestMilliseconds, firstMilliseconds * 2 ** failures) : firstMilliseconds);
  const told = Math.min(toldMilliseconds ?? 0, longestToldMilliseconds);
  return { failures: failures + 1, until: now + told + jitter, isTold: toldMilliseconds !== null };
}

/** How long still to wait, in milliseconds. A wait longer than any can be was made by a clock that has been put back since: it is over. */
export function remaining({ until }: Wait, now: number): number {
  const left = until - now;
  return left > longestToldMilliseconds + firstMilliseconds ? 0 : Math.max(0, left);
}

/** What `Retry-After` asks for (RFC 9110 §10.2.3: seconds or a date), in milliseconds; null where it says nothing that can be read. */
export function retryAfterOf(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
