import { fittedSpend, fittedTransactions } from '../../models/find-model.ts';
import { ownRateOf } from '../../models/score.ts';
import type { Fit, History, TransactionModel } from '../../models/types.ts';
import { lnGamma } from '../../numerics/ln-gamma.ts';
import { type Column, type CountTail, countTail, rankedProbabilityScore } from '../accuracy.ts';
import { spendFor } from './fits.ts';
import type { Outcome, Snapshot } from './snapshot.ts';

/** What was foretold of each customer after an origin. */
export interface Forecast {
  /** By horizon of the snapshot. */
  readonly expectedOrderDays: readonly Column[];
  readonly expectedValue: readonly Column[];
  /** Probability of any order within the shortest horizon; null for a forecast that has none. */
  readonly anyOrder: Column | null;
  /** Ranked probability score of the number of orders within the shortest horizon, now that they are known. */
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
  const { histories, groups, groupOf, outcomes } = snapshot;
  const [{ weeks, orders }] = outcomes as [Outcome];
  const horizons = outcomes.map((outcome) => outcome.weeks);
  const { model, parameters } = fittedTransactions(transactions);
  const value = fittedSpend(spend);
  const expectedOf = (history: History) => model.residual(parameters, history, horizons, 0).expected;
  const tailOf = (history: History) => tailWhileAlive(model, parameters, history, weeks);
  const expected = oncePerPair(expectedOf);
  const tail = oncePerPair(tailOf);
  const predictions = groups.map((history) => {
    const { x, T } = history;
    const alive = model.probabilityAlive(parameters, history) ?? 1;
    return {
      alive,
      anyOrder: 1 - model.probabilityOfNoPurchase(parameters, history, weeks),
      expected: (model.hasMemory ? expectedOf(history) : expected(x, T)).map((orderDays) => alive * orderDays),
      // The dear part. Customers of a week share it, which moves the mean score by 0.1% at most, of all models alike.
      tail: model.hasMemory ? tailOf(history) : tail(x, Math.round(T)),
    };
  });
  const of = (i: number) => predictions[groupOf[i]!]!;
  const spends = orders.map((_, i) => value.model.expectedSpend(value.parameters, spendFor(spend, histories[i]!)));
  return {
    expectedOrderDays: outcomes.map((_, horizon) => orders.map((_, i) => of(i).expected[horizon]!)),
    expectedValue: outcomes.map((_, horizon) => orders.map((_, i) => of(i).expected[horizon]! * spends[i]!)),
    anyOrder: orders.map((_, i) => of(i).anyOrder),
    score: orders.map((actual, i) => rankedProbabilityScore(of(i).tail, of(i).alive, actual)),
  };
}

/** Order days of a customer who goes on at the own rate. */
export const ownRate = (history: History, weeks: number): number => ownRateOf(history) * weeks;

/** What to beat: all go on at their own rate x/T, at their own mean value; their numbers of orders are Poisson. */
export function rateBaseline({ histories, outcomes }: Snapshot): Forecast {
  const expectedOrderDays = outcomes.map(({ weeks, orders }) => orders.map((_, i) => ownRate(histories[i]!, weeks)));
  const [shortest] = expectedOrderDays as [Column];
  const { orders } = outcomes[0]!;
  return {
    expectedOrderDays,
    expectedValue: expectedOrderDays.map((horizon) => horizon.map((expected, i) => expected * histories[i]!.m)),
    anyOrder: null,
    score: shortest.map((expected, i) => rankedProbabilityScore(poissonTail(expected), 1, orders[i]!)),
  };
}

function poissonTail(mean: number): CountTail {
  if (mean === 0) return NOBODY_BUYS;
  const lnMean = Math.log(mean);
  return countTail((n) => Math.exp(n * lnMean - mean - lnGamma(n + 1)), -Math.expm1(-mean));
}

const NOBODY_BUYS = countTail(() => 0, 0);
