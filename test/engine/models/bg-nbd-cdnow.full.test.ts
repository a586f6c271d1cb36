import { beforeAll, describe, expect, it } from 'vitest';

import type { BetaGeometricParameters } from '../../../server/engine/models/beta-geometric.ts';
import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { gammaGamma } from '../../../server/engine/models/gamma-gamma.ts';
import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import type { Fit, History, Spend, TransactionModel } from '../../../server/engine/models/types.ts';
import {
  type CdnowCustomer,
  cdnowCustomers,
  cdnowIsThere,
  historyGroups,
  NO_CDNOW,
  spendGroups,
} from '../../support/cdnow.ts';
import { cdnowSummary } from '../../support/cdnow-summary.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/cdnow-figures.json' with { type: 'json' };

const P = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const BTYD = { r: 0.2425982, alpha: 4.4136842, a: 0.7929899, b: 2.4261667 };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const listed = ({ r, alpha, a, b }: BetaGeometricParameters) => [r, alpha, a, b];

/** The CLV of lifetimes: twelve months of 4.345 weeks, the purchases of each discounted by 1.01^-month. */
function lifetimesClv(p: BetaGeometricParameters, customer: History & Spend, value: number): number {
  const upTo = (month: number) => bgNbd.conditionalExpectedTransactions(p, customer, 4.345 * month);
  const months = Array.from({ length: 12 }, (_, i) => i + 1);
  return value * sum(months.map((month) => (upTo(month) - upTo(month - 1)) * 1.01 ** -month));
}

const PARETO = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };

/** Expected repeat purchases of all customers up to the end of a week, each counted from the first purchase. */
function expectedByWeek<P>(
  p: P,
  customers: readonly CdnowCustomer[],
  week: number,
  model: Pick<TransactionModel<P>, 'expectedTransactions'>,
): number {
  const start = Math.max(...customers.map((customer) => customer.T));
  return sum(customers.map(({ T }) => model.expectedTransactions(p, Math.max(0, week - (start - T)))));
}

describe.skipIf(!cdnowIsThere)(`as published of CDNOW's sample, 39 weeks (${NO_CDNOW})`, () => {
  let customers: CdnowCustomer[];
  let fit: Fit<BetaGeometricParameters>;
  beforeAll(() => {
    customers = cdnowCustomers('sample');
    fit = bgNbd.fit(historyGroups(customers));
  });

  it('fits as everybody does', () => {
    expect(fit).toMatchObject({ model: 'bg-nbd', status: 'converged', customers: 2357 });
    expectNear(listed(fit.parameters), [0.2425945224, 4.413602019, 0.7929220172, 2.425906777], 5e-7);
    expect(fit.logLikelihood).toBeCloseTo(-9582.42920667, 6);
    expectNear(listed(fit.parameters), listed(figures['bgnbd.cdnow.clvtools'].value), 1e-3);
    expectNear(listed(fit.parameters), figures['bgnbd.cdnow.btyd'].value, 1e-3);
  });

  it("fits the summary in two decimals as the paper did, and expects what Hardie's workbook does", () => {
    const rounded = bgNbd.fit(cdnowSummary());
    expectNear(listed(rounded.parameters), listed(figures['bgnbd.cdnow.mle.2decimals'].value), 1e-4);
    expect(Math.abs(rounded.logLikelihood - figures['bgnbd.cdnow.mle.2decimals.ll'].value)).toBeLessThan(1e-4);
    for (const [i, value] of listed(figures['bgnbd.cdnow.published'].value).entries())
      expect(Math.abs(listed(rounded.parameters)[i]! - value)).toBeLessThan(1e-3);
    for (const [i, weeks] of [0.1429, 1, 3, 31.8571, 32, 78].entries()) {
      const expected = figures['bgnbd.expected.hardie_excel'].value[i]!;
      expect(Math.abs(bgNbd.expectedTransactions(rounded.parameters, weeks) - expected)).toBeLessThan(5e-4);
    }
  });

  it('predicts the next 39 weeks as lifetimes does', () => {
    const predicted = customers.map((c) => bgNbd.conditionalExpectedTransactions(fit.parameters, c, 39));
    const { actual, expected, mae, rmse, corr } = figures['clv.lifetimes.sample_cal39w.holdout'].value;
    const holdout = customers.map((c) => c.holdout);
    const errors = holdout.map((seen, i) => seen - predicted[i]!);
    const mean = (values: readonly number[]) => sum(values) / values.length;
    const centered = (values: readonly number[]) => values.map((value) => value - mean(values));
    const product = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]!));
    const [seen, said] = [centered(holdout), centered(predicted)];
    expect(sum(holdout)).toBe(actual);
    expectNear(
      [
        sum(predicted),
        mean(errors.map(Math.abs)),
        Math.sqrt(mean(errors.map((error) => error ** 2))),
        product(seen, said) / Math.sqrt(product(seen, seen) * product(said, said)),
      ],
      [expected, mae, rmse, corr],
      1e-3,
    );
  });

  it("predicts BTYD's means of customers by their frequency", () => {
    const { actual, expected, n } = figures['bgnbd.btyd.holdout_by_freq'].value;
    const bins = n.map((_, x) => customers.filter((c) => Math.min(7, c.x) === x));
    const predicted = (c: CdnowCustomer) => bgNbd.conditionalExpectedTransactions(BTYD, c, 39);
    expect(bins.map((bin) => bin.length)).toEqual(n);
    expectNear(
      bins.map((bin) => sum(bin.map((c) => c.holdout)) / bin.length),
      actual,
      1e-6,
    );
    expectNear(
      bins.map((bin) => sum(bin.map(predicted)) / bin.length),
      expected,
      1e-3,
    );
  });

  it('counts the purchases of 78 weeks as BTYD does', () => {
    const start = Date.UTC(1997, 0, 1);
    const lastDay = (week: number) =>
      new Date(start + (7 * week - 1) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    // A customer who has not bought yet has made -1 repeat purchases.
    const upTo = (week: number) => sum(cdnowCustomers('sample', lastDay(week)).map((c) => Math.max(0, c.x)));
    const actual = figures['clv.tracking.actual'].value;
    const weeks = [1, 2, 3, 4, 5, 10, 20, 30, 39, 52, 65, 77, 78];
    expect(weeks.map(upTo)).toEqual(weeks.map((week) => actual[week - 1]));
  });

  it('tracks the cumulative purchases of 78 weeks as BTYD does', () => {
    const { weeks, bg, pareto } = figures['clv.tracking.cumulative'].value;
    expectNear(
      weeks.map((week) => expectedByWeek(P, customers, week, bgNbd)),
      bg,
      1e-6,
    );
    expectNear(
      weeks.map((week) => expectedByWeek(PARETO, customers, week, paretoNbd)),
      pareto,
      1e-6,
    );
    const { cum_expected, inc_expected } = figures['bgnbd.tracking.btyd'].value;
    const cumulative = [19, 20, 21, 22, 23, 24, 25].map((week) => expectedByWeek(BTYD, customers, week, bgNbd));
    expectNear(cumulative.slice(1), cum_expected, 1e-3);
    expectNear(
      cumulative.slice(1).map((value, i) => value - cumulative[i]!),
      inc_expected,
      1e-3,
    );
  });

  it("has lifetimes' values of twelve months, in total and of its customers", () => {
    const spend = gammaGamma.fit(spendGroups(customers)).parameters;
    const worth = customers.map((c) => ({
      alive: bgNbd.probabilityAlive(fit.parameters, c),
      orders: bgNbd.conditionalExpectedTransactions(fit.parameters, c, 52),
      clv: lifetimesClv(fit.parameters, c, gammaGamma.expectedSpend(spend, c)),
    }));
    const total = figures['clv.lifetimes.sample_cal39w'].value;
    expectNear(
      [sum(worth.map((w) => w.alive)), sum(worth.map((w) => w.orders)), sum(worth.map((w) => w.clv))],
      [total.sum_p_alive, total.sum_expected_tx_52w, total.sum_clv_12m],
      1e-4,
    );
    const { top5, first5 } = figures['clv.lifetimes.sample_cal39w.customers'].value;
    for (const { customer_id, p_alive, exp_tx_52w, clv_12m } of [...top5, ...first5]) {
      const { alive, orders, clv } = worth[customers.findIndex((c) => c.id === customer_id)]!;
      expectNear([alive, orders, clv], [p_alive, exp_tx_52w, clv_12m], 1e-3);
    }
    const best = worth.map((w) => w.clv).toSorted((a, b) => b - a);
    expectNear(
      best.slice(0, 5),
      top5.map((c) => c.clv_12m),
      1e-3,
    );
  });
});

describe('against an independent implementation (30-digit arithmetic)', () => {
  it.each(figures['clv.examples.published_params'].value)('value of twelve months of customer $id', (c) => {
    const customer = { x: c.x, tx: c.t_x, T: c.T, m: c.zbar };
    const spend = gammaGamma.expectedSpend({ p: 6.25, q: 3.74, gamma: 15.44 }, customer);
    const seen = [
      bgNbd.probabilityAlive(P, customer),
      bgNbd.conditionalExpectedTransactions(P, customer, 52),
      spend,
      lifetimesClv(P, customer, spend),
    ];
    expectNear(seen, [c.p_alive, c.ce_52, c.exp_spend, c.clv12], 1e-8);
  });
});
