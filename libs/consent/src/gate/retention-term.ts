import { addDuration, parseDuration, type Duration, type RetentionPromise } from '@abide/rulebook';

const hourMilliseconds = 3_600_000;
/** What is collected may have occurred so long before it arrives, and so little after, by our clock (rules.md, Keep). */
const oldestMilliseconds = 7 * 24 * hourMilliseconds;
const mostAheadMilliseconds = 5 * 60_000;

/** How long one category is kept in one service, as it is promised now. Instants in epoch milliseconds. */
export class RetentionTerm {
  private readonly period: Duration | null;
  private readonly minimum: Duration | null;
  private lately: { readonly hour: number; readonly dueDates: readonly (number | null)[] } | null = null;

  /** Months are those of the zone that is `utcOffsetHours` ahead of UTC. `before`: what was promised at some time of the last days. */
  constructor(
    promise: Pick<RetentionPromise, 'period' | 'minimum'> | null,
    private readonly utcOffsetHours: number,
    private readonly before: readonly RetentionTerm[] = [],
  ) {
    const durationOf = (text: string | null | undefined) => (text ? parseDuration(text) : null);
    this.period = durationOf(promise?.period);
    this.minimum = durationOf(promise?.minimum?.period);
  }

  /** When what occurred then falls due: no sooner than the law's minimum; null with an event. */
  dueAt(occurredAt: number): number | null {
    if (this.period === null) return null;
    const promised = addDuration(occurredAt, this.period, this.utcOffsetHours);
    return this.minimum === null
      ? promised
      : Math.max(promised, addDuration(occurredAt, this.minimum, this.utcOffsetHours));
  }

  /**
   * The first and the last due date of all that was taken in the last days (epoch milliseconds; null with an event), of what was promised meanwhile as well:
   * where an item sent again could be stored already. The same array for an hour.
   */
  dueLately(now: number): readonly (number | null)[] {
    const hour = Math.floor(now / hourMilliseconds);
    if (this.lately?.hour !== hour) {
      const instants = [now - oldestMilliseconds - hourMilliseconds, now + mostAheadMilliseconds + hourMilliseconds];
      this.lately = {
        hour,
        dueDates: [this, ...this.before].flatMap((term) => instants.map((at) => term.dueAt(at))),
      };
    }
    return this.lately.dueDates;
  }
}

/** Why what occurred then (epoch milliseconds) is not taken now, whatever it is. */
export function isOutOfTime(at: number, now: number): 'event.tooOld' | 'event.inFuture' | null {
  if (at < now - oldestMilliseconds) return 'event.tooOld';
  return at > now + mostAheadMilliseconds ? 'event.inFuture' : null;
}
