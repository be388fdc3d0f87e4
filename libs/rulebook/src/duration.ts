/** An ISO 8601 duration of calendar units and hours; every part is a non-negative integer. */
export interface Duration {
  readonly months: number;
  readonly days: number;
  readonly hours: number;
}

const shape = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(\d{1,5})H)?$/;

/** Reads `P6M`, `P1Y6M`, `P2W`, `P30D`, `PT72H`; null for anything else and for a length of nothing. */
export function parseDuration(text: string): Duration | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [years, months, weeks, days, hours] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const duration = { months: years * 12 + months, days: weeks * 7 + days, hours };
  return duration.months + duration.days + duration.hours > 0 ? duration : null;
}

const monthsOfFourYears = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].concat(
  ...[1, 2, 3].map(() => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
);
const daysOfFourYears = 1461;

/** The longest span, in days, that a duration can have, whatever day it starts on: P1M is 31, P6M is 184, P1Y is 366. */
export function longestSpanInDays(duration: Duration): number {
  return Math.max(...spansInDays(duration));
}

/** The shortest one: P1M is 28, P6M is 181, P1Y is 365. */
export function shortestSpanInDays(duration: Duration): number {
  return Math.min(...spansInDays(duration));
}

/** The spans by the month of a leap cycle that a duration starts in. */
function spansInDays({ months, days, hours }: Duration): readonly number[] {
  const wholeCycles = Math.floor(months / 48);
  const rest = months % 48;
  return monthsOfFourYears.map((_, start) => {
    let sum = wholeCycles * daysOfFourYears + days + hours / 24;
    for (let month = 0; month < rest; month += 1) sum += monthsOfFourYears[(start + month) % 48] ?? 0;
    return sum;
  });
}

/**
 * The instant (epoch milliseconds) a duration after another one, by the calendar of the zone that is `utcOffsetHours` ahead of UTC: where it is 1 October already, six
 * months end on 1 April. A month's end stays a month's end (31 January + P1M = 28 February).
 */
export function addDuration(instant: number, duration: Duration, utcOffsetHours: number): number {
  const rest = (duration.days * 24 + duration.hours) * 3_600_000;
  if (duration.months === 0) return instant + rest;
  const shift = utcOffsetHours * 3_600_000;
  const from = new Date(instant + shift);
  const to = new Date(instant + shift);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + duration.months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime() - shift + rest;
}
