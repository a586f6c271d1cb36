import { afterAll, beforeAll, expect, it } from 'vitest';

import { findPerformance, readFirstCampaigns, readTriggers } from '../../../server/campaigns/data/campaign-reports.ts';
import type { Campaign } from '../../../server/domain/campaigns.ts';
import type { Database } from '../../../server/store/database.ts';
import { insertCampaign } from '../../support/campaigns.ts';
import { freshDatabase } from '../../support/database.ts';
import { createStore } from '../../support/store.ts';

let db: Database;
let view: { workspaceId: string; runId: string };
let letter: Campaign;
let cart: Campaign;
beforeAll(async () => {
  db = await freshDatabase();
  const order = (id: string, at: string, price: string) => ({ id, at, lines: [{ price }] });
  view = await createStore(db, [
    {
      id: 'ann',
      orders: [order('1', '2025-11-04', '10'), order('2', '2025-11-20', '7'), order('3', '2025-12-30', '1')],
    },
    {
      id: 'bob',
      orders: [{ ...order('4', '2025-11-12', '40'), refunds: [{ id: 'r', at: '2025-11-13', amount: '15' }] }],
    },
    { id: 'cem' },
  ]);
  const { workspaceId } = view;
  letter = await insertCampaign(db, workspaceId, {
    name: 'Letter',
    variants: [{ name: 'mail' }, { name: 'none', isControl: true }],
    exposures: [
      // A Monday, and the Monday after.
      { customer: 'ann', variant: 'mail', at: '2025-11-03', sent: '2025-11-03', opened: '2025-11-03' },
      { customer: 'bob', variant: 'mail', at: '2025-11-10', sent: '2025-11-10', bounced: '2025-11-10' },
      { customer: 'cem', variant: 'none', at: '2025-11-09T23:59:59Z' },
    ],
  });
  cart = await insertCampaign(db, workspaceId, {
    name: 'Cart',
    trigger: 'ACTION',
    variants: [{ name: 'push' }],
    exposures: [{ customer: 'ann', variant: 'push', at: '2025-11-19', sent: '2025-11-19', delivered: '2025-11-19' }],
  });
});
afterAll(() => db.close());

it('counts a campaign by the week and the month of the assignment, with the orders in the windows less refunds', async () => {
  const [weeks] = await findPerformance(db.pool, view, 'week', [letter.id]);
  const named = (rows: typeof weeks) =>
    rows!.map(({ variantId, startsOn, assigned, delivered, buyers, revenue }) => [
      startsOn,
      letter.variants.find(({ id }) => id === variantId)!.name,
      ...[assigned, delivered, buyers, revenue],
    ]);
  expect(named(weeks).toSorted()).toEqual([
    ['2025-11-03', 'mail', 1, 1, 1, 10],
    ['2025-11-03', 'none', 1, 0, 0, 0],
    ['2025-11-10', 'mail', 1, 0, 1, 25],
  ]);
  const [months] = await findPerformance(db.pool, view, 'month', [letter.id]);
  expect(named(months).toSorted()).toEqual([
    ['2025-11-01', 'mail', 2, 1, 2, 35],
    ['2025-11-01', 'none', 1, 0, 0, 0],
  ]);
});

it('sets what is triggered beside what is routine, over those who were sent something', async () => {
  const rows = await readTriggers(db.pool, view, { from: null, to: null });
  expect(rows).toMatchObject([
    { trigger: 'BROADCAST', campaigns: 1, assigned: 2, sent: 2, buyers: 2, revenue: 35 },
    { trigger: 'ACTION', campaigns: 1, assigned: 1, delivered: 1, buyers: 1, revenue: 7 },
  ]);
  expect(await readTriggers(db.pool, view, { from: '2025-11-04', to: '2025-11-10' })).toMatchObject([
    { trigger: 'BROADCAST', assigned: 1, revenue: 25 },
  ]);
});

it('counts customers by the campaign of their first message, and only days that are over', async () => {
  const rows = await readFirstCampaigns(db.pool, view);
  expect(rows).toMatchObject([
    // Known until the end of 2025: 30 days are over for both, 90 for neither.
    { campaignId: letter.id, customers: 2, known: [2, 0, 0], buyers: [2, 0, 0], revenue: [42, 0, 0] },
  ]);
  expect(rows.map(({ campaignId }) => campaignId)).not.toContain(cart.id);
});
