import type { OrderDays } from '../order-days.ts';

/** Of what a year's month is worth, January first: 1 on average over the months. */
export type SeasonalIndex = readonly number[];

const MIN_MONTHS = 24;
const ROUNDS = 50;
const MS_PER_DAY = 86_400_000;

/** Months since 1970, of a day number. */
function monthOf(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

const firstDayOf = (month: number) => Date.UTC(1970, month, 1) / MS_PER_DAY;

/** What was bought, by whole months. */
export interface MonthlyLevels {
  /** Months since 1970 of the first one. */
  readonly from: number;
  /** ln of the value a day. */
  readonly levels: Float64Array;
}

/** @returns null with fewer than 24 whole months, and with a month without any value: then there is no season to be found. */
export function monthlyLevels(customers: readonly OrderDays[], firstDay: number, end: number): MonthlyLevels | null {
  const from = monthOf(firstDay) + 1;
  const months = monthOf(end + 1) - from;
  if (months < MIN_MONTHS) return null;
  const values = new Float64Array(months);
  for (const { days, values: worth } of customers) {
    for (let i = 0; i < days.length; i++) {
      const month = monthOf(days[i]!) - from;
      if (month >= 0 && month < months) values[month]! += worth[i]!;
    }
  }
  if (values.some((value) => value <= 0)) return null;
  return {
    from,
    levels: values.map((value, i) => Math.log(value / (firstDayOf(from + i + 1) - firstDayOf(from + i)))),
  };
}

/**
 * How much more or less is bought in each month of the year: a mean for each month of what is left around a parabola through
 * all months, shrunken by its noise.
 * @param unseen days (after, to] whose months are left out: a season must not explain what it was fitted to.
 * @returns null where the months are noise.
 */
export function seasonalIndex(
  { from, levels }: MonthlyLevels,
  unseen: { readonly after: number; readonly to: number } | null = null,
): SeasonalIndex | null {
  const monthAt = (i: number) => (from + i) % 12;
  const isSeen = (i: number) =>
    unseen === null || from + i < monthOf(unseen.after + 1) || from + i > monthOf(unseen.to);
  const seen = [...levels.keys()].filter(isSeen);
  const effects = new Float64Array(12);
  const counts = new Float64Array(12);
  for (const i of seen) counts[monthAt(i)]!++;
  let filled = levels.slice();
  let trend = parabola(filled);
  for (let round = 0; round < ROUNDS; round++) {
    // What is left out lies where the others lead to.
    filled = levels.map((level, i) => (isSeen(i) ? level : trend[i]! + effects[monthAt(i)]!));
    trend = parabola(filled.map((level, i) => level - effects[monthAt(i)]!));
    effects.fill(0);
    for (const i of seen) effects[monthAt(i)]! += (levels[i]! - trend[i]!) / counts[monthAt(i)]!;
    const center = effects.reduce((sum, effect) => sum + effect, 0) / 12;
    for (const month of effects.keys()) effects[month]! -= center;
  }
  const rest = seen.map((i) => levels[i]! - trend[i]! - effects[monthAt(i)]!);
  // 12 months and a parabola of three share one level: 14 figures are estimated.
  const noise = rest.reduce((sum, value) => sum + value * value, 0) / Math.max(1, seen.length - 14);
  const noiseOfEffect = (12 * noise) / seen.length;
  const spread = effects.reduce((sum, effect) => sum + effect * effect, 0) / 11;
  const kept = 1 - noiseOfEffect / spread;
  if (!(kept > 0)) return null;
  const factors = Array.from(effects, (effect) => Math.exp(kept * effect));
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / 12;
  return factors.map((factor) => factor / mean);
}

/** Least squares over orthogonal polynomials. */
function parabola(values: Float64Array): Float64Array {
  const n = values.length;
  const at = (i: number) => (2 * i) / (n - 1) - 1;
  const meanSquare = values.reduce((sum, _, i) => sum + at(i) ** 2, 0) / n;
  const basis = [() => 1, at, (i: number) => at(i) ** 2 - meanSquare];
  const fitted = new Float64Array(n);
  for (const term of basis) {
    const weight = values.reduce((sum, value, i) => sum + value * term(i), 0);
    const norm = values.reduce((sum, _, i) => sum + term(i) ** 2, 0);
    for (const i of fitted.keys()) fitted[i]! += (weight / norm) * term(i);
  }
  return fitted;
}

/** Parts of a year have a season; whole years have none. */
const LONGEST_SEASON_WEEKS = 50;

/** By what factor the season raises the value of the weeks after a day; 1 for a horizon of about a year and more. */
export function seasonFactor(index: SeasonalIndex | null, origin: number, weeks: number): number {
  if (index === null || weeks > LONGEST_SEASON_WEEKS) return 1;
  const days = Math.max(1, Math.round(weeks * 7));
  let sum = 0;
  for (let day = origin + 1; day <= origin + days; day++) sum += index[monthOf(day) % 12]!;
  return sum / days;
}
