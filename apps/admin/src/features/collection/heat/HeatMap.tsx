import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeatCell } from '../collection.types.js';
import { useWidth } from '../../../ui/use-width.js';
import { latitudeText, longitudeText, placeText } from './degrees.js';
import { levelAt, levelsOf, shadeOf } from './heat-levels.js';
import { layOut, middleOf, turned, type Layout } from './projection.js';
import css from './heat.module.css';

interface Props {
  readonly title: string;
  readonly cells: readonly HeatCell[];
}

const tallest = 560;
const proportion = 0.62;
const margin = 34;
/** Beyond them a label would not be read whole. */
const labelWidth = 60;
const labelHeight = 20;

/** The cells as hexagons over a graticule, the fuller the stronger. */
export function HeatMap({ title, cells }: Props) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const height = Math.round(Math.min(tallest, Math.max(260, width * proportion)));
  const layout = layOut(cells, { width, height, margin });
  const levels = levelsOf(cells.map(({ subjects }) => subjects));
  const figure = new Intl.NumberFormat(i18n.language);
  const [first] = cells;
  const summary = t('heat.summary', {
    title,
    count: cells.length,
    most: figure.format(first?.subjects ?? 0),
    place: first ? placeText(middleOf(first), i18n.language) : '',
  });
  return (
    <div ref={box} className={css['drawing']}>
      <svg role="img" aria-label={summary} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Graticule layout={layout} width={width} height={height} />
        {cells.map((cell, index) => (
          <path
            key={cell.cell}
            d={layout.paths[index]}
            className={`${css['cell']} ${css[`shade${shadeOf(levels, levelAt(levels, cell.subjects))}`]}`}
          >
            <title>{`${placeText(middleOf(cell), i18n.language)} · ${t('heat.subjects', { count: cell.subjects })}`}</title>
          </path>
        ))}
      </svg>
    </div>
  );
}

/** What the shades stand for. */
export function HeatLegend({ cells }: { cells: readonly HeatCell[] }) {
  const { t, i18n } = useTranslation();
  const levels = levelsOf(cells.map(({ subjects }) => subjects));
  const figure = new Intl.NumberFormat(i18n.language);
  return (
    <figcaption className={css['legend']}>
      <span>{t('heat.legend')}</span>
      <ul>
        {levels.map(({ from, to }, index) => (
          <li key={from}>
            <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden>
              <path
                d="M9 1L16 5V13L9 17L2 13V5Z"
                className={`${css['cell']} ${css[`shade${shadeOf(levels, index)}`]}`}
              />
            </svg>
            {from === to ? figure.format(from) : `${figure.format(from)}–${figure.format(to)}`}
          </li>
        ))}
      </ul>
    </figcaption>
  );
}

function Graticule({
  layout: { meridians, parallels },
  width,
  height,
}: {
  layout: Layout;
  width: number;
  height: number;
}) {
  const { i18n } = useTranslation();
  return (
    <g className={css['graticule']} aria-hidden>
      {meridians.map(({ degrees, at }) => (
        <g key={degrees}>
          <line x1={at} x2={at} y1={0} y2={height} />
          {at < width - labelWidth && (
            <text x={at + 4} y={height - 6}>
              {longitudeText(turned(degrees), i18n.language)}
            </text>
          )}
        </g>
      ))}
      {parallels.map(({ degrees, at }) => (
        <g key={degrees}>
          <line x1={0} x2={width} y1={at} y2={at} />
          {at > labelHeight && at < height - labelHeight && (
            <text x={4} y={at - 4}>
              {latitudeText(degrees, i18n.language)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
