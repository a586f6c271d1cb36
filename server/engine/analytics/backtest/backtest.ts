import { DAYS_PER_WEEK } from '../../models/clv.ts';
import type { OrderDays } from '../order-days.ts';
import { coverageAt, type OriginCoverage } from './coverage.ts';
import { figuresOf } from './figures.ts';
import { fitsAt, type OriginFits } from './fits.ts';
import { forecast, rateBaseline } from './forecast.ts';
import { driftOf, type Miss } from './forecast-error.ts';
import { type NoPlan, planOrigins } from './plan.ts';
import { type OriginComparison, type Selection, selectModel } from './selection.ts';
import { type Snapshot, snapshotAt } from './snapshot.ts';

export interface OriginBacktest extends OriginComparison {
  /** Of the chosen model's 80% intervals, with the drift of earlier origins; null where it was not fitted. */
  readonly coverage: OriginCoverage | null;
}

/** Plain data. */
export interface Backtest extends Selection {
  readonly horizonWeeks: number;
  /** Oldest first. */
  readonly origins: readonly OriginBacktest[];
  /** How far the chosen model's total value strays beyond what chance explains: the deviation to widen intervals by. */
  readonly drift: number;
  /** Means over the origins; null where the model was fitted at none. */
  readonly coverage: Pick<OriginCoverage, 'customers' | 'plainCustomers' | 'total'> | null;
}

/** An origin whose figures still lack the intervals, which only the chosen model gets. */
interface Trial {
  readonly snapshot: Snapshot;
  readonly fits: OriginFits;
  readonly compared: OriginComparison;
}

/**
 * Rolling-origin backtest: at each of several days the models are fitted to what was known then, and compared with what came.
 * @param customers with their purchases up to `end`; of a large base a sample does.
 * @param end the last observed day, on the scale of the order days.
 * @param wanted name of a model to measure drift and coverage of, in place of the best one.
 */
export function backtest(
  customers: readonly OrderDays[],
  end: number,
  wanted: string | null = null,
): Backtest | NoPlan {
  const firstDay = customers.reduce((first, { days }) => Math.min(first, days[0]!), end);
  const plan = planOrigins(firstDay, end);
  if (plan.origins === null) return plan;
  const trials: Trial[] = [];
  for (const origin of plan.origins) {
    const snapshot = snapshotAt(customers, origin, plan.horizonWeeks);
    const fits = fitsAt(snapshot, trials.at(-1)?.fits ?? null);
    trials.push({ snapshot, fits, compared: compare(origin, snapshot, fits) });
  }
  const selection = selectModel(trials.map(({ compared }) => compared));
  const { origins, drift } = withCoverage(trials, wanted ?? selection.chosen);
  return {
    ...selection,
    horizonWeeks: plan.horizonWeeks,
    origins,
    drift,
    coverage: meanCoverage(origins.flatMap(({ coverage }) => coverage ?? [])),
  };
}

function compare(origin: number, snapshot: Snapshot, fits: OriginFits): OriginComparison {
  return {
    origin,
    customers: snapshot.histories.length,
    models: fits.transactions.map((fit) => ({
      model: fit.model,
      status: fit.status,
      accuracy: figuresOf(forecast(snapshot, fit, fits.spend), snapshot),
    })),
    baseline: figuresOf(rateBaseline(snapshot), snapshot),
  };
}

/** Intervals at an origin know the drift of those origins only whose horizons had ended by then. */
function withCoverage(trials: readonly Trial[], chosen: string): Pick<Backtest, 'origins' | 'drift'> {
  const misses: (Miss & { readonly knownFrom: number })[] = [];
  const origins = trials.map(({ snapshot, fits, compared }): OriginBacktest => {
    const transactions = fits.transactions.find(({ model }) => model === chosen);
    if (transactions === undefined) return { ...compared, coverage: null };
    const known = misses.filter(({ knownFrom }) => knownFrom <= compared.origin);
    const coverage = coverageAt(snapshot, { transactions, spend: fits.spend }, driftOf(known));
    const { lnRatio } = compared.models.find(({ model }) => model === chosen)!.accuracy.value;
    const knownFrom = compared.origin + snapshot.horizonWeeks * DAYS_PER_WEEK;
    misses.push({ lnRatio, explainedVariance: coverage.explainedVariance, knownFrom });
    return { ...compared, coverage };
  });
  return { origins, drift: driftOf(misses) };
}

function meanCoverage(origins: readonly OriginCoverage[]): Backtest['coverage'] {
  if (origins.length === 0) return null;
  const mean = (of: (coverage: OriginCoverage) => number) =>
    origins.reduce((sum, coverage) => sum + of(coverage), 0) / origins.length;
  return {
    customers: mean(({ customers }) => customers),
    plainCustomers: mean(({ plainCustomers }) => plainCustomers),
    total: mean(({ total }) => total),
  };
}
