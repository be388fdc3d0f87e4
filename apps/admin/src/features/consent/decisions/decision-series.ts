import type { DecisionSummary } from '../consent.types.js';
import type { ChartSeries } from '../../../ui/chart-scale.js';

type Counted = Pick<DecisionSummary, 'instants' | 'codes'>;

const mostReasons = 4;

/** Allowed against refused, one line each. */
export function outcomeSeries(
  { instants, codes }: Counted,
  labels: { allowed: string; refused: string },
): ChartSeries[] {
  return [
    lineOf('allowed', labels.allowed, { instants, codes: codes.filter(({ code }) => code === 'allowed') }),
    lineOf('refused', labels.refused, { instants, codes: codes.filter(({ code }) => code !== 'allowed') }),
  ];
}

/** Refusals by reason: the most frequent ones by themselves, the rest together. */
export function reasonSeries({ instants, codes }: Counted, labelOf: (code: string) => string): ChartSeries[] {
  const refused = codes.filter(({ code }) => code !== 'allowed');
  const most = refused
    .slice(0, mostReasons)
    .map((one) => lineOf(one.code, labelOf(one.code), { instants, codes: [one] }));
  const others = refused.slice(mostReasons);
  return others.length === 0 ? most : [...most, lineOf('other', labelOf('other'), { instants, codes: others })];
}

function lineOf(key: string, label: string, { instants, codes }: Counted): ChartSeries {
  return {
    key,
    label,
    points: instants.map((at, index) => ({
      at,
      value: codes.reduce((sum, { perBucket }) => sum + (perBucket[index] ?? 0), 0),
    })),
  };
}
