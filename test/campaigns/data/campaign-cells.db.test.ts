import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readCampaignCells } from '../../../server/campaigns/data/campaign-cells.ts';
import type { Campaign } from '../../../server/domain/campaigns.ts';
import type { CampaignCells, ResultsRequest } from '../../../server/engine/experiments/types.ts';
import type { Database } from '../../../server/store/database.ts';
import { insertCampaign } from '../../support/campaigns.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore, NOW, type OrderFixture } from '../../support/store.ts';

const REQUEST: ResultsRequest = {
  metric: 'REVENUE',
  windowDays: 7,
  by: [],
  covariate: 'PRIOR_REVENUE',
  winsorizeAt: null,
  withClv: false,
};

const order = (id: string, at: string, price: string, refund?: string): OrderFixture => ({
  id,
  at,
  lines: [{ price }],
  ...(refund === undefined ? {} : { refunds: [{ id: `r-${id}`, at: '2025-12-30', amount: refund }] }),
});

const CUSTOMERS: CustomerFixture[] = [
  {
    id: 'a',
    orders: [order('before', '2025-11-30T23:59:59Z', '900'), order('in', '2025-12-01T00:00:00Z', '10')],
    score: { clv: 30 },
  },
  {
    id: 'b',
    orders: [order('in', '2025-12-07T23:59:59Z', '20', '5'), order('after', '2025-12-08T00:00:00Z', '900')],
    score: { clv: 50 },
  },
  { id: 'c', orders: [order('1', '2025-12-02', '8'), order('2', '2025-12-03', '4')] },
  { id: 'd' },
  { id: 'e', orders: [order('in', '2025-12-02', '100')] },
  { id: 'f', orders: [order('in', '2025-12-29', '100')] },
  { id: 'g' },
];

const AT = '2025-12-01T00:00:00Z';

describe.each(['embedded', 'postgresql'] as const)('cells on %s', (engine) => {
  let db: Database;
  let workspaceId: string;
  let runId: string;
  let campaign: Campaign;
  beforeAll(async () => {
    db = await freshDatabase(engine);
    ({ workspaceId, runId } = await createStore(db, CUSTOMERS));
    await db.prisma.analysisRun.update({ where: { id: runId }, data: { marginRate: 0.5 } });
    campaign = await insertCampaign(db, workspaceId, {
      windowDays: 7,
      variants: [{ name: 'control', isControl: true }, { name: 'mail' }, { name: 'nobody' }],
      exposures: [
        { customer: 'a', variant: 'mail', at: AT, sent: AT, opened: AT, segment: 'LOYAL', prior: 900 },
        { customer: 'b', variant: 'mail', at: AT, sent: AT, clicked: AT, segment: 'LOYAL', prior: 100, givenPrior: 50 },
        { customer: 'c', variant: 'control', at: AT, converted: '2025-12-02', segment: 'LOYAL', prior: 7 },
        {
          customer: 'd',
          variant: 'mail',
          at: AT,
          sent: '2025-12-02',
          converted: AT,
          bounced: '2025-12-02',
          segment: 'NEW',
        },
        { customer: 'g', variant: 'control', at: AT, converted: '2025-12-04', prior: 3 },
        { customer: 'e', variant: 'mail', at: AT, sent: AT, isContaminated: true },
        { customer: 'e', variant: 'control', at: AT, isContaminated: true },
        { customer: 'f', variant: 'mail', at: '2025-12-28', sent: '2025-12-28' },
      ],
    });
  });
  afterAll(() => db.close());

  const read = (
    request: Partial<ResultsRequest> = {},
    halves = false,
    view = { workspaceId, runId },
  ): Promise<CampaignCells> =>
    readCampaignCells(db.pool, view, campaign, { ...REQUEST, ...request }, { halves, now: NOW });
  const cellOf = async (name: string, request: Partial<ResultsRequest> = {}) => {
    const { id } = campaign.variants.find((variant) => variant.name === name)!;
    return (await read(request)).cells.find(({ variantId }) => variantId === id);
  };

  it('counts orders from the assignment to the end of the window, without what was refunded of them', async () => {
    const { customers, metrics } = (await cellOf('mail'))!;
    expect(customers).toBe(3);
    expect(metrics.ORDERS).toEqual({ sum: 2, squares: 2, products: 950 });
    expect(metrics.REVENUE).toEqual({ sum: 25, squares: 325, products: 10 * 900 + 15 * 50 });
    expect(metrics.MARGIN).toEqual({ sum: 12.5, squares: 81.25, products: 5 * 900 + 7.5 * 50 });
    expect((await cellOf('control'))!.metrics.REVENUE).toEqual({ sum: 12, squares: 144, products: 84 });
  });

  it('takes the reported covariate over that of the orders, or none', async () => {
    expect((await cellOf('mail'))!.covariate).toEqual({ sum: 950, squares: 900 ** 2 + 50 ** 2 });
    expect((await cellOf('mail', { covariate: 'NONE' }))!.covariate).toEqual({ sum: 0, squares: 0 });
  });

  it('takes an order or a report in the window for a conversion once, and no report from before the send', async () => {
    expect((await cellOf('control'))!.steps.converted).toBe(2);
    expect((await cellOf('control'))!.metrics.CONVERSION).toEqual({ sum: 2, squares: 2, products: 10 });
    expect((await cellOf('mail'))!.steps.converted).toBe(2);
  });

  it('takes what did not bounce to be delivered where no delivery is reported', async () => {
    const { steps } = (await cellOf('mail'))!;
    expect(steps).toMatchObject({ sent: 3, delivered: 2, opened: 1, clicked: 1, bounced: 1 });
  });

  it('counts who does not count by reason, and an empty variant', async () => {
    const { counts, observedUntil, knownCostShare } = await read();
    const named = Object.fromEntries(
      counts.map(({ variantId, ...rest }) => [campaign.variants.find(({ id }) => id === variantId)!.name, rest]),
    );
    expect(named).toEqual({
      control: { assigned: 3, open: 0, contaminated: 1, convertedBeforeSend: 0 },
      mail: { assigned: 5, open: 1, contaminated: 1, convertedBeforeSend: 1 },
      nobody: { assigned: 0, open: 0, contaminated: 0, convertedBeforeSend: 0 },
    });
    // The end of the as-of day of the run.
    expect(observedUntil).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(knownCostShare).toBe(0);
  });

  it('splits by what was known at the assignment, with a group of unknown values', async () => {
    const { cells } = await read({ by: ['SEGMENT'] });
    const told = cells.map(({ group, customers }) => [group[0], customers] as const);
    expect(told.toSorted()).toEqual(
      [
        ['LOYAL', 1],
        ['LOYAL', 2],
        ['NEW', 1],
        [null, 1],
      ].toSorted(),
    );
  });

  it('separates two halves that make up the whole', async () => {
    const { cells } = await read({}, true);
    expect(cells.every(({ half }) => half === 0 || half === 1)).toBe(true);
    expect(cells.reduce((sum, { metrics }) => sum + metrics.REVENUE!.sum, 0)).toBe(37);
  });

  it('cuts what a customer ordered at a quantile of all buyers', async () => {
    const { cells, cutAt } = await read({ winsorizeAt: 0.6 });
    // Of 10, 12 and 15.
    expect(cutAt).toEqual({ orders: 1, revenue: 12, margin: 6 });
    expect(cells.reduce((sum, { metrics }) => sum + metrics.REVENUE!.sum, 0)).toBe(34);
  });

  it('knows the CLV after the windows where the run has seen them to their end', async () => {
    expect((await cellOf('mail', { withClv: true }))!.metrics.CLV).toEqual({
      sum: 80,
      squares: 3400,
      products: 30 * 900 + 50 * 50,
    });
    expect((await cellOf('mail'))!.metrics.CLV).toBe(null);
  });

  it('shows nothing to another workspace', async () => {
    const other = await createStore(db);
    const { cells, counts } = await read({}, false, other);
    expect(cells).toEqual([]);
    expect(counts.every(({ assigned }) => assigned === 0)).toBe(true);
  });
});
