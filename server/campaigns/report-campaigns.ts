import { rate } from '../engine/experiments/rate.ts';
import type { StepRates } from '../engine/experiments/result-types.ts';
import { stepRates } from '../engine/experiments/step-rates.ts';
import { COHORT_DAYS, type ExposureTotals, type FirstCampaignRow } from './data/campaign-reports.ts';

export interface ReportedTotals {
  readonly assigned: number;
  readonly steps: StepRates;
  readonly orders: number;
  readonly revenue: number;
}

/** Counts with their rates and intervals. */
export const reportedTotals = (row: ExposureTotals): ReportedTotals => ({
  assigned: row.assigned,
  steps: stepRates([{ customers: row.assigned, steps: { ...row, converted: row.buyers } }]),
  orders: row.orders,
  revenue: row.revenue,
});

/** What a cohort did within each of the spans. */
export const cohortAfter = ({ known, buyers, revenue }: FirstCampaignRow) =>
  COHORT_DAYS.map((days, i) => ({
    days,
    known: known[i]!,
    buyers: rate(buyers[i]!, known[i]!),
    revenue: revenue[i]!,
  }));
