import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const CUSTOMERS: readonly CustomerFixture[] = [
  {
    id: 'a',
    country: 'DE',
    score: { clv: 300, segment: 'CHAMPION', cohort: '2025-01-01', clvBin: 3, scores: [5, 5, 5], netRevenue: '100.5' },
  },
  {
    id: 'b',
    country: 'DE',
    score: { clv: 60, segment: 'LOYAL', cohort: '2025-02-01', clvBin: 1, scores: [4, 3, 4], netRevenue: '50' },
  },
  {
    id: 'c',
    country: 'FR',
    score: { clv: 40, segment: 'LOYAL', cohort: '2025-02-01', clvBin: 0, scores: [4, 3, 4], netRevenue: '25.25' },
  },
  { id: 'p', score: { segment: 'PROSPECT' } },
];

describe('clv', () => {
  const GROUP = 'customers share netRevenue { amount } curve { horizon total { amount } mean { amount } }';

  it('returns total and mean by horizon, without Prospects, and the fits behind', async () => {
    const store = await createStore(db, CUSTOMERS);
    const key = await store.key();
    const { result, statements } = await statementsOf(() =>
      ask(
        key,
        `{ clv { customers run { asOf publishedAt } curve { horizon horizonMonths total { amount currency } mean { amount } meanExpectedOrderDays }
          transactions { process model status reason isFallback parameters { name value standardError } logLikelihood iterations customers }
          spend { model status reason isFallback logLikelihood } } }`,
      ),
    );
    const point = (
      horizon: string,
      horizonMonths: number,
      total: string,
      mean: string,
      meanExpectedOrderDays: number,
    ) => ({
      horizon,
      horizonMonths,
      total: { amount: total, currency: 'EUR' },
      mean: { amount: mean },
      meanExpectedOrderDays,
    });
    expect(result.data).toEqual({
      clv: {
        customers: 3,
        run: { asOf: '2025-12-31', publishedAt: '2026-01-15T12:00:00.000Z' },
        curve: [
          point('P3M', 3, '100.00', '33.33', 0.5),
          point('P6M', 6, '200.00', '66.67', 1),
          point('P12M', 12, '400.00', '133.33', 2),
          point('P24M', 24, '800.00', '266.67', 4),
          point('P36M', 36, '1200.00', '400.00', 6),
        ],
        transactions: {
          process: 'TRANSACTIONS',
          model: 'MBG/NBD',
          status: 'CONVERGED',
          reason: null,
          isFallback: false,
          parameters: expect.arrayContaining([
            { name: 'alpha', value: 6.2, standardError: 0.4 },
            { name: 'b', value: 1.6, standardError: null },
          ]),
          logLikelihood: -123.5,
          iterations: 12,
          customers: 60,
        },
        spend: {
          model: 'Pooled mean',
          status: 'FALLBACK',
          reason: '12 repeat buyers, 50 are needed',
          isFallback: true,
          logLikelihood: null,
        },
      },
    });
    // Authentication, the run with its fits, the cells.
    expect(statements).toHaveLength(3);
  });

  it('groups by segment from best to worst, by cohort, by country, and by bin', async () => {
    const store = await createStore(db, CUSTOMERS);
    const { data } = await ask<{ clv: Record<string, Record<string, unknown>[]> }>(
      await store.key(),
      `{ clv { bySegment { segment name ${GROUP} } byCohort { startsOn ${GROUP} } byCountry { country ${GROUP} }
        distribution { from to customers total { amount } } } }`,
    );
    const { bySegment, byCohort, byCountry, distribution } = data.clv;
    expect(
      bySegment?.map(({ segment, name, customers, share, netRevenue }) => [
        segment,
        name,
        customers,
        share,
        netRevenue,
      ]),
    ).toEqual([
      ['CHAMPION', 'Champion', 1, 1 / 3, { amount: '100.50' }],
      ['LOYAL', 'Loyal', 2, 2 / 3, { amount: '75.25' }],
    ]);
    expect((bySegment?.[1]?.curve as object[] | undefined)?.[2]).toEqual({
      horizon: 'P12M',
      total: { amount: '100.00' },
      mean: { amount: '50.00' },
    });
    expect(byCohort?.map(({ startsOn, customers }) => [startsOn, customers])).toEqual([
      ['2025-01-01', 1],
      ['2025-02-01', 2],
    ]);
    expect(byCountry?.map(({ country, customers }) => [country, customers])).toEqual([
      ['DE', 2],
      ['FR', 1],
    ]);
    expect(distribution).toEqual([
      { from: '0.00', to: '50.00', customers: 1, total: { amount: '40.00' } },
      { from: '50.00', to: '100.00', customers: 1, total: { amount: '60.00' } },
      { from: '100.00', to: '200.00', customers: 0, total: { amount: '0.00' } },
      { from: '200.00', to: null, customers: 1, total: { amount: '300.00' } },
    ]);
  });

  it('filters by segments and countries', async () => {
    const store = await createStore(db, CUSTOMERS);
    const key = await store.key();
    const query =
      'query($segments: [Segment!], $countries: [String!]) { clv(segments: $segments, countries: $countries) { customers bySegment { segment share } } }';
    const both = { segments: ['LOYAL', 'LOST'], countries: ['DE'] };
    expect((await ask(key, query, both)).data).toEqual({
      clv: { customers: 1, bySegment: [{ segment: 'LOYAL', share: 1 }] },
    });
  });

  it('takes an empty list for no filter, and refuses a country that no customer has', async () => {
    const key = await (await createStore(db, CUSTOMERS)).key();
    const query = 'query($countries: [String!]) { clv(segments: [], countries: $countries) { customers } }';
    expect((await ask(key, query, { countries: [] })).data).toEqual({ clv: { customers: 3 } });
    expect((await ask(key, query, { countries: ['DEU'] })).errors).toMatchObject([
      { message: expect.stringContaining('did you mean "DE"?'), extensions: { code: 'UNKNOWN_COUNTRY' } },
    ]);
  });

  it('has no curve where there are no customers, rather than a mean of zero', async () => {
    const store = await createStore(db, CUSTOMERS);
    const { data } = await ask(
      await store.key(),
      '{ clv(segments: [PROSPECT]) { customers curve { horizon } bySegment { segment } distribution { customers } } }',
    );
    const distribution = [{ customers: 0 }, { customers: 0 }, { customers: 0 }];
    expect(data).toEqual({ clv: { customers: 0, curve: [], bySegment: [], distribution } });
  });
});

describe('rfm', () => {
  it('counts all segments and all cells, empty ones included, and Prospects only among the segments', async () => {
    const store = await createStore(db, CUSTOMERS);
    const key = await store.key();
    const { result, statements } = await statementsOf(() =>
      ask<{ rfm: { customers: number; segments: { segment: string }[]; grid: Record<string, unknown>[] } }>(
        key,
        `{ rfm { customers segments { segment name customers share netRevenue { amount } clv { amount } meanClv { amount } }
          grid { recency frequencyMonetary segment customers netRevenue { amount } } } }`,
      ),
    );
    const { customers, segments, grid } = result.data.rfm;
    expect(customers).toBe(4);
    expect(segments.map(({ segment }) => segment)).toHaveLength(12);
    expect(segments.find(({ segment }) => segment === 'LOYAL')).toEqual({
      segment: 'LOYAL',
      name: 'Loyal',
      customers: 2,
      share: 0.5,
      netRevenue: { amount: '75.25' },
      clv: { amount: '100.00' },
      meanClv: { amount: '50.00' },
    });
    expect(segments.at(-1)).toMatchObject({ segment: 'PROSPECT', customers: 1, share: 0.25, clv: null, meanClv: null });
    expect(segments.find(({ segment }) => segment === 'LOST')).toMatchObject({ customers: 0, share: 0, clv: null });
    expect(grid).toHaveLength(25);
    expect(grid.filter((cell) => cell.customers !== 0)).toEqual([
      { recency: 5, frequencyMonetary: 5, segment: 'CHAMPION', customers: 1, netRevenue: { amount: '100.50' } },
      { recency: 4, frequencyMonetary: 4, segment: 'LOYAL', customers: 2, netRevenue: { amount: '75.25' } },
    ]);
    expect(statements).toHaveLength(2);
  });
});

describe('cohorts', () => {
  async function cohortStore() {
    const store = await createStore(db, CUSTOMERS);
    const cell = { runId: store.runId, workspaceId: store.workspaceId };
    const cells = [
      ['MONTH', '2025-10-01', 0, 4, 4, '40'],
      ['MONTH', '2025-10-01', 2, 4, 1, '2.50'],
      ['MONTH', '2025-12-01', 0, 2, 2, '10'],
      ['QUARTER', '2025-10-01', 0, 6, 6, '52.5'],
      ['YEAR', '2025-01-01', 0, 6, 6, '52.5'],
    ] as const;
    await db.prisma.cohortCell.createMany({
      data: cells.map(([granularity, cohort, period, customers, activeCustomers, revenue]) => ({
        ...cell,
        granularity,
        cohort: new Date(cohort),
        period,
        customers,
        activeCustomers,
        revenue,
      })),
    });
    return store;
  }
  const COHORTS = `query($granularity: Granularity! = MONTH) { cohorts(granularity: $granularity) { granularity run { asOf } cohorts { startsOn customers
    periods { period startsOn activeCustomers retention revenue { amount } cumulativeRevenue { amount } cumulativeRevenuePerCustomer { amount } isComplete } } } }`;

  it('tell retention and revenue by period, and leave out periods that were not stored', async () => {
    const store = await cohortStore();
    const { data } = await ask<{ cohorts: { cohorts: object[] } }>(await store.key(), COHORTS);
    expect(data.cohorts.cohorts[0]).toEqual({
      startsOn: '2025-10-01',
      customers: 4,
      periods: [
        {
          period: 0,
          startsOn: '2025-10-01',
          activeCustomers: 4,
          retention: 1,
          revenue: { amount: '40.00' },
          cumulativeRevenue: { amount: '40.00' },
          cumulativeRevenuePerCustomer: { amount: '10.00' },
          isComplete: true,
        },
        {
          period: 2,
          startsOn: '2025-12-01',
          activeCustomers: 1,
          retention: 0.25,
          revenue: { amount: '2.50' },
          cumulativeRevenue: { amount: '42.50' },
          cumulativeRevenuePerCustomer: { amount: '10.63' },
          isComplete: true,
        },
      ],
    });
  });

  it.each(['MONTH', 'QUARTER', 'YEAR'])('mark the %s that the as-of day cuts as incomplete', async (granularity) => {
    const store = await cohortStore();
    const key = await store.key();
    const complete = async () => {
      const { data } = await ask<{ cohorts: { cohorts: { periods: { isComplete: boolean }[] }[] } }>(key, COHORTS, {
        granularity,
      });
      return data.cohorts.cohorts.at(-1)?.periods.at(-1)?.isComplete;
    };
    expect(await complete()).toBe(true);
    await db.prisma.analysisRun.update({ where: { id: store.runId }, data: { asOf: new Date('2025-12-30') } });
    expect(await complete()).toBe(false);
  });
});

it('is null, every report of it, until a run is published', async () => {
  const store = await createStore(db, CUSTOMERS, { published: false });
  const { data } = await ask(
    await store.key(),
    '{ clv { customers } rfm { customers } cohorts { granularity } workspace { publishedRun { id } customerCount } }',
  );
  expect(data).toEqual({ clv: null, rfm: null, cohorts: null, workspace: { publishedRun: null, customerCount: 4 } });
});
