import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { createStore, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let store: Store;
let key: string;
let ask: ReturnType<typeof testSurface>['ask'];

beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
  const order = (id: string, at: string) => ({ id, at, lines: [{ price: '40' }] });
  store = await createStore(db, [
    {
      id: 'ann',
      score: { clv: 100, lastOrderOn: '2025-11-01', change: [-12.5, 30, 2, -4.25] },
      orders: [
        order('1', '2025-03-01T10:00:00Z'),
        order('2', '2025-06-01T10:00:00Z'),
        order('3', '2025-11-01T10:00:00Z'),
      ],
    },
    { id: 'bob', score: { clv: 300 } },
    { id: 'pip', score: { segment: 'PROSPECT' } },
  ]);
  key = await store.key();
});
afterAll(() => db.close());

interface Amount {
  readonly amount: string;
}
interface Interval {
  readonly p10: Amount;
  readonly p50: Amount;
  readonly p90: Amount;
}
interface Point {
  readonly horizon: string;
  readonly total: Amount;
  readonly interval: Interval;
  readonly meanInterval: Interval;
}
interface Report {
  readonly clv: {
    readonly curve: readonly Point[];
    readonly bySegment: readonly { readonly curve: readonly Point[] }[];
    readonly byCohort: readonly { readonly curve: readonly Point[] }[];
  };
  readonly rfm: { readonly segments: readonly { readonly segment: string; readonly clvInterval: Interval }[] };
}
interface AlivePoint {
  readonly on: string;
  readonly probability: number;
}
interface Forecast {
  readonly value: Amount;
  readonly interval: Interval;
  readonly expectedOrderDays: number;
  readonly orderDayProbabilities: readonly number[];
}

/** What is asked of one customer. */
async function customer<Answer>(id: string, selection: string): Promise<Answer> {
  const { data, errors } = await ask<{ customer: Answer }>(key, `{ customer(externalId: "${id}") { ${selection} } }`);
  expect(errors).toBeUndefined();
  return data!.customer;
}

const INTERVAL = 'interval { p10 { amount currency } p50 { amount } p90 { amount } }';

describe('a value', () => {
  it('comes with its interval and what such intervals were measured to cover', async () => {
    expect(await customer('ann', `clv(horizon: P24M) { ${INTERVAL} measuredCoverage }`)).toEqual({
      clv: {
        interval: { p10: { amount: '100.00', currency: 'EUR' }, p50: { amount: '150.00' }, p90: { amount: '400.00' } },
        measuredCoverage: 0.79,
      },
    });
  });

  it('of customers together has one that is narrower, for its size, than their own', async () => {
    const group = `customers curve { horizon total { amount } ${INTERVAL} meanInterval { p50 { amount } } }`;
    const { data } = await ask<Report>(
      key,
      `{ clv { curve { horizon total { amount } ${INTERVAL} } bySegment { ${group} } byCohort(granularity: YEAR) { ${group} } }
      rfm { segments { segment clvInterval { p10 { amount } } } } }`,
    );
    const point = data!.clv.curve.find(({ horizon }) => horizon === 'P12M')!;
    const [p10, p50, p90] = (['p10', 'p50', 'p90'] as const).map((name) => Number(point.interval[name].amount));
    expect(p10).toBeGreaterThan(0);
    expect(p10).toBeLessThan(p50!);
    expect(p50).toBeLessThan(Number(point.total.amount));
    expect(p90).toBeGreaterThan(Number(point.total.amount));
    expect(data!.clv.byCohort).toHaveLength(1);
    expect(data!.clv.byCohort[0]!.curve[2]!.interval).toEqual(point.interval);
    expect(Number(data!.clv.bySegment[0]!.curve[2]!.meanInterval.p50.amount)).toBeCloseTo(p50! / 2, 1);
    const loyal = data!.rfm.segments.find(({ segment }) => segment === 'LOYAL')!;
    expect(loyal.clvInterval).toEqual({ p10: { amount: point.interval.p10.amount } });
  });

  it('of customers together is told without the one who carries most of its spread', async () => {
    const rest = 'withoutLargest { total { amount } interval { p50 { amount } } customer { externalId } }';
    const query = `{ clv { curve { total { amount } ${rest} } } }`;
    const { data } = await ask<{ clv: { curve: object[] } }>(key, query);
    // Bob: 75% of the customers' own variance of 100,000, beside a shared one of (.21 x 400)^2.
    expect(data!.clv.curve[2]).toEqual({
      total: { amount: '400.00' },
      withoutLargest: {
        total: { amount: '100.00' },
        interval: { p50: { amount: expect.any(String) } },
        customer: { externalId: 'bob' },
      },
    });
    const analyst = await ask<{ clv: object }>(await store.key(['analytics:read']), query);
    expect(analyst.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', scopes: ['customers:read'] });
    expect(analyst.data).toMatchObject({
      clv: {
        curve: expect.arrayContaining([
          {
            total: { amount: '400.00' },
            withoutLargest: { total: { amount: '100.00' }, interval: expect.anything(), customer: null },
          },
        ]),
      },
    });
  });

  it('has none in a run that was published without', async () => {
    const old = await createStore(db, [{ id: 'ann', score: {} }]);
    await db.pool.query(
      'update customer_score set clv_p10 = null, clv_p50 = null, clv_p90 = null, first_order_on = null where run_id = $1',
      [old.runId],
    );
    await db.pool.query('update score_cell set clv_variance = null where run_id = $1', [old.runId]);
    const { data, errors } = await ask<Report & { customer: object }>(
      await old.key(),
      `{ customer(externalId: "ann") { clv { ${INTERVAL} } clvChange { total { amount } } forecast(horizonMonths: 12) { value { amount } } churn { actBefore } }
         clv { curve { ${INTERVAL} } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data!.customer).toEqual({
      clv: { interval: null },
      clvChange: null,
      forecast: null,
      churn: { actBefore: null },
    });
    expect(data!.clv.curve[0]).toEqual({ interval: null });
  });
});

describe('why', () => {
  it('returns what changed the value since the run before', async () => {
    const amounts = 'total { amount } recency { amount } orderDays { amount } spend { amount } refit { amount }';
    expect((await customer<{ clvChange: object }>('ann', `clvChange { ${amounts} }`)).clvChange).toEqual({
      total: { amount: '15.25' },
      recency: { amount: '-12.50' },
      orderDays: { amount: '30.00' },
      spend: { amount: '2.00' },
      refit: { amount: '-4.25' },
    });
    expect((await customer<{ clvChange: null }>('bob', `clvChange { ${amounts} }`)).clvChange).toBeNull();
  });

  it('draws the probability of being alive over time, jumping with every order and falling after the last', async () => {
    const { aliveHistory } = await customer<{
      aliveHistory: { observed: AlivePoint[]; projected: AlivePoint[]; orderDays: string[] };
    }>('ann', 'aliveHistory { observed { on probability } projected { on probability } orderDays }');
    expect(aliveHistory.orderDays).toEqual(['2025-03-01', '2025-06-01', '2025-11-01']);
    const on = (day: string) =>
      aliveHistory.observed.filter((point) => point.on === day).map((point) => point.probability);
    const [before, after] = on('2025-06-01');
    expect(after).toBeGreaterThan(before!);
    expect(aliveHistory.observed.at(-1)!.on).toBe('2025-12-31');
    expect(aliveHistory.projected[0]).toEqual(aliveHistory.observed.at(-1));
    const ahead = aliveHistory.projected.map(({ probability }) => probability);
    expect(ahead).toEqual(ahead.toSorted((a, b) => b - a));
    expect((await customer<{ aliveHistory: null }>('pip', 'aliveHistory { orderDays }')).aliveHistory).toBeNull();
  });

  it('names the day before which to act, later for a lower threshold', async () => {
    const { churn } = await customer<{ churn: { half: string; low: string } }>(
      'ann',
      'churn { half: actBefore low: actBefore(threshold: 0.2) }',
    );
    expect(churn.half).toMatch(/^202[56]-/);
    expect(churn.low > churn.half).toBe(true);
    const { errors } = await ask(key, '{ customer(externalId: "ann") { churn { actBefore(threshold: 1) } } }');
    expect(errors).toMatchObject([
      { message: 'threshold must lie between 0 and 1, got 1', extensions: { code: 'BAD_THRESHOLD' } },
    ]);
  });
});

describe('a forecast', () => {
  const FORECAST = `horizonMonths value { amount } ${INTERVAL} expectedOrderDays orderDayProbabilities`;

  it('reaches as far as one asks, and further is worth more', async () => {
    const { near, far, endless } = await customer<{ near: Forecast; far: Forecast; endless: Forecast }>(
      'ann',
      `near: forecast(horizonMonths: 9) { ${FORECAST} } far: forecast(horizonMonths: 60) { ${FORECAST} } endless: forecast { ${FORECAST} }`,
    );
    const amount = (forecast: Forecast) => Number(forecast.value.amount);
    expect(amount(near)).toBeGreaterThan(0);
    expect(amount(far)).toBeGreaterThan(amount(near));
    expect(amount(endless)).toBeGreaterThan(amount(far));
    expect(endless).toMatchObject({ horizonMonths: null, expectedOrderDays: null, orderDayProbabilities: null });
    expect(Number(endless.interval.p90.amount)).toBeGreaterThan(amount(endless));
    const mean = near.orderDayProbabilities.reduce((sum, p, n) => sum + n * p, 0);
    expect(mean).toBeGreaterThan(0.95 * near.expectedOrderDays);
    expect(mean).toBeLessThanOrEqual(near.expectedOrderDays);
  });

  it('takes rates of one’s own', async () => {
    const { half, full } = await customer<{ half: Forecast & { marginRate: number }; full: Forecast }>(
      'ann',
      'half: forecast(horizonMonths: 12, marginRate: 0.5) { marginRate value { amount } } full: forecast(horizonMonths: 12, marginRate: 1) { value { amount } }',
    );
    expect(half.marginRate).toBe(0.5);
    expect(Number(full.value.amount)).toBeCloseTo(2 * Number(half.value.amount), 1);
  });

  it.each([
    ['horizonMonths: -1', 'BAD_HORIZON'],
    ['horizonMonths: 2147483647', 'BAD_HORIZON'],
    ['annualDiscountRate: 0', 'ENDLESS_UNDISCOUNTED'],
    ['horizonMonths: 12, annualDiscountRate: 0.0018', 'BAD_DISCOUNT_RATE'],
    ['horizonMonths: 12, annualDiscountRate: -0.1', 'BAD_DISCOUNT_RATE'],
    ['horizonMonths: 12, marginRate: 1.5', 'BAD_MARGIN'],
  ])('refuses %s', async (args, code) => {
    const { errors } = await ask(key, `{ customer(externalId: "ann") { forecast(${args}) { value { amount } } } }`);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  it('is nothing for a Prospect', async () => {
    expect(
      (await customer<{ forecast: null }>('pip', 'forecast(horizonMonths: 12) { value { amount } }')).forecast,
    ).toBeNull();
  });
});

describe('a run', () => {
  it('shows its candidates, and how they did on orders that they had not seen', async () => {
    const { data } = await ask<{ analysisRun: object }>(
      key,
      `{ analysisRun { modelReason backtestReason spendCorrelation fits { model } models { model isChosen priorWeight }
         formulas { method name weakness perCustomer { amount } } covariates { isUsed }
         backtest { horizonWeeks ownShare errors { horizon level season deviation measuredWeeks origins }
           coverage { weeks customers { promised held count share low } totals { held count share high } centralShare }
           results { model origin customers crps areaUnderCurve orderDays { predicted actual bias } revenue { predicted { amount } } calibration { meanActual } } } } }`,
    );
    expect(data!.analysisRun).toMatchObject({
      modelReason: 'MBG/NBD has the lowest CRPS',
      backtestReason: null,
      spendCorrelation: 0.1,
      fits: [{ model: 'MBG/NBD' }, { model: 'Pooled mean' }],
      models: [
        { model: 'MBG/NBD', isChosen: true, priorWeight: 0 },
        { model: 'BG/NBD', isChosen: false },
        { model: 'Pooled mean', isChosen: true },
      ],
      formulas: [
        { method: 'HISTORIC', name: 'Historic value', perCustomer: { amount: '100.00' } },
        { method: 'ARPU_MARGIN_CHURN', perCustomer: null },
      ],
      covariates: null,
      backtest: {
        horizonWeeks: 13,
        ownShare: 0,
        errors: [
          { horizon: 'P3M', level: 1, season: 1, deviation: 0.2, measuredWeeks: 13, origins: 4 },
          { horizon: 'P6M' },
          { horizon: 'P12M' },
          { horizon: 'P24M', deviation: 0.28 },
          { horizon: 'P36M', deviation: 0.35 },
        ],
        coverage: [
          {
            weeks: 13,
            customers: { promised: 0.9, held: 79, count: 100, share: 0.79, low: expect.closeTo(0.6998, 3) },
            totals: { held: 3, count: 4, share: 0.75, high: expect.closeTo(0.9544, 3) },
            centralShare: 0.78,
          },
        ],
        results: [
          {
            model: 'MBG/NBD',
            origin: '2025-06-30',
            customers: 55,
            crps: 0.3,
            orderDays: { predicted: 90, actual: 100, bias: -0.1 },
            revenue: { predicted: { amount: '2250.50' } },
            calibration: [{ meanActual: 1.8 }],
          },
          { model: 'Own rate', crps: 0.5 },
        ],
      },
    });
  });

  it('is null where none is published, whatever is asked of it', async () => {
    const store = await createStore(db, [], { published: false });
    const { data, errors } = await ask(await store.key(), '{ analysisRun { asOf fits { model } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ analysisRun: null });
  });

  it('can be asked for by id, and not from another workspace', async () => {
    const { data } = await ask<{ analysisRun: { id: string } }>(key, '{ analysisRun { id } }');
    const byId = `{ analysisRun(id: "${data!.analysisRun.id}") { id backtest { results { crps } } } }`;
    const found = await ask<{ analysisRun: { backtest: { results: object[] } } }>(key, byId);
    expect(found.data!.analysisRun.backtest.results).toHaveLength(2);
    const other = await createStore(db, []);
    expect((await ask(await other.key(), byId)).data).toEqual({ analysisRun: null });
  });
});
