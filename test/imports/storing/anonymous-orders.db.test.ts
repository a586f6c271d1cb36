import { describe, expect, it } from 'vitest';

import { ensureWorkspace, findWorkspace } from '../../../server/access/data/workspaces.ts';
import { readCustomerDimensions } from '../../../server/customers/data/customer-dimensions.ts';
import { audienceAfter, listCustomers } from '../../../server/customers/data/customer-list.ts';
import { countCustomers, findCustomers, findCustomersNamed } from '../../../server/customers/data/customers.ts';
import { customerId, LOWEST_UUID } from '../../../server/domain/ids.ts';
import { startJob } from '../../../server/imports/data/import-jobs.ts';
import type { OrderLine } from '../../../server/imports/formats/format.ts';
import { orderIntake } from '../../../server/imports/order-intake.ts';
import { knownParties } from '../../../server/recommendations/data/feedback-writer.ts';
import { interactionPages } from '../../../server/recommendations/data/interactions.ts';
import { lastOrderOrRefund } from '../../../server/scores/data/summaries.ts';
import type { Database } from '../../../server/store/database.ts';
import { countCustomersAndOrders } from '../../../server/store/status.ts';
import { testDatabase } from '../../support/database.ts';
import { analyse } from '../../support/shop.ts';

const line = (customer: string | null, number: string, day: string, price: string): OrderLine => ({
  ...{
    kind: 'order',
    customer,
    number,
    key: number,
    at: new Date(day),
    product: { id: 'tea', name: null, category: null },
  },
  ...{ quantity: '1', unitPrice: price, total: null, discount: '0', unitCost: null, tax: '2', shipping: '3' },
  ...{
    currency: null,
    converted: null,
    channel: 'web',
    country: customer === null ? 'SE' : 'DE',
    name: null,
    email: null,
  },
});

const KNOWN = [
  line('ann', '1', '2026-01-02', '10'),
  line('ann', '2', '2026-02-02', '10'),
  line('bob', '3', '2026-01-09', '5'),
];
const ANONYMOUS = [line(null, '4', '2026-03-01', '7.5'), line(null, '5', '2026-03-02', '1')];

async function take({ pool }: Database, lines: readonly OrderLine[], excluded: readonly OrderLine[] = []) {
  const { id: workspaceId } = await ensureWorkspace(pool, 'shop', 'EUR');
  const jobId = await startJob(pool, workspaceId, { name: 'f', source: 'orders' });
  const intake = await orderIntake(pool, { jobId, workspaceId, currency: 'EUR', isDryRun: false });
  for (const each of lines) expect(intake.take(each)).toBeNull();
  for (const each of excluded) intake.drop!(each);
  await intake.write({ rows: lines.length, accepted: lines.length, progress: 1, rejected: [] });
  await intake.close();
  return intake.figures();
}

describe('orders whose customer nothing names', () => {
  it('are kept and counted apart', async () => {
    const db = await testDatabase();
    expect(await take(db, [...KNOWN, ...ANONYMOUS])).toMatchObject({
      ...{ customers: 2, orders: 3, gross: '25.0000', net: '25.0000', tax: '6.0000', shipping: '9.0000' },
      anonymous: { orders: 2, net: '8.5000' },
    });
    const { rows } = await db.pool.query('select external_id as id from customer where is_anonymous order by 1');
    expect(rows).toEqual([{ id: 'anonymous:4' }, { id: 'anonymous:5' }]);
  });

  it('are those of nobody who is summarised, scored, listed, counted, exported, recommended to or written to', async () => {
    const db = await testDatabase();
    await take(db, [...KNOWN, ...ANONYMOUS]);
    await analyse(db);
    const { id: workspaceId, publishedRunId } = await findWorkspace(db.pool, 'shop');
    const nobody = ANONYMOUS.map(({ number }) => customerId(workspaceId, `anonymous:${number}`));
    for (const table of ['customer_summary', 'customer_score', 'customer_product'])
      expect((await db.pool.query(`select count(distinct customer_id)::int as n from ${table}`)).rows).toEqual([
        { n: 2 },
      ]);
    const view = { workspaceId, runId: publishedRunId };
    for (const each of [view, { ...view, runId: null }]) {
      expect(await findCustomers(db.pool, each, nobody)).toEqual([null, null]);
      const audience = { after: LOWEST_UUID, size: 10, ids: null };
      expect(await audienceAfter(db.pool, each, {}, audience)).toHaveLength(2);
      const page = { size: 10, backward: false, position: null };
      const order = { field: 'CLV', direction: 'DESC' } as const;
      const list = await listCustomers(db.pool, each, { filter: {}, order, page, withTotal: true });
      expect([list.items.length, list.totalCount]).toEqual([2, 2]);
    }
    expect(await countCustomers(db.pool, view)).toBe(2);
    expect(await countCustomersAndOrders(db.pool, workspaceId)).toEqual({ customers: 2, orders: 3 });
    expect(await findCustomersNamed(db.pool, workspaceId, ['anonymous:4', 'ann'])).toHaveProperty('size', 1);
    expect(await readCustomerDimensions(db.pool, view, () => true)).toMatchObject({
      countries: [{ value: 'DE', count: 2 }],
      channels: [{ value: 'web', count: 2 }],
    });
    const asked = nobody.map((id) => ({ customerId: id, productId: id }));
    expect([...(await knownParties(db.pool, workspaceId, asked))]).toEqual([]);
    for await (const { customers } of interactionPages(db.pool, workspaceId, '2026-03-31'))
      expect(customers).toHaveLength(2);
    expect(await lastOrderOrRefund(db.pool, workspaceId, '2026-12-31')).toMatchObject({ last: '2026-02-02' });
  });
});

describe('an order whose customer a later file names', () => {
  const customers = async ({ pool }: Database) =>
    (
      await pool.query(
        'select c.external_id as customer, o.external_id as number from customer c left join "order" o on o.customer_id = c.id order by 2, 1',
      )
    ).rows;

  it('is that of the customer alone, with its refund', async () => {
    const db = await testDatabase();
    const refund: OrderLine = { ...line(null, '4', '2026-03-05', '2'), kind: 'refund', key: '4 refunded' };
    await take(db, [...ANONYMOUS, refund]);
    await take(db, [line('ann', '4', '2026-03-01', '7.5'), { ...refund, customer: 'ann' }]);
    expect(await customers(db)).toEqual([
      { customer: 'ann', number: '4' },
      { customer: 'anonymous:5', number: '5' },
    ]);
    expect((await db.pool.query('select count(*)::int as n from refund')).rows).toEqual([{ n: 1 }]);
  });

  it('is another one where it only has the same number', async () => {
    const db = await testDatabase();
    await take(db, ANONYMOUS);
    await take(db, [line('ann', '4', '2026-06-01', '30')]);
    expect(await customers(db)).toHaveLength(3);
  });
});

describe('orders that do not count any more', () => {
  it('are deleted with their lines and refunds, and their customers are summarised again', async () => {
    const db = await testDatabase();
    const refund: OrderLine = { ...line('ann', '1', '2026-01-05', '4'), kind: 'refund', key: '1 refund' };
    await take(db, [...KNOWN, refund]);
    const state = async () =>
      (
        await db.pool.query(`select (select array_agg(external_id order by external_id) from "order") as orders,
          (select count(*)::int from order_line) as lines, (select count(*)::int from refund) as refunds,
          (select array_agg(history_version order by external_id) from customer) as versions`)
      ).rows[0];
    expect(await state()).toEqual({ orders: ['1', '2', '3'], lines: 3, refunds: 1, versions: [1, 1] });
    await take(db, KNOWN.slice(1), [KNOWN[0]!, line('eve', '9', '2026-01-01', '1')]);
    expect(await state()).toEqual({ orders: ['2', '3'], lines: 2, refunds: 0, versions: [2, 1] });
  });

  it('stay where other lines of the file name them', async () => {
    const db = await testDatabase();
    await take(db, KNOWN, [KNOWN[0]!]);
    expect((await db.pool.query('select count(*)::int as n from "order"')).rows).toEqual([{ n: 3 }]);
  });
});
