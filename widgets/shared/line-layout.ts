import { linear, spread, ticksFromZero } from './scales.ts';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

export interface LineLayout {
  readonly width: number;
  readonly height: number;
  readonly xTicks: readonly { readonly value: number; readonly x: number }[];
  readonly yTicks: readonly { readonly value: number; readonly y: number }[];
  readonly lines: readonly PlacedLine[];
}

export interface PlacedLine {
  readonly points: readonly LinePoint[];
  readonly path: string;
  /** Outline of what lies between the line's p10 and p90; absent where these are unknown. */
  readonly band: string | undefined;
  /** Middle of the label beside the line's end. */
  readonly labelY: number;
  /** From the line's end to its label. */
  readonly leader: string;
}

export interface LineSeries {
  readonly points: readonly SeriesPoint[];
}

interface SeriesPoint {
  readonly months: number;
  readonly value: number;
  readonly interval?: { readonly p10: number; readonly p90: number } | null;
}

/** Which point of which line is in focus. */
export interface Position {
  readonly line: number;
  readonly point: number;
}

/** Height of a label at a line's end, in px. */
export const LABEL_HEIGHT = 17;

/** Least distance of two labels below the plot, in px. */
const TICK_GAP = 20;

/** Markers around (0, 0) of different shapes; the last is for the line that is no group of its own. */
export const MARKERS: readonly string[] = [
  'M3.7 0a3.7 3.7 0 1 1-7.4 0a3.7 3.7 0 1 1 7.4 0Z',
  'M-3.3-3.3h6.6v6.6h-6.6Z',
  'M0-4.4 4.3 3.2h-8.6Z',
  'M0-4.8 3.7 0 0 4.8-3.7 0Z',
  'M-1.4-4.2h2.8v2.8h2.8v2.8H1.4v2.8h-2.8V1.4h-2.8v-2.8h2.8Z',
  'M0 4.4 4.3-3.2h-8.6Z',
  'M-5-1.4H5v2.8H-5Z',
];

/**
 * Places lines that start at zero value in month zero on a plot of the given size, with room for all intervals.
 * @param series Each with the same months, ascending, and its last values descending over the series.
 * @param rtl Time runs from right to left.
 */
export function layoutLines(series: readonly LineSeries[], width: number, height: number, rtl: boolean): LineLayout {
  const months = series[0]?.points.map((point) => point.months) ?? [];
  const values = series.flatMap(({ points }) => points.flatMap(({ value, interval }) => [value, interval?.p90 ?? 0]));
  const ticks = ticksFromZero(Math.max(0, ...values));
  const x = linear(0, months.at(-1) ?? 1, rtl ? width : 0, rtl ? 0 : width);
  const y = linear(0, ticks.at(-1)!, height, 0);
  const lines = series.map(({ points }) => points.map((point) => ({ x: x(point.months), y: y(point.value) })));
  const ends = lines.map((points) => points.at(-1)?.y ?? height);
  const labels = spread(ends, LABEL_HEIGHT, height);
  const path = (points: readonly LinePoint[]) => `M${points.map((point) => `${point.x} ${point.y}`).join('L')}`;
  const outward = rtl ? -1 : 1;
  const origin = { x: x(0), y: y(0) };
  const band = (points: readonly SeriesPoint[]) => {
    if (!points.every(({ interval }) => interval)) return undefined;
    const edge = (end: 'p10' | 'p90') => points.map(({ months, interval }) => ({ x: x(months), y: y(interval![end]) }));
    return `${path([origin, ...edge('p90'), ...edge('p10').reverse()])}Z`;
  };
  return {
    width,
    height,
    xTicks: apart(months.map((value) => ({ value, x: x(value) }))),
    yTicks: ticks.map((value) => ({ value, y: y(value) })),
    lines: lines.map((points, index) => {
      const end = points.at(-1) ?? { x: 0, y: height };
      const labelY = labels[index]!;
      return {
        points,
        path: path([origin, ...points]),
        band: band(series[index]!.points),
        labelY,
        leader: path([
          { x: end.x + 5 * outward, y: end.y },
          { x: end.x + 10 * outward, y: labelY },
        ]),
      };
    }),
  };
}

/** Without the ticks whose labels would touch that of a later one. */
function apart<Tick extends { readonly x: number }>(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toReversed()) {
    const next = kept[0];
    if (next === undefined || Math.abs(next.x - tick.x) >= TICK_GAP) kept.unshift(tick);
  }
  return kept;
}

/** The point nearest to a place on the plot, if it has any. */
export function nearestPoint({ lines }: LineLayout, x: number, y: number): Position | undefined {
  const all = lines.flatMap(({ points }, line) =>
    points.map((point, index) => ({ line, point: index, distance: Math.hypot(point.x - x, point.y - y) })),
  );
  const nearest = all.reduce((best, one) => (one.distance < best.distance ? one : best), all[0]!);
  return nearest && { line: nearest.line, point: nearest.point };
}

/** Where a key leads from a point: along the line (mirrored in RTL), to the line above or below, to an end. */
export function movePosition(
  from: Position | undefined,
  key: string,
  { lines }: LineLayout,
  rtl: boolean,
): Position | undefined {
  const { line, point } = from ?? { line: 0, point: -1 };
  const last = (lines[line]?.points.length ?? 0) - 1;
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const backward = rtl ? 'ArrowRight' : 'ArrowLeft';
  const within = (value: number, maximum: number) => Math.min(Math.max(value, 0), maximum);
  if (key === forward) return { line, point: within(point + 1, last) };
  if (key === backward) return { line, point: within(point - 1, last) };
  if (key === 'ArrowDown') return { line: from ? within(line + 1, lines.length - 1) : 0, point: within(point, last) };
  if (key === 'ArrowUp') return { line: within(line - 1, lines.length - 1), point: within(point, last) };
  if (key === 'Home') return { line, point: 0 };
  if (key === 'End') return { line, point: last };
  return undefined;
}
