import { describe, expect, it } from 'vitest';

import { HORIZON_MONTHS } from '../../../server/domain/period.ts';
import { weeklyDiscountRate, weeksOfMonths } from '../../../server/engine/models/clv.ts';
import { gammaGamma } from '../../../server/engine/models/gamma-gamma.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { pooledRate, pooledSpend } from '../../../server/engine/models/pooled-rate.ts';
import { scorer } from '../../../server/engine/models/score.ts';
import type { Fit } from '../../../server/engine/models/types.ts';
import { cdnowCustomers, cdnowIsThere, historyGroups, NO_CDNOW, spendGroups } from '../../support/cdnow.ts';

const SETTINGS = { marginRate: 0.4, annualDiscountRate: 0.12 };
const CUSTOMER = { x: 2, tx: 30.43, T: 38.86 };
const SPEND = { x: 2, m: 22.35 };

const fitOf = <P>(model: string, parameters: P): Fit<P> => ({
  model,
  parameters,
  standardErrors: null,
  covariance: null,
  priorWeight: 0,
  logLikelihood: -1,
  iterations: 1,
  status: 'converged',
  customers: 100,
});
const purchases = fitOf('mbg-nbd', { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 });
const spend = fitOf('gamma-gamma', { p: 6.25, q: 3.74, gamma: 15.44 });

describe('scorer', () => {
  it('says what the models say, one by one', () => {
    const score = scorer(purchases, spend, SETTINGS)(CUSTOMER, SPEND);
    const p = purchases.parameters;
    const delta = weeklyDiscountRate(SETTINGS.annualDiscountRate);
    expect(score.probabilityAlive).toBe(mbgNbd.probabilityAlive(p, CUSTOMER));
    expect(score.churn90).toBe(mbgNbd.probabilityOfNoPurchase(p, CUSTOMER, 90 / 7));
    expect(score.expectedSpend).toBe(gammaGamma.expectedSpend(spend.parameters, SPEND));
    for (const [i, months] of Object.values(HORIZON_MONTHS).entries()) {
      const weeks = weeksOfMonths(months);
      const discounted = mbgNbd.discountedExpectedTransactions(p, CUSTOMER, weeks, delta);
      expect(score.expectedOrderDays[i]).toBeCloseTo(mbgNbd.conditionalExpectedTransactions(p, CUSTOMER, weeks), 12);
      expect(score.clv[i]! / (0.4 * discounted * score.expectedSpend)).toBeCloseTo(1, 12);
    }
  });

  it('scores alike whoever came before', () => {
    const alone = scorer(purchases, spend, SETTINGS)(CUSTOMER, SPEND);
    const score = scorer(purchases, spend, SETTINGS);
    for (const x of [0, 2, 5]) score({ x, tx: 0, T: 38.86 }, { x, m: 10 });
    expect(score(CUSTOMER, SPEND)).toEqual(alone);
  });

  it('scores with a fit that was stored as JSON', () => {
    const stored = JSON.parse(JSON.stringify(purchases)) as typeof purchases;
    expect(scorer(stored, spend, SETTINGS)(CUSTOMER, SPEND)).toEqual(
      scorer(purchases, spend, SETTINGS)(CUSTOMER, SPEND),
    );
  });

  it('scores with the fallbacks, without P(alive)', () => {
    const rate = pooledRate.fit([{ ...CUSTOMER, count: 4 }]);
    const value = pooledSpend.fit([{ x: 3, m: 22.35, count: 4 }]);
    const score = scorer(rate, value, SETTINGS)(CUSTOMER, { x: 3, m: 22.35 });
    expect(score.probabilityAlive).toBeNull();
    expect(score.expectedOrderDays[2]).toBeCloseTo(
      (365.25 / 7) * pooledRate.conditionalExpectedTransactions(rate.parameters, CUSTOMER, 1),
      12,
    );
    expect(score.expectedSpend).toBeCloseTo(22.35, 12);
    expect(score.clv[2]).toBeLessThan(0.4 * score.expectedOrderDays[2]! * 22.35);
  });

  it('is worth nothing at no margin, and something at any', () => {
    expect([...scorer(purchases, spend, { ...SETTINGS, marginRate: 0 })(CUSTOMER, SPEND).clv]).toEqual([0, 0, 0, 0, 0]);
  });

  it('refuses an unknown model and settings outside their range before the first customer', () => {
    expect(() => scorer(fitOf('crystal-ball', {}), spend, SETTINGS)).toThrow('Unknown model crystal-ball');
    expect(() => scorer(purchases, spend, { ...SETTINGS, marginRate: 1.2 })).toThrow(
      expect.objectContaining({ code: 'BAD_MARGIN' }),
    );
    expect(() => scorer(purchases, spend, { ...SETTINGS, annualDiscountRate: -1 })).toThrow('annualDiscountRate');
  });

  it.skipIf(!cdnowIsThere)(`scores CDNOW's sample within bounds, to a plausible total (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample');
    const fits = [mbgNbd.fit(historyGroups(customers)), gammaGamma.fit(spendGroups(customers))] as const;
    const score = scorer(...fits, { marginRate: 1, annualDiscountRate: 0.1 });
    const scores = customers.map((customer) => score(customer, customer));
    for (const { probabilityAlive, churn90, clv } of scores) {
      expect(probabilityAlive).toBeGreaterThanOrEqual(0);
      expect(churn90).toBeLessThanOrEqual(1);
      expect([...clv]).toEqual([...clv].sort((a, b) => a - b));
    }
    // The 39 weeks after the cut-off brought 70,976 dollars; the model, 16% low in orders, says 68,889 discounted for 52.
    const total = scores.reduce((sum, { clv }) => sum + clv[2]!, 0);
    expect(total).toBeGreaterThan(68_800);
    expect(total).toBeLessThan(69_000);
  });
});
