import { counted } from '../../domain/counted.ts';
import { MODEL_NAME, type ModelKey } from '../../domain/models.ts';
import { customersOf } from './fit.ts';
import { gammaGamma } from './gamma-gamma.ts';
import { pooledRate, pooledSpend } from './pooled-rate.ts';
import { cappedAt, isBetterCapped, spendCap } from './spend-cap.ts';
import type { Fit, FitOptions, HistoryGroup, SpendGroup, TransactionModel } from './types.ts';

/** With fewer repeat buyers than this not even a prior can hold up a model: the pooled figures stand in. */
const MIN_REPEAT_BUYERS = 10;
/** With fewer than this the likelihood alone may run off to infinity; a weak prior keeps it near what other shops show. */
const ENOUGH_REPEAT_BUYERS = 300;

/** A factor e either way of what other shops show. */
const PRIOR_DEVIATION = 1;

/** A fit, and why it is not a plain maximum of the likelihood where it is none. */
export interface RobustFit {
  readonly fit: Fit<object>;
  /** Why a pooled figure stands in for the model. */
  readonly fallbackReason: string | null;
  /** Why a prior took part. */
  readonly priorReason: string | null;
  /** Of spend: how many customers count for less than they spent, where any do. */
  readonly capReason?: string;
}

/** Parameters in the middle of what is published for shops; their time unit is taken from the data's own mean gap. */
const CENTERS: Readonly<Record<string, (weeksBetween: number) => object>> = {
  'bg-nbd': (gap) => ({ r: 0.5, alpha: 0.5 * gap, a: 0.8, b: 2.5 }),
  'mbg-nbd': (gap) => ({ r: 0.5, alpha: 0.5 * gap, a: 0.8, b: 2.5 }),
  nbd: (gap) => ({ r: 0.5, alpha: 0.5 * gap }),
  'mbg-cnbd': (gap) => ({ k: 1, r: 0.5, alpha: 0.5 * gap, a: 0.8, b: 2.5 }),
  'pareto-nbd': (gap) => ({ r: 0.5, alpha: 0.5 * gap, s: 0.6, beta: 0.6 * gap }),
};

/**
 * A fit that does not fail: maximum likelihood where the data carry it, else with a prior, else a pooled rate with `isFallback`.
 * @throws DomainError only where there is no customer at all.
 */
export function fitTransactions<P extends object>(
  model: Pick<TransactionModel<P>, 'name' | 'fit'>,
  groups: readonly HistoryGroup[],
  start?: P,
): RobustFit {
  const buyers = customersOf(groups.filter(({ x }) => x > 0));
  if (buyers < MIN_REPEAT_BUYERS) {
    const fallbackReason = `${buyers === 0 ? 'no customer' : `only ${counted(buyers, 'customer')}`} bought on more than one day: ${MIN_REPEAT_BUYERS} are needed to fit ${nameOf(model.name)}`;
    return { fit: pooledRate.fit(groups), fallbackReason, priorReason: null };
  }
  const purchases = groups.reduce((sum, { x, count }) => sum + x * count, 0);
  const weeks = groups.reduce((sum, { T, count }) => sum + T * count, 0);
  const center = CENTERS[model.name]!(weeks / purchases) as P;
  return (
    withPrior(model.name, buyers, center, (options) => model.fit(groups, options), start) ?? {
      fit: pooledRate.fit(groups),
      fallbackReason: `${nameOf(model.name)} could not be fitted to these orders, not even with a prior`,
      priorReason: null,
    }
  );
}

/**
 * The same for spend. Customers who spend far more than all others count in the fit as spending up to a cap, where that
 * describes customers better who took no part in it; what a customer is expected to spend still rests on the whole own mean.
 * @param repeat what repeat buyers spent on repeat days. @param all what everybody spent, for the pooled mean.
 */
export function fitSpend(repeat: readonly SpendGroup[], all: readonly SpendGroup[]): RobustFit {
  const usable = spending(repeat);
  const buyers = customersOf(usable);
  if (buyers < MIN_REPEAT_BUYERS)
    return fitPooledSpend(
      all,
      `${buyers} repeat buyers have spent more than zero: ${MIN_REPEAT_BUYERS} are needed to fit Gamma-Gamma`,
    );
  const cap = usedSpendCap(repeat);
  const isCapped = cap < Infinity;
  const fitted = isCapped ? cappedAt(usable, cap) : usable;
  const prior = spendPrior(fitted);
  const robust = withPrior('gamma-gamma', buyers, prior.center, (options) => gammaGamma.fit(fitted, options));
  if (robust === null)
    return fitPooledSpend(all, 'Gamma-Gamma could not be fitted to these orders, not even with a prior');
  return isCapped ? { ...robust, capReason: capReasonOf(usable, cap) } : robust;
}

/** The cap that {@link fitSpend} takes for the spend of repeat buyers; Infinity where it takes none. */
export function usedSpendCap(repeat: readonly SpendGroup[]): number {
  const usable = spending(repeat);
  if (usable.length === 0) return Infinity;
  const cap = spendCap(usable);
  if (usable.every(({ m }) => m <= cap)) return Infinity;
  if (customersOf(usable) < MIN_REPEAT_BUYERS) return cap;
  const isBetter = isBetterCapped(usable, cap, (groups) => gammaGamma.fit(groups, { prior: spendPrior(groups) }));
  return isBetter ? cap : Infinity;
}

const spending = (groups: readonly SpendGroup[]) => groups.filter(({ x, m }) => x > 0 && m > 0);

function spendPrior(groups: readonly SpendGroup[]) {
  const mean = groups.reduce((sum, { m, count }) => sum + m * count, 0) / customersOf(groups);
  return { center: { p: 4, q: 4, gamma: (3 * mean) / 4 }, deviation: PRIOR_DEVIATION };
}

function fitPooledSpend(all: readonly SpendGroup[], fallbackReason: string): RobustFit {
  const paid = all.filter(({ m }) => m > 0);
  const cap = paid.length === 0 ? Infinity : spendCap(paid);
  const fit = pooledSpend.fit(cappedAt(all, cap));
  const reasons = { fallbackReason, priorReason: null };
  return paid.some(({ m }) => m > cap) ? { fit, ...reasons, capReason: capReasonOf(paid, cap) } : { fit, ...reasons };
}

function capReasonOf(groups: readonly SpendGroup[], cap: number): string {
  const above = customersOf(groups.filter(({ m }) => m > cap));
  return `${counted(above, 'customer')} with far more an order day than all others: counted in the fit as ${cap.toPrecision(3)}, the most of the others`;
}

function withPrior<P extends object>(
  name: string,
  buyers: number,
  center: P,
  fitWith: (options: FitOptions<P>) => Fit<P>,
  start?: P,
): RobustFit | null {
  const plain = buyers < ENOUGH_REPEAT_BUYERS ? null : fitWith({ start });
  if (plain?.status === 'converged' && plain.covariance !== null) {
    return { fit: plain, fallbackReason: null, priorReason: null };
  }
  const backed = fitWith({ start, prior: { center, deviation: PRIOR_DEVIATION } });
  if (backed.status !== 'converged' || backed.covariance === null) return null;
  const because =
    plain === null
      ? `${buyers} repeat buyers are fewer than ${ENOUGH_REPEAT_BUYERS}`
      : `the likelihood of ${nameOf(name)} has no proper maximum on these orders`;
  const share = Math.round(100 * backed.priorWeight);
  return { fit: backed, fallbackReason: null, priorReason: `${because}: ${share}% of the fit is the prior's` };
}

/** What is seen of a first month is no rate of anything. */
const LEAST_WEEKS = 4;

/** Why these histories foretell nothing, not even by the pooled figures; null where they do. */
export function noForecastReason(groups: readonly HistoryGroup[]): string | null {
  const weeks = groups.reduce((longest, { T }) => Math.max(longest, T), 0);
  if (weeks < LEAST_WEEKS)
    return `the first order is ${counted(Math.round(7 * weeks), 'day')} old: ${LEAST_WEEKS} weeks are needed to foretell value`;
  return groups.some(({ x }) => x > 0) ? null : 'no customer has ordered on a second day: nothing shows who comes back';
}

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];
