import { HORIZON_MONTHS } from '../../../domain/period.ts';
import { DAYS_PER_WEEK, weeksOfMonths } from '../../models/clv.ts';
import type { Correction } from '../../models/score.ts';
import type { Fit } from '../../models/types.ts';
import { type Column, lnRatio, sum } from '../accuracy.ts';
import { compareOrderDays, type OrderDays } from '../order-days.ts';
import { withCappedSpend } from './capped-spend.ts';
import { coverageAt, type HorizonCoverage } from './coverage.ts';
import { figuresOf } from './figures.ts';
import { fitsAt, type OriginFits } from './fits.ts';
import { type Forecast, forecast, rateBaseline } from './forecast.ts';
import { errorAt, type ForecastError, type Miss } from './forecast-error.ts';
import { mixed, type OwnShare, ownShareOf } from './own-share.ts';
import { type NoPlan, planOrigins } from './plan.ts';
import { monthlyLevels, type SeasonalIndex, seasonalIndex, seasonFactor } from './season.ts';
import { type OriginComparison, type Selection, selectModel } from './selection.ts';
import { type Snapshot, snapshotAt } from './snapshot.ts';

export interface OriginBacktest extends OriginComparison {
  /** Of the published kind of forecast, by horizon, with what was known of its error by then; empty where the model had no fit. */
  readonly coverage: readonly HorizonCoverage[];
}

/** Plain data. */
export interface Backtest extends Selection {
  /** The shortest horizon, by which the models are compared. */
  readonly horizonWeeks: number;
  /** Oldest first. */
  readonly origins: readonly OriginBacktest[];
  readonly ownShare: OwnShare;
  /** Of forecasts that start on the last observed day, by horizon of {@link HORIZON_MONTHS}. */
  readonly errors: readonly HorizonError[];
}

/** What a run knows of the error of its forecasts for a horizon. */
export interface HorizonError extends ForecastError {
  /** Factor of the season. */
  readonly season: number;
}

/** An origin whose figures still lack the intervals, which only the chosen model gets. */
interface Trial {
  readonly snapshot: Snapshot;
  readonly fits: OriginFits;
  readonly compared: OriginComparison;
  readonly baseline: Forecast;
  /** By model, in the order of the fits. */
  readonly forecasts: readonly Forecast[];
}

/**
 * Rolling-origin backtest: at each of several days the models are fitted to what was known then, and compared with what came.
 * The figures depend on the order days alone, in whatever order the customers come. Customers who spend far more than all
 * others count as the most of the others.
 * @param customers with their purchases up to `end`; of a large base a sample does.
 * @param end the last observed day, as a day number.
 * @param wanted name of a model to measure in place of the best one; then none of the value comes from own rates.
 */
export function backtest(
  customers: readonly OrderDays[],
  end: number,
  wanted: string | null = null,
): Backtest | NoPlan {
  const firstDay = firstDayOf(customers, end);
  const plan = planOrigins(firstDay, end);
  if (plan.origins === null) return plan;
  const sorted = withCappedSpend(customers, end).toSorted(compareOrderDays);
  const trials: Trial[] = [];
  for (const { origin, weeks } of plan.origins) {
    const snapshot = snapshotAt(sorted, origin, weeks);
    trials.push(trialOf(snapshot, fitsAt(snapshot, trials.at(-1)?.fits ?? null)));
  }
  const selection = selectModel(trials.map(({ compared }) => compared));
  const chosen = wanted ?? selection.chosen;
  const ownShare = ownShareOf(trials.flatMap((trial) => valueTrial(trial, chosen) ?? []));
  const months = monthlyLevels(sorted, firstDay, end);
  const season = months && seasonalIndex(months);
  const unseenSeason = (origin: number, weeks: number) =>
    season && seasonalIndex(months!, { after: origin, to: origin + weeks * DAYS_PER_WEEK });
  const share = wanted === null ? ownShare.share : 0;
  const { origins, misses } = measure(trials, { chosen, share, unseenSeason, firstDay });
  return {
    ...selection,
    horizonWeeks: plan.horizonWeeks,
    origins,
    ownShare: { ...ownShare, share },
    errors: errorsByHorizon(misses, (end - firstDay) / DAYS_PER_WEEK, (weeks) => seasonFactor(season, end, weeks)),
  };
}

/** @param misses none where nothing could be measured. */
export const errorsByHorizon = (
  misses: readonly Miss[],
  weeksSeen: number,
  seasonOf: (weeks: number) => number = () => 1,
): HorizonError[] =>
  Object.values(HORIZON_MONTHS)
    .map(weeksOfMonths)
    .map((weeks) => ({ ...errorAt(misses, weeks, weeksSeen), season: seasonOf(weeks) }));

/** What values are corrected by. */
export const correctionOf = (ownShare: number, errors: readonly HorizonError[]): Correction => ({
  ownShare,
  levels: errors.map(({ shift, season }) => Math.exp(shift) * season),
});

const firstDayOf = (customers: readonly OrderDays[], end: number): number =>
  customers.reduce((first, { days }) => Math.min(first, days[0]!), end);

function trialOf(snapshot: Snapshot, fits: OriginFits): Trial {
  const forecasts = fits.transactions.map((fit) => forecast(snapshot, fit, fits.spend));
  const baseline = rateBaseline(snapshot);
  const resultOf = ({ model, status }: Fit<object>, its: Forecast) => ({
    model,
    status,
    accuracy: figuresOf(its, snapshot),
  });
  const compared = {
    origin: snapshot.origin,
    customers: snapshot.histories.length,
    models: fits.transactions.map((fit, i) => resultOf(fit, forecasts[i]!)),
    failed: fits.failed,
    baseline: figuresOf(baseline, snapshot),
    yardstick: fits.yardstick && resultOf(fits.yardstick, forecast(snapshot, fits.yardstick, fits.spend)),
  };
  return { snapshot, fits, forecasts, baseline, compared };
}

/** The model's place among the fits of an origin; null where it has none. */
function fitOf({ fits, forecasts }: Trial, model: string): { fit: Fit<object>; values: readonly Column[] } | null {
  const i = fits.transactions.findIndex((fit) => fit.model === model);
  return i < 0 ? null : { fit: fits.transactions[i]!, values: forecasts[i]!.expectedValue };
}

function valueTrial(trial: Trial, chosen: string) {
  const found = fitOf(trial, chosen);
  return (
    found && {
      model: found.values[0]!,
      own: trial.baseline.expectedValue[0]!,
      actual: trial.snapshot.outcomes[0]!.value,
    }
  );
}

interface Published {
  readonly chosen: string;
  readonly share: number;
  /** As found without the weeks that follow an origin. */
  readonly unseenSeason: (origin: number, weeks: number) => SeasonalIndex | null;
  readonly firstDay: number;
}

/** Intervals at an origin know the misses of those horizons only that had ended by then. */
function measure(
  trials: readonly Trial[],
  { chosen, share, unseenSeason, firstDay }: Published,
): { readonly origins: readonly OriginBacktest[]; readonly misses: readonly Miss[] } {
  const misses: Miss[] = [];
  const origins = trials.map((trial): OriginBacktest => {
    const { snapshot, compared, baseline, fits } = trial;
    const { origin, outcomes } = snapshot;
    const found = fitOf(trial, chosen);
    if (found === null) return { ...compared, coverage: [] };
    const known = misses.filter((miss) => miss.origin + miss.weeks * DAYS_PER_WEEK <= origin);
    const errors = outcomes.map(({ weeks }) => errorAt(known, weeks, (origin - firstDay) / DAYS_PER_WEEK));
    const seasons = outcomes.map(({ weeks }) => seasonFactor(unseenSeason(origin, weeks), origin, weeks));
    const levels = errors.map(({ shift }, i) => Math.exp(shift) * seasons[i]!);
    const totals = found.values.map((values, i) => sum(mixed(values, baseline.expectedValue[i]!, share)));
    const coverage = coverageAt(
      snapshot,
      {
        transactions: found.fit,
        spend: fits.spend,
        correction: { ownShare: share, levels },
        deviations: errors.map(({ deviation }) => deviation),
      },
      totals.map((total, i) => levels[i]! * total),
    );
    for (const [i, { weeks, value }] of outcomes.entries()) {
      const miss = lnRatio(totals[i]! * seasons[i]!, sum(value));
      misses.push({ origin, weeks, lnRatio: miss, explainedVariance: coverage[i]!.explainedVariance });
    }
    return { ...compared, coverage };
  });
  return { origins, misses };
}
