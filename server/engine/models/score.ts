import { HORIZON_MONTHS } from '../../domain/period.ts';
import { clv, DAYS_PER_WEEK, discountedWeeks, weeklyDiscountRate, weeksOfMonths } from './clv.ts';
import { fittedSpend, fittedTransactions } from './find-model.ts';
import type { Fit, History, Residual, Spend } from './types.ts';

const CHURN_WEEKS = 90 / DAYS_PER_WEEK;

/** What a model's values lack, by its backtests. */
export interface Correction {
  /** Weight of what the customer would bring at the own rate and mean, 0 to 1; the model has the rest. */
  readonly ownShare: number;
  /** By horizon: factor that values are multiplied by, > 0. */
  readonly levels: readonly number[];
}

export interface ScoreSettings {
  /** Share of revenue that is kept, in [0, 1]. */
  readonly marginRate: number;
  /** Annual effective rate, >= 0. */
  readonly annualDiscountRate: number;
  /** None by default: the model's own figures. */
  readonly correction?: Correction | undefined;
}

export interface Score {
  /** In [0, 1]; null under a fallback without dropout. */
  readonly probabilityAlive: number | null;
  /** Probability of no purchase within 90 days, in [0, 1]. */
  readonly churn90: number;
  /** By horizon of {@link HORIZON_MONTHS}. */
  readonly expectedOrderDays: Float64Array;
  /** By horizon of {@link HORIZON_MONTHS}, in the currency of the spend. */
  readonly clv: Float64Array;
  /** Value of an order day still to come. */
  readonly expectedSpend: number;
}

/** Repeat order days a week, as the customer has had them. */
export const ownRateOf = ({ x, T }: History): number => (T > 0 ? x / T : 0);

export const blend = (ownShare: number, modelled: number, own: number): number =>
  (1 - ownShare) * modelled + ownShare * own;

/** Many customers share x and T: what depends on no more than these is computed once per pair. */
function residualCache(compute: (history: History) => Residual, hasMemory: boolean): (history: History) => Residual {
  const cache = new Map<number, Map<number, Residual>>();
  return (history) => {
    const { x, T } = history;
    if (hasMemory && x > 0) return compute(history);
    const byT = cache.get(x) ?? new Map<number, Residual>();
    cache.set(x, byT);
    const residual = byT.get(T) ?? compute(history);
    byT.set(T, residual);
    return residual;
  };
}

/**
 * A function that scores one customer after another with two fits.
 * @param transactionFit of bg-nbd, mbg-nbd, pareto-nbd or pooled-rate.
 * @param spendFit of gamma-gamma (spend over repeat days) or pooled-spend (spend over all order days).
 * @throws DomainError for an unknown model, a margin outside [0, 1] or a rate below 0.
 */
export function scorer(
  transactionFit: Fit<unknown>,
  spendFit: Fit<unknown>,
  { marginRate, annualDiscountRate, correction }: ScoreSettings,
): (history: History, spend: Spend) => Score {
  const { model, parameters } = fittedTransactions(transactionFit);
  const value = fittedSpend(spendFit);
  const delta = weeklyDiscountRate(annualDiscountRate);
  const ownShare = correction?.ownShare ?? 0;
  clv(marginRate, 0, 0);
  const horizons = Object.values(HORIZON_MONTHS).map(weeksOfMonths);
  const residual = residualCache((history) => model.residual(parameters, history, horizons, delta), model.hasMemory);

  return (history, spend) => {
    const { expected, discounted } = residual(history);
    const probabilityAlive = model.probabilityAlive(parameters, history);
    const alive = probabilityAlive ?? 1;
    const expectedSpend = (spend.paying ?? 1) * value.model.expectedSpend(value.parameters, spend);
    const ownRate = ownRateOf(history);
    return {
      probabilityAlive,
      churn90: model.probabilityOfNoPurchase(parameters, history, CHURN_WEEKS),
      expectedOrderDays: expected.map((orders, i) => blend(ownShare, alive * orders, ownRate * horizons[i]!)),
      clv: discounted.map((orders, i) => {
        const modelled = clv(marginRate, alive * orders, expectedSpend);
        const own = clv(marginRate, ownRate * discountedWeeks(horizons[i]!, delta), spend.m);
        return (correction?.levels[i] ?? 1) * blend(ownShare, modelled, own);
      }),
      expectedSpend,
    };
  };
}
