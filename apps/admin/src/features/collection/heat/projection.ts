/** [latitude, longitude] in degrees. */
export type Corner = readonly number[];

export interface Area {
  readonly cell: string;
  readonly boundary: readonly Corner[];
}

/** A meridian or parallel that is drawn, with where it stands in pixels. */
export interface Line {
  readonly degrees: number;
  readonly at: number;
}

/** Areas laid out on a surface in Mercator's projection, north up, with a graticule as dense as there is room. */
export interface Layout {
  /** An SVG path for each area, in their order. */
  readonly paths: readonly string[];
  readonly meridians: readonly Line[];
  readonly parallels: readonly Line[];
}

interface Surface {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

const furthestLatitude = 85;
/** A single cell is not blown up over the whole surface. */
const leastDegrees = 1.5;
const steps = [0.25, 0.5, 1, 2, 5, 10, 20, 30, 45];
const pixelsPerLine = 90;

export function layOut(areas: readonly Area[], surface: Surface): Layout {
  const outlines = unwrapped(areas.map(({ boundary }) => boundary)).map((outline) =>
    outline.map(([latitude, longitude]) => [longitude, northing(latitude)] as const),
  );
  const view = viewOf(outlines.flat(), surface);
  return {
    paths: outlines.map(
      (outline) => `M${outline.map(([x, y]) => `${round(view.x(x))} ${round(view.y(y))}`).join('L')}Z`,
    ),
    meridians: linesOf({ from: view.left, to: view.right, step: stepFor(view.right - view.left, surface.width) }).map(
      (degrees) => ({ degrees, at: round(view.x(degrees)) }),
    ),
    parallels: linesOf({
      from: latitudeOf(view.bottom),
      to: latitudeOf(view.top),
      step: stepFor(latitudeOf(view.top) - latitudeOf(view.bottom), surface.height),
    }).map((degrees) => ({ degrees, at: round(view.y(northing(degrees))) })),
  };
}

/** Where an area lies, for those who read and do not look. */
export function middleOf({ boundary }: Area): readonly [number, number] {
  const [outline = []] = unwrapped([boundary]);
  const mean = (index: 0 | 1) => outline.reduce((sum, corner) => sum + corner[index], 0) / Math.max(1, outline.length);
  return [mean(0), turned(mean(1))];
}

/** Between -180 and 180. */
export function turned(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** Longitudes without a jump at the date line, within an area and, where that makes the map smaller, between them. */
function unwrapped(outlines: readonly (readonly Corner[])[]): (readonly [number, number])[][] {
  const whole = outlines.map((outline) => {
    const first = outline[0]?.[1] ?? 0;
    return outline.map(
      ([latitude = 0, longitude = 0]) => [latitude, longitude + 360 * Math.round((first - longitude) / 360)] as const,
    );
  });
  const eastwards = whole.map((outline) =>
    outline.map(([latitude, longitude]) => [latitude, longitude < 0 ? longitude + 360 : longitude] as const),
  );
  return spanOf(eastwards) < spanOf(whole) ? eastwards : whole;
}

function spanOf(outlines: readonly (readonly (readonly [number, number])[])[]): number {
  const [low, high] = extremes(outlines.flat().map(([, longitude]) => longitude));
  return high - low;
}

function viewOf(points: readonly (readonly [number, number])[], { width, height, margin }: Surface) {
  const [left, right] = widened(extremes(points.map(([x]) => x)));
  const [bottom, top] = widened(extremes(points.map(([, y]) => y)));
  const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (top - bottom));
  const [middleX, middleY] = [(left + right) / 2, (bottom + top) / 2];
  return {
    x: (x: number) => width / 2 + (x - middleX) * scale,
    y: (y: number) => height / 2 - (y - middleY) * scale,
    left: middleX - width / 2 / scale,
    right: middleX + width / 2 / scale,
    bottom: middleY - height / 2 / scale,
    top: middleY + height / 2 / scale,
  };
}

function widened([low, high]: readonly [number, number]): readonly [number, number] {
  const missing = Math.max(0, leastDegrees - (high - low)) / 2;
  return [low - missing, high + missing];
}

function extremes(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 0];
  return [
    values.reduce((least, value) => Math.min(least, value)),
    values.reduce((most, value) => Math.max(most, value)),
  ];
}

/** Mercator's ordinate of a latitude, in degrees as longitudes are. */
function northing(latitude: number): number {
  const bounded = Math.max(-furthestLatitude, Math.min(furthestLatitude, latitude));
  return (Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) * 180) / Math.PI;
}

function latitudeOf(y: number): number {
  return (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
}

function stepFor(degrees: number, pixels: number): number {
  return steps.find((step) => (degrees / step) * pixelsPerLine <= pixels) ?? 90;
}

function linesOf({ from, to, step }: { from: number; to: number; step: number }): number[] {
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) => (first + index) * step);
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
