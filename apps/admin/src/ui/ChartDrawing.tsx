import { useRef } from 'react';
import { ChartAxes, frame } from './ChartAxes.js';
import { scaleOf, someOf, type ChartScale, type ChartSeries } from './chart-scale.js';
import { shortInstant } from './time-text.js';
import css from './TimeChart.module.css';
import { useWidth } from './use-width.js';

interface Props {
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  readonly zone: string | undefined;
  readonly format: (value: number) => string;
  readonly summary: string;
  /** Across which it is drawn, where the series do not say so: they may lack some at either end. */
  readonly instants?: readonly string[];
}

const mostMarkers = 64;
const dashes = ['', '7 4', '2 3', '9 3 2 3'];
const markers = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0',
  'M-3-3H3V3H-3Z',
  'M0-4.2L4 3H-4Z',
  'M0-4.6L4.6 0L0 4.6L-4.6 0Z',
];
const colours = 5;

/** The lines of a chart, as wide as there is room. */
export function ChartDrawing({ series, unit, zone, format, summary, instants }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const scale = scaleOf(series, { ...frame, width }, instants);
  return (
    <div ref={box} className={css['drawing']}>
      <svg role="img" aria-label={summary} width={width} height={frame.height} viewBox={`0 0 ${width} ${frame.height}`}>
        <ChartAxes scale={scale} width={width} unit={unit} zone={zone} format={format} />
        {series.map((one, index) => (
          <Line key={one.key} series={one} index={index} scale={scale} zone={zone} format={format} />
        ))}
      </svg>
    </div>
  );
}

/** The line and shape of a series, for the legend. */
export function SeriesKey({ index }: { index: number }) {
  return (
    <svg width={30} height={12} viewBox="0 0 30 12" aria-hidden className={css[`colour${index % colours}`]}>
      <line x1={0} x2={30} y1={6} y2={6} className={css['line']} strokeDasharray={dashOf(index)} />
      <path d={markerOf(index)} transform="translate(15 6)" className={css['marker']} />
    </svg>
  );
}

function Line({
  series: { label, points },
  index,
  scale,
  zone,
  format,
}: {
  series: ChartSeries;
  index: number;
  scale: ChartScale;
  zone: string | undefined;
  format: (value: number) => string;
}) {
  return (
    <g className={css[`colour${index % colours}`]}>
      <polyline
        className={css['line']}
        strokeDasharray={dashOf(index)}
        points={points.map(({ at, value }) => `${scale.x(at)},${scale.y(value)}`).join(' ')}
      />
      {someOf(points, mostMarkers).map(({ at, value }) => (
        <path
          key={at}
          className={css['marker']}
          d={markerOf(index)}
          transform={`translate(${scale.x(at)} ${scale.y(value)})`}
        >
          <title>{`${label} · ${shortInstant(new Date(at), zone)} · ${format(value)}`}</title>
        </path>
      ))}
    </g>
  );
}

function dashOf(index: number): string {
  return dashes[index % dashes.length] ?? '';
}

function markerOf(index: number): string {
  return markers[index % markers.length] ?? '';
}
