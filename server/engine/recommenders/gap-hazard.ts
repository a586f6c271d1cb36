/** Edges of the intervals that gaps between purchases are counted in, in the unit of the ages: each about a third longer. */
export const EDGES: readonly number[] = [
  0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 85, 113, 150, 200, 266, 355, 473, 630, 840, 1120,
];
export const BINS = EDGES.length;

/** Repeat purchases and the time in which they could have happened, by interval of the time since the purchase before. */
export interface GapCounts {
  readonly events: Float64Array;
  readonly exposure: Float64Array;
}

export const noGaps = (rows = 1): GapCounts => ({
  events: new Float64Array(rows * BINS),
  exposure: new Float64Array(rows * BINS),
});

const WIDTHS = Float64Array.from(EDGES.slice(1), (edge, bin) => edge - EDGES[bin]!);

/** Edges are whole numbers, so a gap lies in the interval of the whole number that it rounds up to: that of each. */
const BIN_OF = Uint8Array.from({ length: EDGES.at(-1)! + 2 }, (_, gap) =>
  Math.max(
    0,
    EDGES.findLastIndex((edge) => edge < gap),
  ),
);

/** An interval holds its upper edge, for a gap of one day ends on the first day; the last interval is open. */
const binOf = (gap: number): number => BIN_OF[Math.min(Math.ceil(gap), BIN_OF.length - 1)]!;

/**
 * Counts a gap that ended with a purchase, or one that is still open.
 * @param row Which counts of several.
 * @param weight What the time counts for: the factor by which repeat purchases come faster than at everybody's rates.
 */
export function countGap({ events, exposure }: GapCounts, row: number, gap: number, isOpen: boolean, weight = 1): void {
  const last = binOf(gap);
  const at = row * BINS;
  for (let bin = 0; bin < last; bin++) exposure[at + bin]! += weight * WIDTHS[bin]!;
  exposure[at + last]! += weight * (gap - EDGES[last]!);
  if (!isOpen) events[at + last]!++;
}

/** All rows in one. */
export function allGaps(rows: GapCounts): GapCounts {
  const all = noGaps();
  for (let at = 0; at < rows.events.length; at++) {
    all.events[at % BINS]! += rows.events[at]!;
    all.exposure[at % BINS]! += rows.exposure[at]!;
  }
  return all;
}

/**
 * Rates of repeat purchase by interval, a row after the other. Each row's are drawn to its own level times everybody's shape, as
 * if `strength` repeat purchases of everybody had been seen in each interval, and its level to everybody's likewise.
 */
export function gapRates(rows: GapCounts, all: GapCounts, strength: number): Float64Array {
  const common = Float64Array.from(all.events, (events, bin) => (events + 1e-6) / (all.exposure[bin]! + 1));
  const rates = new Float64Array(rows.events.length);
  for (let at = 0; at < rates.length; at += BINS) {
    let happened = 0;
    let expected = 0;
    for (let bin = 0; bin < BINS; bin++) {
      happened += rows.events[at + bin]!;
      expected += rows.exposure[at + bin]! * common[bin]!;
    }
    const level = (strength + happened) / (strength + expected);
    for (let bin = 0; bin < BINS; bin++) {
      const prior = level * common[bin]!;
      rates[at + bin] = (strength + rows.events[at + bin]!) / (strength / prior + rows.exposure[at + bin]!);
    }
  }
  return rates;
}

/** Repeat purchases to expect of one with a row's rates from a purchase up to each edge. */
export function cumulative(rates: Float64Array): Float64Array {
  const sums = new Float64Array(rates.length);
  for (let at = 0; at < rates.length; at += BINS) {
    for (let bin = 1; bin < BINS; bin++)
      sums[at + bin] = sums[at + bin - 1]! + rates[at + bin - 1]! * (EDGES[bin]! - EDGES[bin - 1]!);
  }
  return sums;
}

/** The rates of rows of items, and their sums. */
export interface Hazard {
  readonly rates: Float64Array;
  readonly sums: Float64Array;
}

/** Repeat purchases to expect of one with a row's rates from a purchase up to a time after it: the cumulative hazard. */
export function expectedRepeats({ rates, sums }: Hazard, row: number, time: number): number {
  const bin = binOf(time);
  return sums[row * BINS + bin]! + rates[row * BINS + bin]! * (time - EDGES[bin]!);
}

/** Median of a row's gaps that ended, mixed with as many as `strength` of everybody's; null where there is none at all. */
export function medianGap({ events }: GapCounts, row: number, all: GapCounts, strength: number): number | null {
  const total = all.events.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const counts = Array.from(all.events, (count, bin) => (strength * count) / total + events[row * BINS + bin]!);
  let rest = counts.reduce((sum, count) => sum + count, 0) / 2;
  const bin = counts.findIndex((count) => {
    rest -= count;
    return rest <= 0;
  });
  const [from, to] = [EDGES[bin]!, EDGES[bin + 1] ?? 2 * EDGES[bin]!];
  return from + (to - from) * (1 + rest / counts[bin]!);
}
