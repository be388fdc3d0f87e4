import { Temporal } from 'temporal-polyfill';

/** An instant a while later by the calendar of the profile that specs run under (Asia/Shanghai), as the product reckons periods. */
export function laterBy(instant: Date | string, period: { readonly months?: number; readonly years?: number }): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(new Date(instant).getTime());
  return new Date(from.toZonedDateTimeISO('Asia/Shanghai').add(period).epochMilliseconds);
}
