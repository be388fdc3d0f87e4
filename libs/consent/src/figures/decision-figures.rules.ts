import { dayInMilliseconds } from '@abide/kernel';

export const buckets = ['minute', 'hour', 'day'] as const;
/** How far apart the points of a chart are. */
export type Bucket = (typeof buckets)[number];

/** The decisions that came out one way, bucket by bucket. */
export interface CodeSeries {
  readonly code: string;
  readonly decisions: number;
  readonly perBucket: readonly number[];
}

interface Counted {
  readonly at: Date;
  readonly code: string;
  readonly decisions: number;
}

const minute = 60_000;
const hour = 60 * minute;
const lengths: Readonly<Record<Bucket, number>> = { minute, hour, day: dayInMilliseconds };

/** In milliseconds. */
export function lengthOf(bucket: Bucket): number {
  return lengths[bucket];
}

/** As fine as leaves a chart at most about two hundred points, up to some four hundred days. */
export function bucketFor({ from, to }: { from: Date; to: Date }): Bucket {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * hour) return 'minute';
  return length <= 8 * dayInMilliseconds ? 'hour' : 'day';
}

/** The beginnings of the buckets that a span touches, the first one not after `from`; days begin at midnight of the zone. */
export function bucketsOf({ from, to }: { from: Date; to: Date }, { bucket, utcOffsetHours }: { bucket: Bucket; utcOffsetHours: number }): Date[] {
  const length = lengthOf(bucket);
  const shift = utcOffsetHours * hour;
  const first = Math.floor((from.getTime() + shift) / length) * length - shift;
  return Array.from({ length: Math.max(0, Math.ceil((to.getTime() - first) / length)) }, (_none, index) => new Date(first + index * length));
}

/** What was counted, with a zero wherever nothing was; the most frequent outcome first. */
export function seriesOf(counted: readonly Counted[], instants: readonly Date[]): CodeSeries[] {
  const places = new Map(instants.map((at, index) => [at.getTime(), index]));
  const series = [...Map.groupBy(counted, ({ code }) => code)].map(([code, own]) => {
    const perBucket = instants.map(() => 0);
    for (const { at, decisions } of own) {
      const place = places.get(at.getTime());
      if (place !== undefined) perBucket[place] = decisions;
    }
    return { code, perBucket, decisions: perBucket.reduce((sum, one) => sum + one, 0) };
  });
  return series.sort((a, b) => b.decisions - a.decisions || (a.code < b.code ? -1 : 1));
}
