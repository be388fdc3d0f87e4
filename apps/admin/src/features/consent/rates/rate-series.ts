import type { PurposeRates } from '../consent.types.js';
import type { ChartSeries } from '../../../ui/chart-scale.js';

export type Measure = 'share' | 'people';

interface SeriesOptions {
  readonly measure: Measure;
  readonly utcOffsetHours: number;
  /** When the newest figures were counted. */
  readonly asOf: string | null;
  readonly labels: { readonly granted: string; readonly withdrawn: string };
}

const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

/** Granted and withdrawn as lines: at the last minute of each day, today at the moment it was counted. */
export function rateSeries(
  { points }: Pick<PurposeRates, 'points'>,
  { measure, utcOffsetHours, asOf, labels }: SeriesOptions,
): ChartSeries[] {
  return (['granted', 'withdrawn'] as const).map((key) => ({
    key,
    label: labels[key],
    points: points.map((point) => ({
      at: instantOf(point.day, utcOffsetHours, asOf),
      value: measure === 'people' ? point[key] : share(point[key], point.subjects),
    })),
  }));
}

/** The purposes about which anybody has said anything before the others, each in the order they came. */
export function spokenOfFirst<Rates extends Pick<PurposeRates, 'points'>>(items: readonly Rates[]): Rates[] {
  const isSilent = ({ points }: Rates) => points.every(({ granted, withdrawn }) => granted + withdrawn === 0);
  return [...items.filter((item) => !isSilent(item)), ...items.filter(isSilent)];
}

/** Out of a hundred; nobody of nobody is none. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, (part / whole) * 100);
}

function instantOf(date: string, utcOffsetHours: number, asOf: string | null): string {
  const end = Date.parse(`${date}T00:00:00Z`) + day - utcOffsetHours * hour - minute;
  return new Date(asOf === null ? end : Math.min(end, Date.parse(asOf))).toISOString();
}
