import { describe, expect, it } from 'vitest';

import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { cdnowCustomers, cdnowIsThere, historyGroups, NO_CDNOW } from '../../support/cdnow.ts';
import { cdnowSummary } from '../../support/cdnow-summary.ts';
import { anyBetaGeometric, describeTransactionModel } from '../../support/transaction-model.ts';
import figures from './fixtures/cdnow-figures.json' with { type: 'json' };
import published from './fixtures/published-points.json' with { type: 'json' };

const P = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };

describe('as published', () => {
  it("has the log-likelihoods of pymc-marketing's stability test", () => {
    const parameters = { a: 0.8, b: 2.5, r: 0.25, alpha: 4 };
    expect(mbgNbd.logLikelihood(parameters, [{ x: 0, tx: 0, T: 40, count: 1 }])).toBeCloseTo(-0.41792826, 5);
    expect(mbgNbd.logLikelihood(parameters, [{ x: 200, tx: 38, T: 40, count: 1 }])).toBeCloseTo(100.7869, 4);
  });

  it.skipIf(!cdnowIsThere)(`fits CDNOW's sample to 39 weeks as BTYDplus does (${NO_CDNOW})`, () => {
    const fit = mbgNbd.fit(historyGroups(cdnowCustomers('sample')));
    expect(fit).toMatchObject({ model: 'mbg-nbd', status: 'converged', customers: 2357 });
    const expected = { r: 0.52484315, alpha: 6.18308526, a: 0.89135941, b: 1.61400234 };
    for (const [name, value] of Object.entries(expected))
      expect(fit.parameters[name as keyof typeof expected] / value).toBeCloseTo(1, 6);
    expect(fit.logLikelihood).toBeCloseTo(-9582.13571555, 6);
  });

  it.skipIf(!cdnowIsThere)(`fits the summary in two decimals as lifetimes does (${NO_CDNOW})`, () => {
    const { parameters } = mbgNbd.fit(cdnowSummary());
    for (const [name, value] of Object.entries(figures['mbgnbd.cdnow.published'].value))
      expect(Math.abs(parameters[name as keyof typeof parameters] - value)).toBeLessThan(1e-3);
  });

  it.skipIf(!cdnowIsThere)(`predicts CDNOW's next 39 weeks 16% too low (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample');
    const { parameters } = mbgNbd.fit(historyGroups(customers));
    const predicted = customers.map((c) => mbgNbd.conditionalExpectedTransactions(parameters, c, 39));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const errors = customers.map((c, i) => Math.abs(c.holdout - predicted[i]!));
    expect(sum(predicted) / 1882 - 1).toBeCloseTo(-0.162, 3);
    expect(sum(errors) / customers.length).toBeCloseTo(0.7648, 3);
  });
});

describe('against an independent implementation (30-digit arithmetic)', () => {
  it.each(published.points)('P(alive) and expectations of ($x, $tx, $T)', (point) => {
    expect(mbgNbd.probabilityAlive(published.mbg, point) / point.mbg_palive).toBeCloseTo(1, 11);
    expect(mbgNbd.conditionalExpectedTransactions(published.mbg, point, 39) / point.mbg_ce_39).toBeCloseTo(1, 11);
    expect(mbgNbd.conditionalExpectedTransactions(published.mbg, point, 52) / point.mbg_ce_52).toBeCloseTo(1, 11);
  });

  it.each(published.newCustomer)('expectations of a new customer in $t weeks', ({ t, mbg }) => {
    expect(mbgNbd.expectedTransactions(published.mbg, t) / mbg).toBeCloseTo(1, 11);
  });
});

describe('by property', () => {
  it('lets a one-time buyer fade', () => {
    const alive = [0, 10, 100, 1000].map((T) => mbgNbd.probabilityAlive(P, { x: 0, tx: 0, T }));
    expect(alive).toEqual(alive.toSorted((a, b) => b - a));
    expect(alive[0]).toBeCloseTo(P.b / (P.a + P.b), 14);
  });

  describeTransactionModel(mbgNbd, P, { r: 1.2, alpha: 6, a: 0.8, b: 2.5 }, anyBetaGeometric);
});
