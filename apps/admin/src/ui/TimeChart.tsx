import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantsOf, type ChartSeries } from './chart-scale.js';
import { ChartDrawing, SeriesKey } from './ChartDrawing.js';
import { ChartTable } from './ChartTable.js';
import { EmptyState } from './EmptyState.js';
import { StackedDrawing, StackKey } from './StackedDrawing.js';
import { shortInstant } from './time-text.js';
import css from './TimeChart.module.css';

interface Props {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** What the values count, in words; `%` for shares out of a hundred. */
  readonly unit: string;
  /** `stacked` where the series are the parts of a whole. */
  readonly as?: 'lines' | 'stacked';
  /** The instants that lines are drawn across, so that they stand under those of another chart. */
  readonly across?: readonly string[];
  /** Where the points are days of a zone, that zone: otherwise the operator's. */
  readonly zone?: string | undefined;
}

/** How values went over time: lines or parts told apart by more than colour, with the same figures as a table. */
export function TimeChart({ title, series, unit, as = 'lines', across, zone }: Props) {
  const { t, i18n } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const instants = instantsOf(series);
  const Drawing = as === 'stacked' ? StackedDrawing : ChartDrawing;
  const Key = as === 'stacked' ? StackKey : SeriesKey;
  const format = (value: number) => valueText(value, unit, i18n.language);
  if (instants.length === 0) return <EmptyState text={t('ui.chart.nothing')} />;
  return (
    <figure className={css['chart']}>
      <figcaption className={css['caption']}>
        <ul className={css['legend']} aria-label={title}>
          {series.map(({ key, label }, index) => (
            <li key={key}>
              <Key index={index} /> {label}
            </li>
          ))}
        </ul>
        <Button size="small" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'ui.chart.asChart' : 'ui.chart.asTable')}
        </Button>
      </figcaption>
      {asTable ? (
        <ChartTable title={title} series={series} instants={instants} zone={zone} format={format} />
      ) : (
        <Drawing
          series={series}
          unit={unit}
          zone={zone}
          format={format}
          instants={across}
          summary={summaryOf({ title, series, instants, zone, format }, t)}
        />
      )}
    </figure>
  );
}

function valueText(value: number, unit: string, language: string): string {
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: unit === '%' ? 1 : 2 }).format(value);
  return unit === '%' ? `${figure}%` : figure;
}

/** What somebody who does not see the lines is told instead. */
function summaryOf(
  {
    title,
    series,
    instants,
    zone,
    format,
  }: Pick<Props, 'title' | 'series' | 'zone'> & { instants: readonly string[]; format: (value: number) => string },
  t: TFunction,
): string {
  const at = (text: string | undefined) => shortInstant(new Date(text ?? 0), zone);
  const said = series.flatMap(({ label, points }) => {
    const values = points.map(({ value }) => value);
    const last = values.at(-1);
    return last === undefined
      ? []
      : [
          t('ui.chart.seriesSummary', {
            label,
            low: format(Math.min(...values)),
            high: format(Math.max(...values)),
            last: format(last),
          }),
        ];
  });
  return [t('ui.chart.summary', { title, from: at(instants[0]), to: at(instants.at(-1)) }), ...said].join(' ');
}
