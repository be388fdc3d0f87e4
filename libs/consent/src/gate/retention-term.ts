import { addDuration, parseDuration, type Duration, type RetentionPromise } from '@abide/rulebook';

const hourMilliseconds = 3_600_000;
/** What is collected may have occurred so long before it arrives, and so little after, by our clock (rules.md, Keep). */
const oldestMilliseconds = 7 * 24 * hourMilliseconds;
const mostAheadMilliseconds = 5 * 60_000;

type Promised = Pick<RetentionPromise, 'period' | 'minimum'>;

interface Span {
  readonly period: Duration;
  readonly minimum: Duration | null;
}

/** How long one category is kept in one service, as it is promised now of each purpose that it is for. Instants in epoch milliseconds. */
export class RetentionTerm {
  /** Empty where one of them ends with an event, or none is made. */
  private readonly spans: readonly Span[];
  private lately: { readonly hour: number; readonly dueDates: readonly (number | null)[] } | null = null;

  /** Months are those of the zone that is `utcOffsetHours` ahead of UTC. `others`: what is promised of other purposes, and was at some time of the last days. */
  constructor(
    promises: readonly Promised[],
    private readonly utcOffsetHours: number,
    private readonly others: readonly RetentionTerm[] = [],
  ) {
    const spans = promises.map(spanOf);
    this.spans = spans.includes(null) ? [] : spans.filter((span) => span !== null);
  }

  /** When what occurred then falls due: the last of what is promised, no sooner than the law's minimum; null with an event. */
  dueAt(occurredAt: number): number | null {
    let last: number | null = null;
    for (const { period, minimum } of this.spans) {
      last = Math.max(last ?? -Infinity, addDuration(occurredAt, period, this.utcOffsetHours));
      if (minimum !== null) last = Math.max(last, addDuration(occurredAt, minimum, this.utcOffsetHours));
    }
    return last;
  }

  /**
   * The first and the last due date of all that was taken in the last days (epoch milliseconds; null with an event), for other purposes and of what was promised
   * meanwhile as well: where an item sent again could be stored already. The same array for an hour.
   */
  dueLately(now: number): readonly (number | null)[] {
    const hour = Math.floor(now / hourMilliseconds);
    if (this.lately?.hour !== hour) {
      const instants = [now - oldestMilliseconds - hourMilliseconds, now + mostAheadMilliseconds + hourMilliseconds];
      this.lately = {
        hour,
        dueDates: [this, ...this.others].flatMap((term) => instants.map((at) => term.dueAt(at))),
      };
    }
    return this.lately.dueDates;
  }
}

function spanOf({ period, minimum }: Promised): Span | null {
  const duration = period === null ? null : parseDuration(period);
  return duration && { period: duration, minimum: minimum && parseDuration(minimum.period) };
}

/** Why what occurred then (epoch milliseconds) is not taken now, whatever it is. */
export function isOutOfTime(at: number, now: number): 'event.tooOld' | 'event.inFuture' | null {
  if (at < now - oldestMilliseconds) return 'event.tooOld';
  return at > now + mostAheadMilliseconds ? 'event.inFuture' : null;
}
