import type { CampaignMetric } from '../../domain/campaigns.ts';
import { compareMetric } from './compare-metric.ts';
import { type Adjustment, adjusted } from './cuped.ts';
import { moderatedVariances } from './moderate.ts';
import { momentsOf, type Sample } from './moments.ts';
import type { Measured } from './shrink.ts';
import type { CampaignCell, Estimate } from './types.ts';

/** The cells of one group, of a variant and of the control group. */
export interface GroupCells {
  readonly group: CampaignCell['group'];
  readonly treated: readonly CampaignCell[];
  readonly control: readonly CampaignCell[];
}

/** What groups are compared by, with an adjustment that is the same for all of them. */
export interface Metric {
  readonly metric: CampaignMetric;
  readonly adjustment: Adjustment;
  /** Of the covariate, over all customers. */
  readonly covariateMean: number;
}

/** Groups by their values, each with at least one customer. */
export function groupCells(cells: readonly CampaignCell[], variantId: string, controlId: string): GroupCells[] {
  const groups = new Map<string, { group: CampaignCell['group']; treated: CampaignCell[]; control: CampaignCell[] }>();
  for (const cell of cells) {
    if (cell.customers === 0 || (cell.variantId !== variantId && cell.variantId !== controlId)) continue;
    const key = JSON.stringify(cell.group);
    const group = groups.get(key) ?? { group: cell.group, treated: [], control: [] };
    group[cell.variantId === variantId ? 'treated' : 'control'].push(cell);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Adjusted; null of nobody, and where the metric is not known. */
export function sampleIn(cells: readonly CampaignCell[], { metric, adjustment, covariateMean }: Metric): Sample | null {
  const moments = momentsOf(cells, metric);
  return moments === null || moments.customers === 0 ? null : adjusted(moments, adjustment, covariateMean);
}

/** What was measured in a group, as in the results of the campaign; null with fewer than two customers on a side. */
export function measuredIn({ treated, control }: GroupCells, { metric, adjustment }: Metric): Estimate | null {
  const arm = (variantId: string, isControl: boolean, cells: readonly CampaignCell[]) => {
    const customers = cells.reduce((sum, cell) => sum + cell.customers, 0);
    return { variantId, isControl, cells, customers };
  };
  const compared = compareMetric([arm('treated', false, treated), arm('control', true, control)], metric, adjustment);
  return compared?.sides[0]?.difference?.absolute ?? null;
}

/**
 * The same as a basis for shrinkage: variances of few customers lean on those of all, for a group in which nobody bought would be
 * known for certain. Null with fewer than two customers on a side, and in all groups where nothing varies in any.
 */
export function effectsIn(groups: readonly GroupCells[], by: Metric): (Measured | null)[] {
  const pairs = groups.map(({ treated, control }) => {
    const [a, b] = [sampleIn(treated, by), sampleIn(control, by)];
    return a === null || b === null || a.customers < 2 || b.customers < 2 ? null : ([a, b] as const);
  });
  const known = pairs.filter((pair) => pair !== null);
  const variances = moderatedVariances(
    known.map(([a, b]) => ({
      variance: a.variance / a.customers + b.variance / b.customers,
      customers: a.customers,
      controls: b.customers,
    })),
  );
  return pairs.map((pair) => {
    const variance = pair === null ? 0 : variances[known.indexOf(pair)]!;
    return pair === null || variance === 0 ? null : { value: pair[0].mean - pair[1].mean, variance };
  });
}
