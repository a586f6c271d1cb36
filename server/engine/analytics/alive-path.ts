import { DAYS_PER_WEEK } from '../models/clv.ts';
import type { History } from '../models/types.ts';

export interface AlivePathInput {
  /** Whole day numbers of the purchases, ascending; days after `asOfDay` are left out. */
  readonly orderDays: readonly number[];
  readonly asOfDay: number;
  /** Last day of the projection, >= asOfDay; none beyond the as-of day when absent. */
  readonly until?: number | undefined;
  /** Of a model at its parameters; null where it has no dropout. */
  readonly probabilityAlive: (history: History) => number | null;
  /** About how many points the path may have, >= 4; 200 when absent. */
  readonly points?: number | undefined;
}

export interface AlivePoint {
  readonly day: number;
  /** In [0, 1]. */
  readonly probabilityAlive: number;
}

export interface AlivePath {
  /** First purchase to as-of day. A repeat order day stands twice: as it was just before, and with the purchase. */
  readonly observed: readonly AlivePoint[];
  /** From the as-of day on, if nothing is bought. */
  readonly projected: readonly AlivePoint[];
}

/** Whole days from one to the other, both included, at most `count` (>= 2) of them at about equal distances. */
function spread(from: number, to: number, count: number): number[] {
  const steps = Math.min(to - from, count - 1);
  return Array.from({ length: steps + 1 }, (_, i) =>
    steps === 0 ? from : from + Math.round((i * (to - from)) / steps),
  );
}

/** At most `count` of the values, the last one among them. */
function thinned(values: readonly number[], count: number): number[] {
  const stride = Math.max(1, Math.ceil(values.length / count));
  return values.filter((_, i) => (values.length - 1 - i) % stride === 0);
}

/**
 * P(alive) of one customer over time: each value uses what was known on its day, and no more. Of a customer with very many
 * order days only some show their jump; the values between them still count all.
 * @returns null without a purchase up to the as-of day, or for a model that has no P(alive).
 */
export function alivePath(input: AlivePathInput): AlivePath | null {
  const { asOfDay, until = asOfDay, probabilityAlive, points = 200 } = input;
  const purchases = [...new Set(input.orderDays)].filter((day) => day <= asOfDay);
  const first = purchases[0];
  if (first === undefined) return null;

  /** What was known with the first `bought` purchases, at the end of a day. */
  function at(day: number, bought: number): AlivePoint | null {
    const value = probabilityAlive({
      x: bought - 1,
      tx: (purchases[bought - 1]! - first!) / DAYS_PER_WEEK,
      T: (day - first!) / DAYS_PER_WEEK,
    });
    return value === null ? null : { day, probabilityAlive: value };
  }

  const jumps = new Set(thinned(purchases.slice(1), Math.ceil(points / 4)));
  // A jump takes two points; the days between, and the projection, share the rest.
  const rest = Math.max(2, Math.floor((points - 2 * jumps.size) / (until > asOfDay ? 2 : 1)));
  const days = [...new Set([...spread(first, asOfDay, rest), ...jumps])].sort((a, b) => a - b);
  const observed: (AlivePoint | null)[] = [];
  let bought = 0;
  for (const day of days) {
    while (purchases[bought]! <= day) bought++;
    if (jumps.has(day)) observed.push(at(day, bought - 1));
    observed.push(at(day, bought));
  }
  const projected = until > asOfDay ? spread(asOfDay, until, rest).map((day) => at(day, bought)) : [];
  const isKnown = (point: AlivePoint | null): point is AlivePoint => point !== null;
  return observed.every(isKnown) && projected.every(isKnown) ? { observed, projected } : null;
}
