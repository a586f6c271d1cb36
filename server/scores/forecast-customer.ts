import type { CustomerScore } from '../customers/data/customer-columns.ts';
import { DomainError } from '../domain/errors.ts';
import { checkAnnualRate } from '../domain/rates/discount-rate.ts';
import { checkMarginRate, keptShare } from '../domain/rates/margin.ts';
import { clv, discountedWeeks, weeklyDiscountRate, weeksOfMonths } from '../engine/models/clv.ts';
import { fittedSpend, fittedTransactions } from '../engine/models/find-model.ts';
import { blend, ownRateOf } from '../engine/models/score.ts';
import { DRAWS, SEED, valueSimulator } from '../engine/models/value-intervals.ts';
import { quantiles } from '../engine/numerics/quantile.ts';
import type { RunRow } from './data/runs.ts';
import { chosenFits } from './fit-rows.ts';
import { errorAtWeeks } from './forecast-error-at.ts';
import { historyOf, spendSummaryOf } from './score-rows.ts';

export interface ForecastInput {
  /** Null is without an end. */
  readonly horizonMonths: number | null;
  readonly annualDiscountRate: number;
  readonly marginRate: number;
}

export interface Forecast extends ForecastInput {
  /** Null without an end: for most shops the sum has no limit. */
  readonly expectedOrderDays: number | null;
  readonly clv: number;
  readonly interval: { readonly p10: number; readonly p50: number; readonly p90: number };
  /** Probability of 0, 1, 2, ... order days up to the horizon, until next to nothing is left; null without an end. */
  orderDayProbabilities(): readonly number[] | null;
  readonly run: RunRow;
}

/** Probabilities are listed until less than this is left. */
const REST = 1e-3;
const MOST_ORDERS = 200;
/** A century. */
const MOST_MONTHS = 1200;

/** What is discounted to less than this share counts no more in a simulated value without an end. */
const DISCOUNTED_AWAY = 1e-4;
const WEEKS_PER_QUARTER = 13;

/**
 * What a customer is worth at a horizon and rates that no run has stored, by the models of a run.
 * @returns null where the run kept no history of the customer.
 * @throws DomainError for a horizon below 0, a rate or margin that cannot be, and an endless horizon without a discount.
 */
export function forecastCustomer(score: CustomerScore, run: RunRow, input: ForecastInput): Forecast | null {
  if (input.horizonMonths !== null && input.horizonMonths > MOST_MONTHS)
    throw new DomainError(
      'BAD_HORIZON',
      `horizonMonths must be at most ${MOST_MONTHS}, or absent for no end, got ${input.horizonMonths}`,
      ['horizonMonths'],
    );
  const weeks = input.horizonMonths === null ? Number.POSITIVE_INFINITY : weeksOfMonths(input.horizonMonths);
  const delta = weeklyDiscountRate(checkAnnualRate(input.annualDiscountRate));
  const marginRate = keptShare(checkMarginRate(input.marginRate), run.unassignedRefundRate);
  if (score.firstOrderOn === null) return null;
  const fits = chosenFits(run);
  const history = historyOf(score, run.asOf);
  const spend = spendSummaryOf(fits.spend, run.paidShareAfterFree ?? 1)(score);
  const transactions = fits.transactions[score.stratum]!;
  const { model, parameters } = fittedTransactions(transactions);
  const value = fittedSpend(fits.spend);

  const ownRate = ownRateOf(history);
  const discounted = model.discountedExpectedTransactions(parameters, history, weeks, delta);
  const slices = slicesUpTo(weeks, delta);
  const ownShare = run.ownShare ?? 0;
  const errors = slices.map((end) => errorAtWeeks(run, end));
  const simulated = valueSimulator({
    ...{ transactions, spend: fits.spend, seed: SEED, weeks: slices, delta, marginRate, draws: DRAWS },
    deviations: errors.map(({ deviation }) => deviation),
    correction: { ownShare, levels: errors.map(({ level }) => level) },
  })(history, spend);
  const [p10, p50, p90] = weeks === 0 ? [0, 0, 0] : quantiles(simulated.at(-1)!, [0.1, 0.5, 0.9]);
  const ends = Number.isFinite(weeks);
  return {
    ...input,
    expectedOrderDays: ends
      ? blend(ownShare, model.conditionalExpectedTransactions(parameters, history, weeks), ownRate * weeks)
      : null,
    clv:
      errorAtWeeks(run, weeks).level *
      blend(
        ownShare,
        clv(marginRate, discounted, (spend.paying ?? 1) * value.model.expectedSpend(value.parameters, spend)),
        clv(marginRate, ownRate * discountedWeeks(weeks, delta), spend.m),
      ),
    interval: { p10: p10!, p50: p50!, p90: p90! },
    orderDayProbabilities: () =>
      ends ? probabilities((n) => model.conditionalProbabilityMass(parameters, history, weeks, n)) : null,
    run,
  };
}

/** Slices of time, each discounted as one: quarters at first, each as long as all before it from then on. */
function slicesUpTo(weeks: number, delta: number): number[] {
  const end = Math.min(weeks, -Math.log(DISCOUNTED_AWAY) / delta);
  const slices: number[] = [];
  for (let to = WEEKS_PER_QUARTER; to < end; to += Math.max(WEEKS_PER_QUARTER, to / 4)) slices.push(to);
  return [...slices, Math.max(end, Number.MIN_VALUE)];
}

function probabilities(mass: (n: number) => number): number[] {
  const told: number[] = [];
  for (let left = 1; left > REST && told.length < MOST_ORDERS; left -= told.at(-1)!) told.push(mass(told.length));
  return told;
}
