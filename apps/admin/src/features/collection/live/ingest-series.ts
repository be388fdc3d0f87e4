import type { IngestSummary } from '../collection.types.js';
import type { ChartSeries } from '../../../ui/chart-scale.js';

type Counted = Pick<IngestSummary, 'points' | 'byReason'>;

/** With what was accepted and the rest they are five: as many as a chart tells apart by colour. */
const mostReasons = 3;

/** What was accepted, and on top of it what was refused by reason: the most frequent ones by themselves, the rest together. */
export function outcomeParts(
  { points, byReason }: Counted,
  labels: { accepted: string; other: string; labelOf: (code: string) => string },
): ChartSeries[] {
  const accepted = {
    key: 'accepted',
    label: labels.accepted,
    points: points.map(({ at, accepted: value }) => ({ at, value })),
  };
  const most = byReason
    .slice(0, mostReasons)
    .map((one) => partOf(one.code, labels.labelOf(one.code), { points, byReason: [one] }));
  const others = byReason.slice(mostReasons);
  return others.length === 0
    ? [accepted, ...most]
    : [accepted, ...most, partOf('other', labels.other, { points, byReason: others })];
}

/** How late events came, in seconds; nothing where none came. */
export function lagSeries({ points }: Pick<Counted, 'points'>, label: string): ChartSeries {
  const known = points.flatMap(({ at, lagMilliseconds }) =>
    lagMilliseconds === null ? [] : [{ at, value: lagMilliseconds / 1000 }],
  );
  return { key: 'lag', label, points: known };
}

export interface IngestTotals {
  readonly accepted: number;
  readonly refused: number;
  /** Over everything accepted; null where nothing was. */
  readonly lagMilliseconds: number | null;
}

export function totalsOf({ points }: Pick<Counted, 'points'>): IngestTotals {
  const accepted = points.reduce((sum, point) => sum + point.accepted, 0);
  const refused = points.reduce((sum, point) => sum + point.refused, 0);
  const lag = points.reduce((sum, point) => sum + point.accepted * (point.lagMilliseconds ?? 0), 0);
  return { accepted, refused, lagMilliseconds: accepted === 0 ? null : lag / accepted };
}

/** A duration in the unit that says it in two or three figures. */
export function durationText(milliseconds: number, language: string): string {
  const units = [
    ['millisecond', 1, 1000],
    ['second', 1000, 120],
    ['minute', 60_000, 120],
    ['hour', 3_600_000, Infinity],
  ] as const;
  const [unit, length] = units.find(([, one, most]) => milliseconds < one * most) ?? units[3];
  const value = milliseconds / length;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'millisecond' ? 1 : 0,
  }).format(value);
}

function partOf(key: string, label: string, { points, byReason }: Counted): ChartSeries {
  return {
    key,
    label,
    points: points.map(({ at }, index) => ({
      at,
      value: byReason.reduce((sum, { perPoint }) => sum + (perPoint[index] ?? 0), 0),
    })),
  };
}
