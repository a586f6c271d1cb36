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

/**
 * How much more or less is bought in each month of the year: months of ln(value a day) around a parabola through all months,
 * shrunken by their noise. Only whole months count.
 * @returns null with fewer than 24 whole months, with a month without any value, and where the months are noise.
 */
export function seasonalIndex(customers: readonly OrderDays[], firstDay: number, end: number): SeasonalIndex | null {
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
  const levels = values.map((value, i) => Math.log(value / (firstDayOf(from + i + 1) - firstDayOf(from + i))));
  return shrunken(levels, from);
}

/** Fits a parabola, then a mean for each month of the year to what is left, and again until both settle. */
function shrunken(levels: Float64Array, from: number): SeasonalIndex | null {
  const monthAt = (i: number) => (from + i) % 12;
  const effects = new Float64Array(12);
  const counts = new Float64Array(12);
  for (const i of levels.keys()) counts[monthAt(i)]!++;
  let rest = levels;
  for (let round = 0; round < ROUNDS; round++) {
    const trend = parabola(levels.map((level, i) => level - effects[monthAt(i)]!));
    effects.fill(0);
    for (const [i, level] of levels.entries()) effects[monthAt(i)]! += (level - trend[i]!) / counts[monthAt(i)]!;
    const center = effects.reduce((sum, effect) => sum + effect, 0) / 12;
    for (const month of effects.keys()) effects[month]! -= center;
    rest = levels.map((level, i) => level - trend[i]! - effects[monthAt(i)]!);
  }
  // 12 months and a parabola of three share one level: 14 figures are estimated.
  const noise = rest.reduce((sum, value) => sum + value * value, 0) / Math.max(1, levels.length - 14);
  const noiseOfEffect = (12 * noise) / levels.length;
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
