import { addDuration, longestSessionDays, parseDuration, type Duration, type RetentionPromise } from '@abide/rulebook';

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
const longestSessionMilliseconds = longestSessionDays * dayMilliseconds;
/** What is collected may have occurred so long before it arrives, and so little after, by our clock (rules.md, Keep). */
const oldestMilliseconds = 7 * dayMilliseconds;
const mostAheadMilliseconds = 5 * 60_000;

type Promised = Pick<RetentionPromise, 'period' | 'minimum'> & Partial<Pick<RetentionPromise, 'until'>>;

/** Until the session ends, or for a time. */
type Span = 'session' | { readonly period: Duration; readonly minimum: Duration | null };

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

  /**
   * When what occurred then falls due: the last of what is promised, no sooner than the law's minimum; null with an event. `sessionEndsAt`: where it happened in a
   * session that is known, which ends then at the latest; what is kept until the end of one that is not known falls due a day after it occurred.
   */
  dueAt(occurredAt: number, sessionEndsAt: number | null = null): number | null {
    let last: number | null = null;
    for (const span of this.spans) {
      last = Math.max(last ?? -Infinity, this.endOf(span, occurredAt, sessionEndsAt));
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
      this.lately = { hour, dueDates: [this, ...this.others].flatMap((term) => term.datesAround(now)) };
    }
    return this.lately.dueDates;
  }

  /** When something that occurs now falls due at the latest, whatever session it happens in; null with an event. */
  latestDueAt(now: number): number | null {
    return this.dueAt(now, now + longestSessionMilliseconds);
  }

  /** No two of them are more than a month apart where a session may end at any time between. */
  private datesAround(now: number): (number | null)[] {
    const instants = [now - oldestMilliseconds - hourMilliseconds, now + mostAheadMilliseconds + hourMilliseconds];
    const dates = instants.map((at) => this.dueAt(at));
    if (!this.spans.includes('session')) return dates;
    return [...dates, this.dueAt(now, now + longestSessionMilliseconds / 2), this.latestDueAt(now + hourMilliseconds)];
  }

  private endOf(span: Span, occurredAt: number, sessionEndsAt: number | null): number {
    if (span === 'session') return sessionEndsAt ?? occurredAt + dayMilliseconds;
    const promised = addDuration(occurredAt, span.period, this.utcOffsetHours);
    return span.minimum === null
      ? promised
      : Math.max(promised, addDuration(occurredAt, span.minimum, this.utcOffsetHours));
  }
}

function spanOf({ period, until, minimum }: Promised): Span | null {
  if (until === 'sessionEnd') return 'session';
  const duration = period === null ? null : parseDuration(period);
  return duration && { period: duration, minimum: minimum && parseDuration(minimum.period) };
}

/** Why what occurred then (epoch milliseconds) is not taken now, whatever it is. */
export function isOutOfTime(at: number, now: number): 'event.tooOld' | 'event.inFuture' | null {
  if (at < now - oldestMilliseconds) return 'event.tooOld';
  return at > now + mostAheadMilliseconds ? 'event.inFuture' : null;
}
