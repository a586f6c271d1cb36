import { normalCdf, normalQuantile } from '../numerics/normal.ts';
import { assertDesignRequest, type DesignRequest, effectOf, must } from './design-request.ts';

export interface ExperimentDesign {
  /** The difference asked for, in the unit of the metric and over the baseline; null where none was, or there is no share of it. */
  readonly effect: number | null;
  readonly relativeEffect: number | null;
  /** Customers that it takes to find it, in the order of the weights; null without an effect. */
  readonly customersPerVariant: readonly number[] | null;
  readonly customersInTotal: number | null;
  /** With those customers, or else with those that there are; 0 where all are assigned at once. */
  readonly recruitingDays: number;
  /** Until the last window is over. */
  readonly totalDays: number;
  /** Of finding the effect with the customers available; null where either is unknown. */
  readonly power: number | null;
  /** Smallest difference upwards that they can detect, in the unit; null where their number is unknown, and for a share beyond 1. */
  readonly minimumDetectableEffect: number | null;
  readonly minimumDetectableRelativeEffect: number | null;
  /** Variants compared with the control group. */
  readonly comparisons: number;
  /** What each comparison may take of the significance (Bonferroni). */
  readonly significancePerComparison: number;
}

/** Of a variant: one customer has no variance. */
const FEWEST = 2;
/** Customers, or days: what an Int of GraphQL holds, and more than anybody has. */
const MOST = 2_000_000_000;

/**
 * How many customers an experiment needs, how long it takes, and what it can find. Every comparison of a variant with the
 * control group has the power asked for; several share the significance, and so need more customers.
 *
 *   customers in total N = (z_(1 - significance/2) + z_power)^2 (variance_control / w_control + variance_variant / w_variant) / effect^2
 *
 * with w the shares of the customers, the largest N of all comparisons. Variances of shares are p (1 - p), each group its own.
 * @see Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, section 4.3 (without pooling, and without the
 * correction for continuity); Deng, Xu, Kohavi & Walker (2013), section 3.2, for the variance that a covariate leaves
 * @throws DomainError naming the argument that is not acceptable.
 */
export function experimentDesign(request: DesignRequest): ExperimentDesign {
  assertDesignRequest(request);
  const { customers, customersPerDay, windowDays, baseline, weights } = request;
  const effect = effectOf(request);
  const total = effect === null ? null : customersFor(request, effect);
  const perVariant = total === null ? null : shares(weights).map((share) => Math.max(FEWEST, Math.ceil(total * share)));
  const inTotal = perVariant?.reduce((sum, each) => sum + each, 0) ?? null;
  const field = request.effect === null ? 'relativeEffect' : 'effect';
  must(field, request[field], (inTotal ?? 0) <= MOST, `large enough to be detected with ${MOST} customers`);
  const detectable = customers === null ? null : detectableEffect(request, customers);
  const recruitingDays = customersPerDay === null ? 0 : Math.ceil((inTotal ?? customers!) / customersPerDay);
  must('customersPerDay', customersPerDay, recruitingDays <= MOST, `enough for ${MOST} days`);
  return {
    effect,
    relativeEffect: relative(effect, baseline),
    customersPerVariant: perVariant,
    customersInTotal: inTotal,
    recruitingDays,
    totalDays: recruitingDays + windowDays,
    power: effect === null || customers === null ? null : powerOf(request, effect, customers),
    minimumDetectableEffect: detectable,
    minimumDetectableRelativeEffect: relative(detectable, baseline),
    comparisons: weights.length - 1,
    significancePerComparison: request.significance / (weights.length - 1),
  };
}

const relative = (effect: number | null, baseline: number) =>
  effect === null || baseline <= 0 ? null : effect / baseline;

function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The share of the control group, and the smallest of a variant: its comparison is the least sure. */
function thinnest(weights: readonly number[]): [control: number, variant: number] {
  const [control, ...variants] = shares(weights);
  return [control!, Math.min(...variants)];
}

const criticalValue = ({ significance, weights }: DesignRequest) =>
  normalQuantile(1 - significance / (weights.length - 1) / 2);

/** Variance of a customer's metric where its mean is so much above the baseline. */
function varianceAt(
  { metricKind, baseline, standardDeviation, varianceReduction }: DesignRequest,
  effect: number,
): number {
  const mean = baseline + effect;
  return (1 - varianceReduction) * (metricKind === 'SHARE' ? mean * (1 - mean) : standardDeviation! ** 2);
}

/** Variance of the difference between the groups' means, times the number of customers in total. */
function differenceVariance(request: DesignRequest, effect: number): number {
  const [control, variant] = thinnest(request.weights);
  return varianceAt(request, 0) / control + varianceAt(request, effect) / variant;
}

const customersFor = (request: DesignRequest, effect: number): number =>
  ((criticalValue(request) + normalQuantile(request.power)) ** 2 * differenceVariance(request, effect)) / effect ** 2;

function powerOf(request: DesignRequest, effect: number, customers: number): number {
  const z = criticalValue(request);
  const signal = Math.abs(effect) / Math.sqrt(differenceVariance(request, effect) / customers);
  return normalCdf(signal - z) + normalCdf(-signal - z);
}

/**
 * The effect at which `customersFor` gives these customers: the positive root of a quadratic equation, for the variance of a share
 * depends on it, (p + e)(1 - p - e) = p (1 - p) + (1 - 2 p) e - e^2.
 */
function detectableEffect(request: DesignRequest, customers: number): number | null {
  const { metricKind, baseline, varianceReduction, weights } = request;
  const factor = (criticalValue(request) + normalQuantile(request.power)) ** 2 / customers;
  const atBaseline = factor * differenceVariance(request, 0);
  if (metricKind === 'MEAN') return Math.sqrt(atBaseline);
  const slope = (factor * (1 - varianceReduction)) / thinnest(weights)[1];
  const halfLinear = (slope * (1 - 2 * baseline)) / 2;
  const effect = (halfLinear + Math.sqrt(halfLinear ** 2 + (1 + slope) * atBaseline)) / (1 + slope);
  return baseline + effect < 1 ? effect : null;
}
