import { useId, useRef } from 'react';
import { ChartAxes, frame } from './ChartAxes.js';
import { scaleOf, stacksOf, totalsOf, type ChartSeries } from './chart-scale.js';
import { shortInstant } from './time-text.js';
import css from './TimeChart.module.css';
import { useWidth } from './use-width.js';

interface Props {
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  readonly zone: string | undefined;
  readonly format: (value: number) => string;
  readonly summary: string;
}

const colours = 5;
const widest = 26;
const hatches = ['', 'M-1 1L1-1M0 6L6 0M5 7L7 5', 'M0 3H6', 'M3 0V6M0 3H6', 'M-1 5L1 7M0 0L6 6M5-1L7 1'];

/** One column an instant, the series on top of each other in their order, told apart by hatching as well as colour. */
export function StackedDrawing({ series, unit, zone, format, summary }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const width = useWidth(box);
  const scale = scaleOf([totalsOf(series)], { ...frame, width });
  const stacks = stacksOf(series);
  const column = Math.max(
    1,
    Math.min(widest, ((width - frame.left - frame.right) / Math.max(1, stacks.length - 1)) * 0.8),
  );
  return (
    <div ref={box} className={css['drawing']}>
      <svg role="img" aria-label={summary} width={width} height={frame.height} viewBox={`0 0 ${width} ${frame.height}`}>
        <Hatches id={id} count={series.length} />
        <ChartAxes scale={scale} width={width} unit={unit} zone={zone} format={format} />
        {stacks.map(({ at, parts }) =>
          parts.map(({ index, from, to }) => (
            <rect
              key={`${at} ${index}`}
              x={scale.x(at) - column / 2}
              width={column}
              y={scale.y(to)}
              height={scale.y(from) - scale.y(to)}
              fill={`url(#${id}-${index})`}
            >
              <title>{`${series[index]?.label ?? ''} · ${shortInstant(new Date(at), zone)} · ${format(to - from)}`}</title>
            </rect>
          )),
        )}
      </svg>
    </div>
  );
}

/** The filling of a series, for the legend. */
export function StackKey({ index }: { index: number }) {
  const id = useId();
  return (
    <svg width={16} height={12} viewBox="0 0 16 12" aria-hidden>
      <defs>
        <Hatch id={id} index={index} />
      </defs>
      <rect width={16} height={12} fill={`url(#${id}-${index})`} />
    </svg>
  );
}

function Hatches({ id, count }: { id: string; count: number }) {
  return (
    <defs>
      {Array.from({ length: count }, (_none, index) => (
        <Hatch key={index} id={id} index={index} />
      ))}
    </defs>
  );
}

function Hatch({ id, index }: { id: string; index: number }) {
  const lines = hatches[index % hatches.length] ?? '';
  return (
    <pattern
      id={`${id}-${index}`}
      width={6}
      height={6}
      patternUnits="userSpaceOnUse"
      className={css[`colour${index % colours}`]}
    >
      <rect width={6} height={6} className={css[lines ? 'tint' : 'whole']} />
      <path d={lines} className={css['hatch']} />
    </pattern>
  );
}
