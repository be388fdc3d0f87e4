import type { Locale } from '@abide/kernel';

/** The day of an instant in the zone by which days are counted. */
export function dayWords(
  at: Date,
  { locale, utcOffsetHours }: { readonly locale: Locale; readonly utcOffsetHours: number },
): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zoneOf(utcOffsetHours) }).format(at);
}

/** As `+08:00`. */
export function zoneOf(utcOffsetHours: number): string {
  const minutes = Math.round(Math.abs(utcOffsetHours) * 60);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${utcOffsetHours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
