import type { ChartScale } from './chart-scale.js';
import { shortInstant, zoneOf } from './time-text.js';
import css from './TimeChart.module.css';

/** The room around what is drawn, and how high it is, in pixels. */
export const frame = { left: 54, right: 24, top: 22, bottom: 24, height: 230 } as const;
const twoDays = 2 * 86_400_000;

interface Props {
  readonly scale: ChartScale;
  readonly width: number;
  readonly unit: string;
  readonly zone: string | undefined;
  readonly format: (value: number) => string;
}

/** Where values and instants stand, with the unit and the zone. */
export function ChartAxes({ scale, width, unit, zone, format }: Props) {
  const span = Date.parse(scale.instants.at(-1) ?? '') - Date.parse(scale.instants[0] ?? '');
  const textOf = (at: string) =>
    span > 0 && span < twoDays
      ? shortInstant(new Date(at), zone).slice(11)
      : shortInstant(new Date(at), zone).slice(5, 10);
  const zoneText = zoneOf(new Date(scale.instants[0] ?? 0), zone);
  return (
    <g className={css['axes']}>
      <text x={0} y={12}>
        {unit === '%' ? '' : unit}
      </text>
      <text x={width} y={12} textAnchor="end">
        {zoneText}
      </text>
      {scale.values.map((value) => (
        <g key={value}>
          <line x1={frame.left} x2={width - frame.right} y1={scale.y(value)} y2={scale.y(value)} />
          <text x={frame.left - 8} y={scale.y(value) + 4} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {scale.instants.map((at) => (
        <text key={at} x={scale.x(at)} y={frame.height - 6} textAnchor="middle">
          {textOf(at)}
        </text>
      ))}
    </g>
  );
}
