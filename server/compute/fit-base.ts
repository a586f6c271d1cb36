import { customersOf } from '../engine/models/fit.ts';
import { spendIndependence } from '../engine/models/gamma-gamma.ts';
import { sharedDeviation } from '../engine/models/group-interval.ts';
import { pooledRate } from '../engine/models/pooled-rate.ts';
import { fitSpend, type RobustFit } from '../engine/models/robust-fit.ts';
import type { ScoreSettings } from '../engine/models/score.ts';
import type { HistoryGroup, SpendGroup } from '../engine/models/types.ts';
import { type Candidate, fitCandidate } from './candidates.ts';
import { type Packed, unpackHistories, unpackSpend } from './packed.ts';
import { sampled } from './sampled.ts';

export interface FitJob {
  readonly chosen: Candidate;
  /** Why the pooled rate has to stand in for it; null where it need not. */
  readonly fallbackReason: string | null;
  /** These and the groups of spend come in an order that does not depend on that of the customers. */
  readonly histories: Packed<HistoryGroup>;
  /** Repeat order days: what Gamma-Gamma is fitted to. */
  readonly repeatSpend: Packed<SpendGroup>;
  /** What an order day of each customer is worth, for where Gamma-Gamma cannot be fitted. */
  readonly allSpend: Packed<SpendGroup>;
  readonly settings: ScoreSettings;
  /** By horizon: standard deviation of ln(actual/predicted). */
  readonly deviations: readonly number[];
}

export interface FittedBase {
  readonly transactions: RobustFit;
  readonly spend: RobustFit;
  /** By horizon: relative standard deviation of value that all customers share. */
  readonly sharedDeviations: readonly number[];
  /** Null with fewer than two repeat buyers. */
  readonly spendCorrelation: number | null;
}

/** A sample of a large base gives a correlation to within a hundredth. */
const SAMPLE_SPEND = 20_000;

export function fitBase(job: FitJob): FittedBase {
  const { chosen } = job;
  const histories = unpackHistories(job.histories);
  const repeatSpend = unpackSpend(job.repeatSpend);
  const transactions =
    job.fallbackReason === null
      ? fitCandidate(chosen, histories)
      : { fit: pooledRate.fit(histories), fallbackReason: job.fallbackReason, priorReason: null };
  const spendFit = fitSpend(repeatSpend, unpackSpend(job.allSpend));
  const correlation = spendIndependence(
    sampled(repeatSpend, SAMPLE_SPEND).flatMap((group) => Array<SpendGroup>(group.count).fill(group)),
  );
  return {
    transactions,
    spend: spendFit,
    sharedDeviations: sharedDeviation({
      ...job,
      histories,
      repeatSpend,
      transactions: transactions.fit,
      spend: spendFit.fit,
    }),
    spendCorrelation: customersOf(repeatSpend) > 1 && Number.isFinite(correlation) ? correlation : null,
  };
}
