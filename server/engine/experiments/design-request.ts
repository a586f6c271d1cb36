import { DomainError } from '../../domain/errors.ts';

/** SHARE of customers who do something, or MEAN of what they do or spend. */
export const METRIC_KINDS = ['SHARE', 'MEAN'] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];

export interface DesignRequest {
  readonly metricKind: MetricKind;
  /** What the control group is expected to have: a share in (0, 1), or a mean. */
  readonly baseline: number;
  /** Over customers, above 0; for a MEAN only, that of a share follows from it. */
  readonly standardDeviation: number | null;
  /** Smallest difference from the baseline that must not be missed, in its unit, not 0: this, `relativeEffect` or neither. */
  readonly effect: number | null;
  /** The same over a baseline above 0. */
  readonly relativeEffect: number | null;
  /** Customers that there are, at least 2; null where that is to be found. One of this and the effect is needed. */
  readonly customers: number | null;
  /** Probability of detecting the effect when it exists, 0.5 to under 1. */
  readonly power: number;
  /** Probability of detecting an effect when none exists (two-sided), above 0, at most 0.5. */
  readonly significance: number;
  /** In proportion to each other, above 0; the control group's first, at least one more. */
  readonly weights: readonly number[];
  /** Share of the variance that a covariate takes away (CUPED), 0 to under 1: the squared correlation with it. */
  readonly varianceReduction: number;
  /** Who come to be assigned, above 0; null where all are assigned at once. */
  readonly customersPerDay: number | null;
  /** Days after the assignment in which orders count, 1 to 365. */
  readonly windowDays: number;
}

export const DESIGN_DEFAULTS = { power: 0.8, significance: 0.05, weights: [1, 1], varianceReduction: 0 } as const;

/** In the unit of the metric; null without one. */
export const effectOf = ({
  effect,
  relativeEffect,
  baseline,
}: Pick<DesignRequest, 'effect' | 'relativeEffect' | 'baseline'>): number | null =>
  effect ?? (relativeEffect === null ? null : relativeEffect * baseline);

/** @throws DomainError naming the argument that is not acceptable. */
export function assertDesignRequest(request: DesignRequest): void {
  assertMetric(request);
  assertEffect(request);
  const {
    power,
    significance,
    varianceReduction: reduction,
    weights,
    customers,
    customersPerDay,
    windowDays,
  } = request;
  must('power', power, power >= 0.5 && power < 1, 'at least 0.5 and below 1');
  must('significance', significance, significance > 0 && significance <= 0.5, 'above 0 and at most 0.5');
  must('varianceReduction', reduction, reduction >= 0 && reduction < 1, 'at least 0 and below 1');
  must('weights', weights.length, weights.length >= 2, 'those of the control group and of one variant or more');
  for (const weight of weights) must('weights', weight, isPositive(weight), 'above 0');
  const least = weights.length;
  must('customers', customers, customers === null || isWhole(customers, least), `a whole number of at least ${least}`);
  must('customersPerDay', customersPerDay, customersPerDay === null || isPositive(customersPerDay), 'above 0');
  must('windowDays', windowDays, isWhole(windowDays, 1) && windowDays <= 365, 'whole days from 1 to 365');
}

function assertMetric({ metricKind, baseline, standardDeviation: deviation }: DesignRequest): void {
  if (metricKind === 'SHARE') {
    must('baseline', baseline, baseline > 0 && baseline < 1, 'a share above 0 and below 1');
    must('standardDeviation', deviation, deviation === null, 'left out for a share, from which it follows');
  } else {
    must('baseline', baseline, Number.isFinite(baseline), 'a number');
    must('standardDeviation', deviation, isPositive(deviation), 'above 0 for a mean');
  }
}

function assertEffect(request: DesignRequest): void {
  const { metricKind, baseline, effect, relativeEffect } = request;
  if (relativeEffect !== null) {
    must('relativeEffect', relativeEffect, effect === null, 'left out where effect is given');
    must('relativeEffect', relativeEffect, baseline > 0, 'left out where the baseline is not above 0');
  }
  const absolute = effectOf(request);
  const field = relativeEffect === null ? 'effect' : 'relativeEffect';
  if (absolute === null) {
    must(field, null, request.customers !== null, 'given, or else customers to find it for');
    return;
  }
  must(field, request[field], Number.isFinite(absolute) && absolute !== 0, 'a difference other than 0');
  const share = baseline + absolute;
  const leavesShare = metricKind === 'MEAN' || (share > 0 && share < 1);
  must(field, request[field], leavesShare, 'a difference that leaves a share above 0 and below 1');
}

const isPositive = (value: number | null) => value !== null && value > 0 && value < Number.POSITIVE_INFINITY;
const isWhole = (value: number, least: number) => Number.isSafeInteger(value) && value >= least;

/** @throws DomainError BAD_DESIGN with what is accepted and what was got. */
export function must(field: string, value: number | null, isAccepted: boolean, accepted: string): void {
  const got = value === null ? 'nothing' : value;
  if (!isAccepted) throw new DomainError('BAD_DESIGN', `${field} must be ${accepted}, got ${got}`, [field]);
}
