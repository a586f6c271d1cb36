import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMatched, type SegmentEdges } from '../../../server/campaigns/data/campaign-matched.ts';
import { readPrePost } from '../../../server/campaigns/data/campaign-pre-post.ts';
import type { Campaign } from '../../../server/domain/campaigns.ts';
import { rfmScores } from '../../../server/engine/analytics/rfm.ts';
import type { Database } from '../../../server/store/database.ts';
import { insertCampaign } from '../../support/campaigns.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore, NOW, type OrderFixture } from '../../support/store.ts';

const order = (at: string, price: string, refund?: string): OrderFixture => ({
  id: at,
  at,
  lines: [{ price }],
  ...(refund === undefined ? {} : { refunds: [{ id: `r-${at}`, at: `${at.slice(0, 10)}T23:00:00Z`, amount: refund }] }),
});

const AT = '2025-12-01T10:00:00Z';
const SPAN = { windowDays: 7, now: NOW };

const CUSTOMERS: CustomerFixture[] = [
  { id: 'first', orders: [order('2025-11-01', '30')] },
  {
    id: 'a',
    orders: [
      order('2025-11-24T09:59:59Z', '500'),
      order('2025-11-24T10:00:00Z', '10'),
      order('2025-12-02', '40', '15'),
    ],
  },
  { id: 'b', orders: [order('2025-11-30', '6'), order('2025-12-08T10:00:00Z', '700')] },
  { id: 'c' },
  // Beside those in the campaign: of one order, of two, wholly refunded, and bought only after.
  { id: 'one', orders: [order('2025-11-20', '60'), order('2025-12-03', '9')] },
  { id: 'two', orders: [order('2025-09-01', '20'), order('2025-11-29', '20')] },
  { id: 'void', orders: [order('2025-11-20', '60', '60'), order('2025-12-03', '100')] },
  { id: 'late', orders: [order('2025-12-02', '80')] },
];

const EDGES: SegmentEdges = {
  recency: [-100, -50, -20, -5],
  frequency: [2, 2, null],
  monetary: [10, 25, 35, 70],
  isMargin: false,
};

describe.each(['embedded', 'postgresql'] as const)('without a control group, on %s', (engine) => {
  let db: Database;
  let view: { workspaceId: string; runId: string };
  let campaign: Campaign;
  beforeAll(async () => {
    db = await freshDatabase(engine);
    view = await createStore(db, CUSTOMERS);
    await db.pool.query('update customer set history_version = 1 where workspace_id = $1', [view.workspaceId]);
    campaign = await insertCampaign(db, view.workspaceId, {
      variants: [{ name: 'all' }],
      exposures: [
        { customer: 'a', variant: 'all', at: AT, segment: 'LOYAL', tier: 'M4' },
        { customer: 'b', variant: 'all', at: AT, segment: scored('2025-11-30', 1, 6).segment, tier: 'M1' },
        { customer: 'c', variant: 'all', at: AT, segment: scored('2025-11-20', 1, 60).segment, tier: 'M4' },
        { customer: 'first', variant: 'all', at: '2026-01-10', segment: 'LOYAL', tier: 'M4' },
      ],
    });
  });
  afterAll(() => db.close());

  const variantId = () => campaign.variants[0]!.id;
  const scored = (last: string, orderDays: number, monetaryValue: number) => {
    const daysSinceLastOrder = (Date.parse('2025-12-01') - Date.parse(last)) / 86_400_000;
    return rfmScores({ daysSinceLastOrder, orderDays, monetaryValue }, EDGES);
  };

  it('pairs what customers spent in as many days before the assignment as after it, to the second', async () => {
    expect(await readPrePost(db.pool, view, campaign, SPAN)).toEqual([
      {
        variantId: variantId(),
        customers: 3,
        before: { sum: 16, squares: 136 },
        after: { sum: 25, squares: 625 },
        products: 250,
      },
    ]);
  });

  it('leaves out whose days before reach back to before the first order', async () => {
    await db.pool.query(
      `insert into customer_summary (customer_id, workspace_id, as_of, history_version, order_count, order_days, first_order_on,
         purchase_value, gross_revenue, net_revenue)
       select id, workspace_id, '2025-12-31', 1, 1, 1, '2025-11-25', 1, 1, 1 from customer where workspace_id = $1 and external_id = 'one'`,
      [view.workspaceId],
    );
    expect(await readPrePost(db.pool, view, campaign, SPAN)).toEqual([]);
    await db.pool.query('delete from customer_summary where workspace_id = $1', [view.workspaceId]);
  });

  it('puts others who had bought by the day into the segments of rfm.ts, and nobody else', async () => {
    const reading = (await readMatched(db.pool, view, campaign, SPAN, EDGES))!;
    const one = scored('2025-11-20', 1, 60);
    expect(reading.on).toBe('2025-12-01');
    expect(reading.variants).toEqual([
      {
        variantId: variantId(),
        customers: 3,
        strata: [
          {
            segment: one.segment,
            tier: `M${one.m}`,
            exposed: { customers: 1, sum: 0, squares: 0 },
            others: { customers: 1, sum: 9, squares: 81 },
          },
        ],
      },
    ]);
  });

  it('goes by one edge, or none, where ties leave classes empty', async () => {
    const few = { ...EDGES, recency: [null, null, null, null], monetary: [70, null, null, null] };
    const { variants } = (await readMatched(db.pool, view, campaign, SPAN, few))!;
    expect(variants[0]!.strata).toEqual([]);
  });

  it('has nothing to say of a campaign of which nobody counts, nor to another workspace', async () => {
    expect(await readMatched(db.pool, view, campaign, { ...SPAN, windowDays: 365 }, EDGES)).toBe(null);
    const other = await createStore(db);
    expect(await readMatched(db.pool, other, campaign, SPAN, EDGES)).toBe(null);
    expect(await readPrePost(db.pool, other, campaign, SPAN)).toEqual([]);
  });
});
