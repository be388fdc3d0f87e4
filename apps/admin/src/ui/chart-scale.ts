export interface ChartPoint {
  /** RFC 3339. */
  readonly at: string;
  readonly value: number;
  /** The list of what it counts, to which the table leads. */
  readonly to?: string;
}

export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  /** In the order of time. */
  readonly points: readonly ChartPoint[];
}

/** What a chart is drawn with: where an instant and a value stand, in pixels, and where its axes are marked. */
export interface ChartScale {
  readonly x: (at: string) => number;
  readonly y: (value: number) => number;
  readonly instants: readonly string[];
  readonly values: readonly number[];
}

export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const pixelsPerInstant = 92;

/** Fits every series into one frame: values from zero up to a round number, instants from the first to the last, or those that are given. */
export function scaleOf(
  series: readonly ChartSeries[],
  { width, height, left, right, top, bottom }: ChartFrame,
  given?: readonly string[],
): ChartScale {
  const instants = given ?? instantsOf(series);
  const values = roundValues(Math.max(0, ...series.flatMap(({ points }) => points.map(({ value }) => value))));
  const [first, last] = [Date.parse(instants[0] ?? ''), Date.parse(instants.at(-1) ?? '')];
  const [across, up] = [width - left - right, height - top - bottom];
  const highest = values.at(-1) ?? 1;
  return {
    x: (at) => left + (last > first ? ((Date.parse(at) - first) / (last - first)) * across : across / 2),
    y: (value) => top + up - (value / highest) * up,
    instants: someOf(instants, Math.max(2, Math.floor(across / pixelsPerInstant))),
    values,
  };
}

/** Every instant that any series has a point at, each once, in order. */
export function instantsOf(series: readonly ChartSeries[]): string[] {
  const all = new Map(series.flatMap(({ points }) => points.map(({ at }) => [Date.parse(at), at] as const)));
  return [...all].sort(([a], [b]) => a - b).map(([, at]) => at);
}

/** The series summed: one value at every instant. */
export function totalsOf(series: readonly ChartSeries[]): ChartSeries {
  const points = stacksOf(series).map(({ at, parts }) => ({ at, value: parts.at(-1)?.to ?? 0 }));
  return { key: 'total', label: '', points };
}

/** At each instant the series on top of each other, from the first up: `from` and `to` where a part begins and ends. Parts of nothing are left out. */
export function stacksOf(
  series: readonly ChartSeries[],
): { at: string; parts: { index: number; from: number; to: number }[] }[] {
  const valuesOf = series.map(({ points }) => new Map(points.map(({ at, value }) => [Date.parse(at), value])));
  return instantsOf(series).map((at) => {
    let height = 0;
    const parts = valuesOf.flatMap((values, index) => {
      const value = values.get(Date.parse(at)) ?? 0;
      const from = height;
      height += value;
      return value > 0 ? [{ index, from, to: height }] : [];
    });
    return { at, parts };
  });
}

/** From zero to a round number not less than `highest`, in three to six equal steps. */
export function roundValues(highest: number): number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const whole = Number.isInteger(highest) ? Math.max(1, step) : step;
  return Array.from({ length: Math.ceil(highest / whole) + 1 }, (_none, index) =>
    Number((index * whole).toPrecision(12)),
  );
}

/** At most `most` of them, evenly apart, the first one among them. */
export function someOf<Item>(items: readonly Item[], most: number): Item[] {
  const every = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_item, index) => index % every === 0);
}
