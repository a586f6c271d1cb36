import { HORIZONS } from '../domain/period.ts';
import { CHANGES, clvChange } from '../engine/analytics/clv-change.ts';
import { type Score, type ScoreSettings, scorer } from '../engine/models/score.ts';
import type { Fit, History, Spend } from '../engine/models/types.ts';
import { SEED, valueIntervals } from '../engine/models/value-intervals.ts';

/** What the figures of a run's customers rest on. */
export interface Valuation {
  /** By stratum of the customers; one where there are no covariates. */
  readonly transactions: readonly Fit<unknown>[];
  readonly spend: Fit<unknown>;
  readonly settings: ScoreSettings;
}

export interface ScoreSetup {
  /** Names the setup: a thread keeps what it has prepared for the last one. */
  readonly key: string;
  readonly now: Valuation;
  /** The run before, to compute what has changed since, and how long ago it ended its observation. */
  readonly before: (Valuation & { readonly weeksAgo: number }) | null;
  /** By horizon: standard deviation of ln(actual/predicted) by which the intervals are widened; null for no intervals. */
  readonly deviations: readonly number[] | null;
}

/** One element for each customer. */
export interface CustomerColumns {
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  /** Order days that `m` is the mean value of: the repeat days for Gamma-Gamma, all for the pooled mean. */
  readonly spendX: Float64Array;
  readonly m: Float64Array;
  /** Chance that the customer pays for orders at all, in [0, 1]. */
  readonly paying: Float64Array;
  readonly stratum: Uint16Array;
}

export interface ScoreJob {
  readonly setup: ScoreSetup;
  readonly customers: CustomerColumns;
  /** The same customers as the run before saw them; x is NaN for those it did not know. Null without one. */
  readonly before: CustomerColumns | null;
}

/** One element, or one for each horizon, for each customer. */
export interface ScoreColumns {
  /** NaN under a fallback without dropout. */
  readonly probabilityAlive: Float64Array;
  readonly churn90: Float64Array;
  readonly expectedSpend: Float64Array;
  readonly expectedOrderDays: Float64Array;
  readonly clv: Float64Array;
  /** Null where no intervals were asked for. */
  readonly interval: IntervalColumns | null;
  /** Recency, orders, spend, refit of the 12-month CLV; NaN where the run before did not know the customer. */
  readonly change: Float64Array | null;
}

export interface IntervalColumns {
  readonly p10: Float64Array;
  readonly p50: Float64Array;
  readonly p90: Float64Array;
  readonly variance: Float64Array;
}

const CLV12 = HORIZONS.indexOf('P12M');
type Scorer = (history: History, spend: Spend) => Score;

type ByStratum<Tool> = (stratum: number) => Tool;

interface Prepared {
  readonly key: string;
  readonly now: ByStratum<Scorer>;
  readonly before: ByStratum<Scorer> | null;
  readonly intervals: ByStratum<ReturnType<typeof valueIntervals>> | null;
}

/** Analyses that a thread may be working for at a time. */
const MOST_PREPARED = 3;
let prepared: readonly Prepared[] = [];

/** What a stratum needs is made when its first customer comes: many strata may have few customers. */
function lazily<Tool>({ transactions }: Valuation, create: (fit: Fit<unknown>) => Tool): ByStratum<Tool> {
  const tools: Tool[] = [];
  return (stratum) => (tools[stratum] ??= create(transactions[stratum]!));
}

const scorersOf = (valuation: Valuation) =>
  lazily(valuation, (fit) => scorer(fit, valuation.spend, valuation.settings));

function prepare({ key, now, before, deviations }: ScoreSetup): Prepared {
  const known = prepared.find((each) => each.key === key);
  if (known !== undefined) return known;
  const fresh: Prepared = {
    key,
    now: scorersOf(now),
    before: before && scorersOf(before),
    intervals:
      deviations === null
        ? null
        : lazily(now, (transactions) =>
            valueIntervals({ transactions, spend: now.spend, deviations, seed: SEED }, now.settings),
          ),
  };
  prepared = [fresh, ...prepared].slice(0, MOST_PREPARED);
  return fresh;
}

const historyAt = ({ x, tx, T }: CustomerColumns, i: number): History => ({ x: x[i]!, tx: tx[i]!, T: T[i]! });
const spendAt = ({ spendX, m, paying }: CustomerColumns, i: number): Spend => ({
  x: spendX[i]!,
  m: m[i]!,
  paying: paying[i]!,
});

/** Scores a batch of customers: their value with its interval, and what changed it since the run before. */
export function scoreColumns({ setup, customers, before }: ScoreJob): ScoreColumns {
  const { now, before: scorersBefore, intervals } = prepare(setup);
  const count = customers.x.length;
  const perCustomer = () => new Float64Array(count);
  const perHorizon = () => new Float64Array(count * HORIZONS.length);
  const scores: ScoreColumns = {
    probabilityAlive: perCustomer(),
    churn90: perCustomer(),
    expectedSpend: perCustomer(),
    expectedOrderDays: perHorizon(),
    clv: perHorizon(),
    interval: intervals && { p10: perHorizon(), p50: perHorizon(), p90: perHorizon(), variance: perHorizon() },
    change: before && new Float64Array(count * CHANGES.length).fill(Number.NaN),
  };
  for (let i = 0; i < count; i++) {
    const stratum = customers.stratum[i]!;
    const history = historyAt(customers, i);
    const spend = spendAt(customers, i);
    const score = now(stratum)(history, spend);
    scores.probabilityAlive[i] = score.probabilityAlive ?? Number.NaN;
    scores.churn90[i] = score.churn90;
    scores.expectedSpend[i] = score.expectedSpend;
    scores.expectedOrderDays.set(score.expectedOrderDays, i * HORIZONS.length);
    scores.clv.set(score.clv, i * HORIZONS.length);
    if (scores.interval !== null) {
      const { p10, p50, p90, variance } = intervals!(stratum)(history, spend);
      scores.interval.p10.set(p10, i * HORIZONS.length);
      scores.interval.p50.set(p50, i * HORIZONS.length);
      scores.interval.p90.set(p90, i * HORIZONS.length);
      scores.interval.variance.set(variance, i * HORIZONS.length);
    }
    if (before !== null && !Number.isNaN(before.x[i]!)) {
      const change = clvChange(
        (fits: Scorer, itsHistory, itsSpend: Spend) => fits(itsHistory, itsSpend).clv[CLV12]!,
        { fits: scorersBefore!(before.stratum[i]!), history: historyAt(before, i), spend: spendAt(before, i) },
        { fits: now(stratum), history, spend },
        setup.before!.weeksAgo,
      );
      for (const [k, cause] of CHANGES.entries()) scores.change![i * CHANGES.length + k] = change[cause];
    }
  }
  return scores;
}
