import { HORIZON_MONTHS } from '../../domain/period.ts';
import { quantiles } from '../numerics/quantile.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import { seedOf } from '../numerics/seed-of.ts';
import { clv, weeklyDiscountRate, weeksOfMonths } from './clv.ts';
import { fittedSpend, fittedTransactions } from './find-model.ts';
import { parameterDraws } from './parameter-draws.ts';
import type { Correction, ScoreSettings } from './score.ts';
import type { Fit, History, Spend } from './types.ts';

/**
 * Futures drawn per customer. On CDNOW a 12-month p90 from 200 draws moves with the seed by 10% of itself for customers with
 * one or two repeat purchases and by 5% for the best, and half as much takes four times the time. What a group is worth does
 * not rest on them.
 */
export const DRAWS = 200;
/** One-time buyers of a day share theirs, and few of their futures hold a purchase. */
const ONE_TIME_DRAWS = 1000;

/** Of every run: the same customers and fits give the same figures. */
export const SEED = 1;

export interface Uncertainty {
  readonly transactions: Fit<unknown>;
  readonly spend: Fit<unknown>;
  /** By horizon: standard deviation of ln(actual/predicted) of totals beyond what chance explains, >= 0. */
  readonly deviations: readonly number[];
  /** A 32-bit integer. */
  readonly seed: number;
}

export interface ValueQuestion extends Uncertainty {
  /** Horizons: weeks from the end of observation, ascending, > 0, finite. */
  readonly weeks: readonly number[];
  /** Continuous discount rate per week, >= 0. */
  readonly delta: number;
  /** Share of revenue that is kept, in [0, 1]. */
  readonly marginRate: number;
  /** Number of draws, >= 1. */
  readonly draws: number;
  /** With a level for each horizon; none by default. */
  readonly correction?: Correction | undefined;
}

/**
 * Discount factors of purchases between one horizon and the next: the mean of e^(-delta u) over that time. Customers leave, so
 * more of a slice's purchases come early in it than late: on CDNOW, 36 months in the five slices of {@link HORIZON_MONTHS}
 * come out 0.1% to 0.2% below the exact sum at 10% a year, and 0.4% at 30%.
 */
export function sliceDiscounts(weeks: readonly number[], delta: number): number[] {
  if (delta === 0) return weeks.map(() => 1);
  return weeks.map((to, i) => {
    const from = weeks[i - 1] ?? 0;
    return (Math.exp(-delta * from) * -Math.expm1(-delta * (to - from))) / (delta * (to - from));
  });
}

/**
 * A function that draws what one customer after another will be worth, within each horizon. The d-th draw takes the d-th set
 * of parameters and the d-th deviation for every customer, so d-th draws may be added up over customers; the first of them, as
 * many as the own share asks for, let all who bought again go on at their own rate, x purchases in T, and mean. Whether the customer is
 * alive, the rates, the purchases and their values are the customer's own. Their seed is made of the customer's summary:
 * the figures do not depend on who else is asked for, and customers with equal summaries get equal figures; where their draws are to
 * be added up, a salt separates them.
 * @returns by horizon the values of all draws, in the currency of the spend; the next call fills the same arrays again.
 */
export function valueSimulator(
  question: ValueQuestion,
): (history: History, spend: Spend, salt?: number) => readonly Float64Array[] {
  const { weeks, draws, deviations, seed, marginRate, correction } = question;
  const transactions = fittedTransactions(question.transactions);
  const value = fittedSpend(question.spend);
  const shared = createRandom(seed);
  const rates = parameterDraws(transactions.model, question.transactions as Fit<never>, draws, shared);
  const levels = parameterDraws(value.model, question.spend as Fit<never>, draws, shared);
  const normals = Float64Array.from({ length: draws }, () => shared.normal());
  const factors = weeks.map((_, i) =>
    normals.map(
      (z) => marginRate * (correction?.levels[i] ?? 1) * Math.exp(deviations[i]! * z - deviations[i]! ** 2 / 2),
    ),
  );
  const ownDraws = Math.round((correction?.ownShare ?? 0) * draws);

  const discounts = sliceDiscounts(weeks, question.delta);
  const counts = new Float64Array(weeks.length);
  const values = new Float64Array(weeks.length);
  const result = weeks.map(() => new Float64Array(draws));
  return (history, spend, salt = 0) => {
    // The last digits of a mean are those of how it was added up: they must not change the draws.
    const own = createRandom(seedOf([seed, history.x, history.tx, history.T, spend.x, Math.fround(spend.m), salt]));
    const { paying = 1 } = spend;
    for (const horizon of result) horizon.fill(0);
    const ownMean = ownDraws === 0 ? 0 : spend.m / value.model.expectedSpend(value.parameters as never, spend);
    for (let d = 0; d < draws; d++) {
      const isOwn = d < ownDraws && history.x > 0;
      if (isOwn) drawAtOwnRate(history, weeks, own, counts);
      else transactions.model.drawTransactions(rates[d]!, history, weeks, own, counts);
      let bought = 0;
      for (let i = 0; i < counts.length; i++) bought += counts[i]!;
      if (bought === 0 || (paying < 1 && own.uniform() >= paying)) continue;
      value.model.drawSpend(levels[d]!, spend, counts, own, values);
      let worth = 0;
      for (let i = 0; i < values.length; i++) {
        worth += discounts[i]! * values[i]!;
        result[i]![d] = factors[i]![d]! * (isOwn ? ownMean : 1) * worth;
      }
    }
    return result;
  };
}

/** Purchases at a rate of which x in T are known, and nothing else: on average as many in the same time. */
function drawAtOwnRate({ x, T }: History, ends: readonly number[], random: Random, counts: Float64Array): void {
  const rate = random.gamma(x, T);
  for (let i = 0; i < ends.length; i++) counts[i] = random.poisson(rate * (ends[i]! - (ends[i - 1] ?? 0)));
}

/** By horizon of {@link HORIZON_MONTHS}; p10 <= p50 <= p90. */
export interface ValueIntervals {
  readonly p10: Float64Array;
  readonly p50: Float64Array;
  readonly p90: Float64Array;
  /** Of the customer's own chances, without the deviation, which all customers share: adds up over customers. */
  readonly variance: Float64Array;
}

/**
 * A function that returns for one customer after another between which values the discounted margin of their purchases will
 * lie. One-time buyers of one day share their figures, so each such day is simulated once.
 * @throws DomainError for an unknown model, a margin outside [0, 1] or a rate below 0.
 */
export function valueIntervals(
  uncertainty: Uncertainty,
  { marginRate, annualDiscountRate, correction }: ScoreSettings,
): (history: History, spend: Spend) => ValueIntervals {
  clv(marginRate, 0, 0);
  const weeks = Object.values(HORIZON_MONTHS).map(weeksOfMonths);
  const delta = weeklyDiscountRate(annualDiscountRate);
  const intervalsFrom = (draws: number) => {
    const simulate = valueSimulator({ ...uncertainty, correction, weeks, delta, marginRate, draws });
    return (history: History, spend: Spend) => summary(simulate(history, spend), uncertainty.deviations);
  };
  const intervals = intervalsFrom(DRAWS);
  const oneTimeIntervals = intervalsFrom(ONE_TIME_DRAWS);

  const oneTimeBuyers = new Map<number, ValueIntervals>();
  return (history, spend) => {
    if (history.x > 0 || spend.x > 0) return intervals(history, spend);
    if ((spend.paying ?? 1) < 1) return oneTimeIntervals(history, spend);
    const known = oneTimeBuyers.get(history.T) ?? oneTimeIntervals(history, spend);
    oneTimeBuyers.set(history.T, known);
    return known;
  };
}

function summary(horizons: readonly Float64Array[], deviations: readonly number[]): ValueIntervals {
  const of = () => new Float64Array(horizons.length);
  const intervals = { p10: of(), p50: of(), p90: of(), variance: of() };
  for (const [i, values] of horizons.entries()) {
    let sum = 0;
    for (let d = 0; d < values.length; d++) sum += values[d]!;
    const mean = sum / values.length;
    let squares = 0;
    for (let d = 0; d < values.length; d++) squares += (values[d]! - mean) ** 2;
    intervals.variance[i] = Math.max(0, squares / (values.length - 1) - Math.expm1(deviations[i]! ** 2) * mean ** 2);
    [intervals.p10[i], intervals.p50[i], intervals.p90[i]] = quantiles(values, [0.1, 0.5, 0.9]) as [
      number,
      number,
      number,
    ];
  }
  return intervals;
}
