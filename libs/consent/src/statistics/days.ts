import { dayInMilliseconds } from '@abide/kernel';

const hourInMilliseconds = 3_600_000;

/** The calendar day `YYYY-MM-DD` of an instant in the zone that is `utcOffsetHours` ahead of UTC. */
export function dayOf(at: Date, utcOffsetHours: number): string {
  return new Date(at.getTime() + utcOffsetHours * hourInMilliseconds).toISOString().slice(0, 10);
}

/** The first instant after a calendar day in that zone. */
export function endOfDay(day: string, utcOffsetHours: number): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayInMilliseconds - utcOffsetHours * hourInMilliseconds);
}

/** The day that lies `days` after another; before it where negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayInMilliseconds).toISOString().slice(0, 10);
}
