import { fittedSpend, fittedTransactions } from '../../models/find-model.ts';
import type { Fit, History, TransactionModel } from '../../models/types.ts';
import { lnGamma } from '../../numerics/ln-gamma.ts';
import { type Column, type CountTail, countTail, rankedProbabilityScore } from '../accuracy.ts';
import { spendFor } from './fits.ts';
import type { Snapshot } from './snapshot.ts';

/** What was foretold of each customer for the horizon after an origin. */
export interface Forecast {
  readonly expectedOrderDays: Column;
  readonly expectedValue: Column;
  /** Probability of any order; null for a forecast that has none. */
  readonly anyOrder: Column | null;
  /** Ranked probability score of the number of orders, now that they are known. */
  readonly score: Column;
}

/** The number of purchases of a customer alive at T. */
function tailWhileAlive<P>(model: TransactionModel<P>, parameters: P, history: History, weeks: number): CountTail {
  const alive = model.probabilityAlive(parameters, history) ?? 1;
  if (alive === 0) return countTail(() => 0, 0);
  const mass = (n: number) => model.conditionalProbabilityMass(parameters, history, weeks, n) / alive;
  return countTail(mass, (1 - model.probabilityOfNoPurchase(parameters, history, weeks)) / alive);
}

/** Computes once for each x and T: the same for a customer who bought on the last day, as far as nothing but these matters. */
function oncePerPair<Result>(compute: (history: History) => Result): (x: number, T: number) => Result {
  const results = new Map<string, Result>();
  return (x, T) => {
    const key = `${x} ${T}`;
    const result = results.get(key) ?? compute({ x, tx: x === 0 ? 0 : T, T });
    results.set(key, result);
    return result;
  };
}

export function forecast(snapshot: Snapshot, transactions: Fit<object>, spend: Fit<object>): Forecast {
  const { histories, groups, groupOf, horizonWeeks, orders } = snapshot;
  const { model, parameters } = fittedTransactions(transactions);
  const value = fittedSpend(spend);
  const expectedOf = (history: History) => model.residual(parameters, history, [horizonWeeks], 0).expected[0]!;
  const tailOf = (history: History) => tailWhileAlive(model, parameters, history, horizonWeeks);
  const expected = oncePerPair(expectedOf);
  const tail = oncePerPair(tailOf);
  const predictions = groups.map((history) => {
    const { x, T } = history;
    const alive = model.probabilityAlive(parameters, history) ?? 1;
    return {
      alive,
      anyOrder: 1 - model.probabilityOfNoPurchase(parameters, history, horizonWeeks),
      expected: alive * (model.hasMemory ? expectedOf(history) : expected(x, T)),
      // The dear part. Customers of a week share it, which moves the mean score by 0.1% at most, of all models alike.
      tail: model.hasMemory ? tailOf(history) : tail(x, Math.round(T)),
    };
  });
  const of = (i: number) => predictions[groupOf[i]!]!;
  const spendOf = (i: number) => value.model.expectedSpend(value.parameters, spendFor(spend, histories[i]!));
  return {
    expectedOrderDays: orders.map((_, i) => of(i).expected),
    expectedValue: orders.map((_, i) => of(i).expected * spendOf(i)),
    anyOrder: orders.map((_, i) => of(i).anyOrder),
    score: orders.map((actual, i) => rankedProbabilityScore(of(i).tail, of(i).alive, actual)),
  };
}

/** Order days of a customer who goes on at the own rate x/T. */
export const ownRate = ({ x, T }: History, weeks: number): number => (T > 0 ? (x / T) * weeks : 0);

/** What to beat: all go on at their own rate x/T, at their own mean value; their numbers of orders are Poisson. */
export function rateBaseline({ histories, orders, horizonWeeks }: Snapshot): Forecast {
  const expectedOrderDays = orders.map((_, i) => ownRate(histories[i]!, horizonWeeks));
  return {
    expectedOrderDays,
    expectedValue: expectedOrderDays.map((expected, i) => expected * histories[i]!.m),
    anyOrder: null,
    score: expectedOrderDays.map((expected, i) => rankedProbabilityScore(poissonTail(expected), 1, orders[i]!)),
  };
}

function poissonTail(mean: number): CountTail {
  if (mean === 0) return NOBODY_BUYS;
  const lnMean = Math.log(mean);
  return countTail((n) => Math.exp(n * lnMean - mean - lnGamma(n + 1)), -Math.expm1(-mean));
}

const NOBODY_BUYS = countTail(() => 0, 0);
