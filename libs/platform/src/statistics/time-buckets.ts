import { dayInMilliseconds, DomainError } from '@abide/kernel';

export const buckets = ['minute', 'hour', 'day'] as const;
/** How far apart the points of a chart are. */
export type Bucket = (typeof buckets)[number];

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const minute = 60_000;
const hour = 60 * minute;
const lengths: Readonly<Record<Bucket, number>> = { minute, hour, day: dayInMilliseconds };
const longestDays = 400;

/**
 * The span between two instants in RFC 3339: until now, and a day long, where they are left out.
 * @throws DomainError `request.invalid` for a span that is reversed, or longer than figures are kept.
 */
export function toSpan({ from, to }: { from?: string; to?: string }, now: Date): Span {
  const end = to === undefined ? now : new Date(to);
  const start = from === undefined ? new Date(end.getTime() - dayInMilliseconds) : new Date(from);
  const days = (end.getTime() - start.getTime()) / dayInMilliseconds;
  if (days >= 0 && days <= longestDays) return { from: start, to: end };
  const message = `A span ends after it begins and is at most ${longestDays} days long.`;
  throw new DomainError('invalid', 'request.invalid', {
    detail: message,
    errors: [{ pointer: '/from', code: 'span', message }],
  });
}

/** As fine as leaves a chart at most about two hundred points, up to some four hundred days. */
export function bucketFor({ from, to }: Span): Bucket {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * hour) return 'minute';
  return length <= 8 * dayInMilliseconds ? 'hour' : 'day';
}

/** The beginnings of the buckets that a span touches, the first one not after `from`; days begin at midnight of the zone. */
export function bucketsOf(
  { from, to }: Span,
  { bucket, utcOffsetHours }: { bucket: Bucket; utcOffsetHours: number },
): Date[] {
  const length = lengths[bucket];
  const shift = utcOffsetHours * hour;
  const first = Math.floor((from.getTime() + shift) / length) * length - shift;
  return Array.from(
    { length: Math.max(0, Math.ceil((to.getTime() - first) / length)) },
    (_none, index) => new Date(first + index * length),
  );
}

/** SQL for the beginning of the bucket that the column `minute` falls into; $1 and $2 are `bucketParameters`. */
export const bucketOfMinute = 'to_timestamp(floor((extract(epoch FROM minute) + $2) / $1) * $1 - $2)';

/** The seconds of a bucket and of the zone's offset, for `bucketOfMinute`. */
export function bucketParameters(bucket: Bucket, utcOffsetHours: number): [number, number] {
  return [lengths[bucket] / 1000, utcOffsetHours * 3600];
}

/** What was counted, one figure for each of `instants`: zero wherever nothing was. */
export function perBucket(
  counted: readonly { readonly at: Date; readonly count: number }[],
  instants: readonly Date[],
): number[] {
  const counts = new Map(counted.map(({ at, count }) => [at.getTime(), count]));
  return instants.map((at) => counts.get(at.getTime()) ?? 0);
}
