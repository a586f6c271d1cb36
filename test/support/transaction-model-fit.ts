import { expect, it } from 'vitest';

import type { HistoryGroup, TransactionModel } from '../../server/engine/models/types.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';
import { historyGroups } from './cdnow.ts';

/** Parameters are numbers by name. */
export type Numbers<P> = { readonly [Name in keyof P]: number };

export const namesOf = <P>(model: TransactionModel<P>) => Object.keys(model.lowerBounds as object) as (keyof P)[];

/** Customers of one simulated store, summarised in days as a real one. */
export function simulated<P>(model: TransactionModel<P>, truth: P, customers: number): HistoryGroup[] {
  const random = createRandom(11);
  const histories = Array.from({ length: customers }, () => {
    const days = 90 + Math.floor(275 * random.uniform());
    const times = model.simulate(truth, days / 7, random);
    return { x: times.length, tx: times.at(-1) ?? 0, T: days / 7 };
  });
  return historyGroups(histories);
}

/** What every fit must do; parameters as for `describeTransactionModel`. */
export function describeFit<P extends Numbers<P>>(model: TransactionModel<P>, p: P, truth: P): void {
  const names = namesOf(model);

  it('recovers the parameters that made 4,000 customers, within four standard errors', () => {
    const fit = model.fit(simulated(model, truth, 4000));
    expect(fit).toMatchObject({ status: 'converged', priorWeight: 0 });
    for (const name of names) {
      const error = fit.standardErrors![name];
      expect(Math.abs(fit.parameters[name] - truth[name])).toBeLessThan(4 * error);
      expect(error).toBeLessThan(truth[name]);
    }
  });

  it('has standard errors that are those of the covariance, brought back from the logarithms', () => {
    const { parameters, standardErrors, covariance } = model.fit(simulated(model, truth, 1000));
    for (const [i, name] of names.entries()) {
      const above = parameters[name] - model.lowerBounds[name]!;
      expect(standardErrors![name] / (above * Math.sqrt(covariance![i]![i]!))).toBeCloseTo(1, 12);
      for (const j of names.keys()) expect(covariance![i]![j]).toBe(covariance![j]![i]);
    }
  });

  it('ends where it does whatever it starts from', () => {
    const groups = simulated(model, truth, 1000);
    const fit = model.fit(groups);
    const restarted = model.fit(groups, { start: p });
    for (const name of names) expect(restarted.parameters[name] / fit.parameters[name]).toBeCloseTo(1, 5);
    expect(model.fit(groups, { start: fit.parameters }).iterations).toBeLessThan(3);
  });

  it('stays with a prior that is sure of itself', () => {
    const fit = model.fit(simulated(model, truth, 300), { prior: { center: p, deviation: 1e-3 } });
    for (const name of names) expect(fit.parameters[name] / p[name]).toBeCloseTo(1, 2);
    expect(fit.priorWeight).toBeGreaterThan(0.99);
    expect(fit.priorWeight).toBeLessThanOrEqual(1);
  });

  it('leans on a prior as long as there are few customers', () => {
    const weights = [30, 300, 4000].map(
      (customers) => model.fit(simulated(model, truth, customers), { prior: { center: p, deviation: 1 } }).priorWeight,
    );
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(weights[0]).toBeLessThan(0.9);
    expect(weights[0]).toBeGreaterThan(0.1);
    expect(weights[2]).toBeLessThan(0.1);
  });

  it.each([
    ['nobody', [], 'NO_CUSTOMERS'],
    ['one customer', [{ x: 3, tx: 10, T: 20, count: 1 }], 'ONE_CUSTOMER'],
    ['customers of whom none came back', [{ x: 0, tx: 0, T: 20, count: 9 }], 'NO_REPEAT_BUYERS'],
  ])('refuses to fit %s', (_, groups, code) => {
    expect(() => model.fit(groups)).toThrow(expect.objectContaining({ name: 'DomainError', code }));
  });

  it('ends a fit to customers who all did the same, with a status', () => {
    const fit = model.fit([{ x: 4, tx: 30, T: 39, count: 500 }]);
    expect(['converged', 'max-iterations', 'stalled']).toContain(fit.status);
    for (const name of names) {
      expect(fit.parameters[name]).toBeGreaterThan(model.lowerBounds[name]!);
      expect(fit.parameters[name]).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });
}
