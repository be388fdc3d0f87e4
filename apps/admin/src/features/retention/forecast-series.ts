import type { ChartSeries } from '../../ui/chart-scale.js';
import type { Forecast } from './retention.queries.js';

/** With the rest they are five: as many as a chart tells apart by colour. */
const mostKinds = 4;

/** What falls due month by month, the kinds with the most by themselves and the rest together. A month in which nothing falls due has no point. */
export function forecastSeries(
  months: Forecast['months'],
  { nameOf, other }: { readonly nameOf: (category: string) => string; readonly other: string },
): ChartSeries[] {
  const instants = [...new Set(months.map(({ month }) => month))].toSorted();
  const kinds = [...Map.groupBy(months, ({ category }) => category)]
    .map(([category, own]) => ({ category, own, total: own.reduce((sum, { records }) => sum + records, 0) }))
    .toSorted((one, another) => another.total - one.total);
  const part = (key: string, label: string, own: Forecast['months']): ChartSeries => ({
    key,
    label,
    points: instants.map((month) => ({
      at: `${month}T00:00:00.000Z`,
      value: own.reduce((sum, one) => sum + (one.month === month ? one.records : 0), 0),
    })),
  });
  const most = kinds.slice(0, mostKinds).map(({ category, own }) => part(category, nameOf(category), own));
  const rest = kinds.slice(mostKinds).flatMap(({ own }) => own);
  return rest.length === 0 ? most : [...most, part('other', other, rest)];
}
