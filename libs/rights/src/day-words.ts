import type { Locale } from '@abide/kernel';

/** The day of an instant in the zone by which days are counted. */
export function dayWords(
  at: Date,
  { locale, utcOffsetHours }: { readonly locale: Locale; readonly utcOffsetHours: number },
): string {
  return formatOf(locale, utcOffsetHours, 'day').format(at);
}

/** The same with the time of the day. */
export function momentWords(
  at: Date,
  { locale, utcOffsetHours }: { readonly locale: Locale; readonly utcOffsetHours: number },
): string {
  return formatOf(locale, utcOffsetHours, 'moment').format(at);
}

const styles = { day: { dateStyle: 'long' }, moment: { dateStyle: 'long', timeStyle: 'short' } } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes as long as thousands of uses. */
function formatOf(locale: Locale, utcOffsetHours: number, style: keyof typeof styles): Intl.DateTimeFormat {
  const timeZone = zoneOf(utcOffsetHours);
  const name = `${locale} ${timeZone} ${style}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  formats.set(name, format);
  return format;
}

/** As `+08:00`. */
export function zoneOf(utcOffsetHours: number): string {
  const minutes = Math.round(Math.abs(utcOffsetHours) * 60);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${utcOffsetHours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
