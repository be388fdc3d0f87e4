/** The zone of this browser as `UTC+8`, at that instant (summer time moves it). */
export function zoneOf(at: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return name.replace('GMT', 'UTC').replace(/^UTC[+-]0$/, 'UTC');
}

/** The zone that lies so many whole hours ahead of UTC, as browsers know it: days of the law in force are days there, wherever the operator sits. */
export function zoneAhead(utcOffsetHours: number): string {
  return `Etc/GMT${utcOffsetHours > 0 ? '-' : '+'}${Math.abs(utcOffsetHours)}`;
}

/** `2026-09-01 00:00` in the given zone (this browser's by default), the same in every language so that columns align. */
export function shortInstant(at: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** The day of `shortInstant` alone. */
export function shortDay(at: Date, timeZone?: string): string {
  return shortInstant(at, timeZone).slice(0, '2026-09-01'.length);
}

/** The whole instant in words of the language, to the second, with the zone's name. */
export function longInstant(at: Date, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'long',
  }).format(at);
}

const millisecondsPerDay = 86_400_000;

/** Whole days still to come until then, rounded up: 25 hours are 2 days; nothing is left once it has passed. */
export function daysUntil(at: Date, now: Date): number {
  return Math.max(0, Math.ceil((at.getTime() - now.getTime()) / millisecondsPerDay));
}
