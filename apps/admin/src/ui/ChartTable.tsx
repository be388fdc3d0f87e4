import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChartPoint, ChartSeries } from './chart-scale.js';
import { shortInstant, zoneOf } from './time-text.js';
import { Time } from './Time.js';
import css from './TimeChart.module.css';

interface Props {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly instants: readonly string[];
  readonly zone: string | undefined;
  readonly format: (value: number) => string;
}

/** The figures behind a chart, newest first. */
export function ChartTable({ title, series, instants, zone, format }: Props) {
  const { t } = useTranslation();
  const pointsOf = series.map(({ points }) => new Map(points.map((point) => [Date.parse(point.at), point])));
  return (
    <div className={css['figures']} role="region" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ui.chart.at')}</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {instants.toReversed().map((at) => (
            <tr key={at}>
              <th scope="row">
                {zone === undefined ? (
                  <Time at={at} />
                ) : (
                  <time dateTime={at}>{`${shortInstant(new Date(at), zone)} ${zoneOf(new Date(at), zone)}`}</time>
                )}
              </th>
              {series.map(({ key }, index) => {
                const point = pointsOf[index]?.get(Date.parse(at));
                return (
                  <td key={key}>{point ? <Value point={point} format={format} /> : <span aria-hidden>–</span>}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ point: { value, to }, format }: { point: ChartPoint } & Pick<Props, 'format'>) {
  return to ? <Link to={to}>{format(value)}</Link> : format(value);
}
