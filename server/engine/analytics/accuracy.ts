import { midRanks } from '../numerics/mid-ranks.ts';
import { classOf, midRankEdges, Tally } from './rfm.ts';

/** One number per customer; columns that belong together have the same length and order. */
export type Column = Float64Array;

/** Customers whose predictions lie in one class. */
export interface CalibrationBin {
  readonly customers: number;
  readonly meanPredicted: number;
  readonly meanActual: number;
}

export const sum = (column: Column): number => column.reduce((total, value) => total + value, 0);

/** Null where there is nobody to take the mean of. */
export const mean = (column: Column): number | null => (column.length === 0 ? null : sum(column) / column.length);

/** predicted/actual - 1, > -1 for positive totals; null where nothing was bought. */
export const totalBias = (predicted: number, actual: number): number | null =>
  actual === 0 ? null : predicted / actual - 1;

/** ln(actual/predicted): how far the world moved away from the model; null unless both totals are positive. */
export const lnRatio = (predicted: number, actual: number): number | null =>
  predicted > 0 && actual > 0 ? Math.log(actual / predicted) : null;

/** Mean of |predicted - actual|, >= 0. */
export const meanAbsoluteError = (predicted: Column, actual: Column): number | null =>
  mean(predicted.map((value, i) => Math.abs(value - actual[i]!)));

/** Root of the mean of (predicted - actual)^2, >= 0. */
export function rootMeanSquareError(predicted: Column, actual: Column): number | null {
  const square = mean(predicted.map((value, i) => (value - actual[i]!) ** 2));
  return square === null ? null : Math.sqrt(square);
}

/** How sure a forecast of a count is, given that the customer is alive: the tail probabilities P(N > n), and sums over them. */
export interface CountTail {
  /** Sum of P(N > i) over i < n, for n = 0, 1, ... up to where the tail has ended. */
  readonly sums: Column;
  /** Sum of all P(N > i)^2. */
  readonly squares: number;
}

/** Tails below this are taken as 0; the score is then exact to about 1e-6 of the longest counts. */
const END_OF_TAIL = 1e-6;
/** No horizon of a year holds more order days. */
const LONGEST_TAIL = 1000;

/** @param mass probability of n purchases, n = 1, 2, ...; what is left is that of none. @param atLeastOne the sum of them. */
export function countTail(mass: (n: number) => number, atLeastOne: number): CountTail {
  const sums = [0];
  let squares = 0;
  let tail = atLeastOne;
  for (let n = 1; tail > END_OF_TAIL && n <= LONGEST_TAIL; n++) {
    sums.push(sums[n - 1]! + tail);
    squares += tail * tail;
    tail -= mass(n);
  }
  return { sums: Float64Array.from(sums), squares };
}

/**
 * Continuous ranked probability score of a count: the sum over n >= 0 of (F(n) - 1{n >= actual})^2, >= 0, 0 for a sure and
 * right forecast, and the absolute error where the forecast is one number. With F(n) = 1 - alive S(n) the sum is
 * actual - 2 alive (sum of S over n < actual) + alive^2 (sum of S^2).
 * @param alive probability that the tail applies at all, else the count is 0; in [0, 1].
 * @see Gneiting & Raftery (2007), Strictly Proper Scoring Rules, JASA 102(477), eq. 20
 */
export function rankedProbabilityScore({ sums, squares }: CountTail, alive: number, actual: number): number {
  const below = sums[Math.min(actual, sums.length - 1)]!;
  return actual - 2 * alive * below + alive * alive * squares;
}

/** Mean squared error of a probability, in [0, 1]. @param happened 1 where the event came, else 0. */
export const brierScore = (probability: Column, happened: Column): number | null =>
  mean(probability.map((p, i) => (p - happened[i]!) ** 2));

/**
 * Probability that a customer with the outcome has a higher score than one without it;
 * ties count half. In [0, 1], 0.5 for a score without information; null where all had the same outcome.
 */
export function areaUnderCurve(score: Column, happened: Column): number | null {
  const positives = sum(happened);
  const negatives = happened.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const ranks = midRanks(score);
  const rankSum = ranks.reduce((total, rank, i) => total + happened[i]! * rank, 0);
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Customers in ten classes of about equal size by their prediction, lowest first; equal predictions stay together. */
export function calibrationByDecile(predicted: Column, actual: Column): CalibrationBin[] {
  const tally = new Tally();
  for (const value of predicted) tally.add(value);
  const edges = midRankEdges(tally.values(), 10);
  const bins = Array.from({ length: 10 }, () => ({ customers: 0, predicted: 0, actual: 0 }));
  for (const [i, value] of predicted.entries()) {
    const bin = bins[classOf(value, edges)]!;
    bin.customers++;
    bin.predicted += value;
    bin.actual += actual[i]!;
  }
  return bins
    .filter((bin) => bin.customers > 0)
    .map((bin) => ({
      customers: bin.customers,
      meanPredicted: bin.predicted / bin.customers,
      meanActual: bin.actual / bin.customers,
    }));
}

/** Mean over customers of |mean predicted - mean actual| of their class, >= 0. */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number | null {
  const customers = bins.reduce((total, bin) => total + bin.customers, 0);
  if (customers === 0) return null;
  const gaps = bins.reduce((total, bin) => total + bin.customers * Math.abs(bin.meanPredicted - bin.meanActual), 0);
  return gaps / customers;
}

/** Gini coefficient of the actual values lined up by a score, times a factor that depends on the actual values alone. */
function orderedGini(score: Column, actual: Column): number {
  const ranks = midRanks(score);
  return actual.reduce((total, value, i) => total + value * (2 * ranks[i]! - actual.length - 1), 0);
}

/**
 * How well a prediction orders customers by value: Gini coefficient of the predicted order over that of the perfect one. At
 * most 1, 0 for an order without information; customers with equal predictions share their values. Null where all are equal.
 */
export function normalisedGini(predicted: Column, actual: Column): number | null {
  const perfect = orderedGini(actual, actual);
  return perfect > 0 ? orderedGini(predicted, actual) / perfect : null;
}

/**
 * Share of the actual value that the customers with the highest predictions hold; where equal predictions straddle the edge,
 * those customers count in part. Null where nothing was bought.
 * @param share of the customers, in (0, 1].
 */
export function topShare(predicted: Column, actual: Column, share: number): number | null {
  const total = sum(actual);
  if (!(total > 0)) return null;
  const seats = share * predicted.length;
  const edge = predicted.toSorted()[Math.floor(predicted.length - seats)] ?? Number.NEGATIVE_INFINITY;
  const above = { customers: 0, value: 0 };
  const at = { customers: 0, value: 0 };
  for (const [i, value] of predicted.entries()) {
    if (value < edge) continue;
    const side = value > edge ? above : at;
    side.customers++;
    side.value += actual[i]!;
  }
  return (above.value + (at.value * (seats - above.customers)) / at.customers) / total;
}
