import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId } from '../../../server/domain/ids.ts';
import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore, type OrderFixture } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const globalId = (workspaceId: string, externalId: string) =>
  Buffer.from(`Customer:${customerId(workspaceId, externalId)}`).toString('base64');

const order = (id: string, at: string, ...prices: string[]): OrderFixture => ({
  id,
  at,
  lines: prices.map((price) => ({ price })),
});

describe('customer', () => {
  const ann: CustomerFixture = {
    id: 'ann',
    name: 'Ann',
    email: 'ann@example.com',
    country: 'DE',
    score: { clv: 120, churn: 0.4 },
  };

  it('is found by either id, in two statements, authentication included', async () => {
    const store = await createStore(db, [ann]);
    const key = await store.key();
    for (const variables of [{ externalId: 'ann' }, { id: globalId(store.workspaceId, 'ann') }]) {
      const query =
        'query($id: ID, $externalId: String) { customer(id: $id, externalId: $externalId) { id name email country segment } }';
      const { result, statements } = await statementsOf(() => ask(key, query, variables));
      const id = globalId(store.workspaceId, 'ann');
      expect(result.data).toEqual({
        customer: { id, name: 'Ann', email: 'ann@example.com', country: 'DE', segment: 'LOYAL' },
      });
      expect(statements).toHaveLength(2);
    }
  });

  it('is null where the workspace has none of that id', async () => {
    const store = await createStore(db, [ann]);
    const query = '{ customer(externalId: "nobody") { id } }';
    expect((await ask(await store.key(), query)).data).toEqual({ customer: null });
  });

  it.each([
    ['{ customer { id } }', 'BAD_ARGUMENTS', 'exactly one of them'],
    ['{ customer(id: "x", externalId: "ann") { id } }', 'BAD_ARGUMENTS', 'exactly one of them'],
    ['{ customer(id: "x") { id } }', 'BAD_ID', '"x" is not an id of this API'],
    [
      `{ customer(id: "${Buffer.from('Product:6e0f6f0e-52f5-5a5f-9a63-7c8ba1d8fd4a').toString('base64')}") { id } }`,
      'BAD_ID',
      'expected the id of a Customer, got that of a Product',
    ],
    [
      `{ customer(id: "${Buffer.from('Customer:7').toString('base64')}") { id } }`,
      'BAD_ID',
      'is not an id of this API',
    ],
  ])('refuses %s', async (query, code, message) => {
    const store = await createStore(db, [ann]);
    const { errors } = await ask(await store.key(), query);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.message).toContain(message);
  });

  it('returns the value by horizon with its model, run and rates', async () => {
    const store = await createStore(db, [ann]);
    const { data } = await ask(
      await store.key(),
      `{ customer(externalId: "ann") {
        standard: clv { ...Value } long: clv(horizon: P36M) { ...Value } none: clv(horizon: null) { horizon }
        churn { probability withinDays probabilityAlive moneyAtRisk { amount currency } }
      } }
      fragment Value on Clv { value { amount currency } expectedOrderDays expectedSpend { amount } probabilityAlive horizon horizonMonths
        annualDiscountRate marginRate model isFallback run { asOf isPublished status } }`,
    );
    const shared = {
      expectedSpend: { amount: '42.13' },
      probabilityAlive: 0.8,
      annualDiscountRate: 0.1,
      marginRate: 0.4,
      model: 'MBG/NBD + Pooled mean',
      isFallback: true,
      run: { asOf: '2025-12-31', isPublished: true, status: 'PUBLISHED' },
    };
    expect(data).toEqual({
      customer: {
        standard: {
          ...shared,
          value: { amount: '120.00', currency: 'EUR' },
          expectedOrderDays: 2,
          horizon: 'P12M',
          horizonMonths: 12,
        },
        long: {
          ...shared,
          value: { amount: '360.00', currency: 'EUR' },
          expectedOrderDays: 6,
          horizon: 'P36M',
          horizonMonths: 36,
        },
        none: { horizon: 'P12M' },
        churn: {
          probability: 0.4,
          withinDays: 90,
          probabilityAlive: 0.8,
          moneyAtRisk: { amount: '48.00', currency: 'EUR' },
        },
      },
    });
  });

  it('returns the scores behind the segment', async () => {
    const store = await createStore(db, [{ id: 'a', score: { scores: [5, 2, 3], lastOrderOn: '2025-12-01' } }]);
    const { data } = await ask(
      await store.key(),
      '{ customer(externalId: "a") { lastOrderOn daysSinceLastOrder rfm { recency frequency monetary daysSinceLastOrder orderDays } } }',
    );
    expect(data).toEqual({
      customer: {
        lastOrderOn: '2025-12-01',
        daysSinceLastOrder: 30,
        rfm: { recency: 5, frequency: 2, monetary: 3, daysSinceLastOrder: 30, orderDays: 3 },
      },
    });
  });

  it('has no value, risk, scores or last order for a Prospect', async () => {
    const store = await createStore(db, [{ id: 'p', score: { segment: 'PROSPECT' } }]);
    const { data } = await ask(
      await store.key(),
      '{ customer(externalId: "p") { segment clv { model } churn { probability } rfm { recency } lastOrderOn daysSinceLastOrder netRevenue { amount } } }',
    );
    expect(data).toEqual({
      customer: {
        segment: 'PROSPECT',
        clv: null,
        churn: null,
        rfm: null,
        lastOrderOn: null,
        daysSinceLastOrder: null,
        netRevenue: { amount: '-10.00' },
      },
    });
  });

  it('counts the orders of a customer in no run from the orders themselves', async () => {
    const late: CustomerFixture = {
      id: 'late',
      orders: [
        order('1', '2026-01-02T09:00:00Z', '10.50'),
        {
          ...order('2', '2026-01-03T23:30:00Z', '4.25'),
          refunds: [{ id: 'r', at: '2026-01-05T00:00:00Z', amount: '4.25' }],
        },
      ],
    };
    const store = await createStore(db, [late, { id: 'none' }]);
    const query =
      'query($id: String) { customer(externalId: $id) { segment orderCount lastOrderOn netRevenue { amount currency } } }';
    const key = await store.key();
    expect((await ask(key, query, { id: 'late' })).data).toEqual({
      customer: {
        segment: null,
        orderCount: 2,
        lastOrderOn: '2026-01-03',
        netRevenue: { amount: '10.50', currency: 'EUR' },
      },
    });
    expect((await ask(key, query, { id: 'none' })).data).toEqual({
      customer: { segment: null, orderCount: 0, lastOrderOn: null, netRevenue: { amount: '0.00', currency: 'EUR' } },
    });
  });
});

describe('orders of a customer', () => {
  const ORDERS = `query($first: Int, $after: String) { customer(externalId: "ann") { orders(first: $first, after: $after) {
    nodes { externalId } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
  interface Orders {
    readonly customer: {
      readonly orders: {
        readonly nodes: readonly { readonly externalId: string }[];
        readonly pageInfo: {
          readonly hasNextPage: boolean;
          readonly hasPreviousPage: boolean;
          readonly endCursor: string;
        };
      };
    };
  }

  it('come newest first, in pages', async () => {
    const orders = ['2025-01-01', '2025-03-01', '2025-02-01'].map((day, i) => order(`o${i}`, `${day}T00:00:00Z`, '1'));
    const store = await createStore(db, [{ id: 'ann', orders }]);
    const key = await store.key();
    const first = (await ask<Orders>(key, ORDERS, { first: 2 })).data.customer.orders;
    expect(first.nodes.map((node) => node.externalId)).toEqual(['o1', 'o2']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = (await ask<Orders>(key, ORDERS, { first: 2, after: first.pageInfo.endCursor })).data.customer.orders;
    expect(second.nodes.map((node) => node.externalId)).toEqual(['o0']);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('refuses a cursor of another customer’s orders', async () => {
    const orders = [order('o', '2025-01-01T00:00:00Z', '1')];
    const store = await createStore(db, [
      { id: 'ann', orders },
      { id: 'bob', orders },
    ]);
    const key = await store.key();
    const { data } = await ask<Orders>(key, ORDERS.replace('"ann"', '"bob"'));
    const { errors } = await ask(key, ORDERS, { after: data.customer.orders.pageInfo.endCursor });
    expect(errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it('have lines with products and exact amounts, and refunds', async () => {
    const bought: OrderFixture = {
      id: 'o',
      at: '2025-12-01T10:00:00Z',
      lines: [
        { product: 'lamp', price: '12.50', quantity: '2', discount: '1.05' },
        { price: '0.0125', quantity: '100' },
      ],
      refunds: [{ id: 'r', at: '2025-12-24T00:00:00Z', amount: '5' }],
    };
    const store = await createStore(db, [{ id: 'ann', orders: [bought], score: {} }]);
    const { result, statements } = await statementsOf(async () =>
      ask(
        await store.key(),
        `{ customer(externalId: "ann") { orders { nodes { externalId placedAt amount { amount currency }
          lines { lineNo quantity unitPrice { amount } discount { amount } amount { amount } product { externalId name category } }
          refunds { externalId refundedAt amount { amount } } } } } }`,
      ),
    );
    expect(result.data).toEqual({
      customer: {
        orders: {
          nodes: [
            {
              externalId: 'o',
              placedAt: '2025-12-01T10:00:00.000Z',
              amount: { amount: '25.20', currency: 'EUR' },
              lines: [
                {
                  lineNo: 1,
                  quantity: 2,
                  unitPrice: { amount: '12.50' },
                  discount: { amount: '1.05' },
                  amount: { amount: '23.95' },
                  product: { externalId: 'lamp', name: 'The lamp', category: 'Home' },
                },
                {
                  lineNo: 2,
                  quantity: 100,
                  unitPrice: { amount: '0.0125' },
                  discount: { amount: '0.00' },
                  amount: { amount: '1.25' },
                  product: null,
                },
              ],
              refunds: [{ externalId: 'r', refundedAt: '2025-12-24T00:00:00.000Z', amount: { amount: '5.00' } }],
            },
          ],
        },
      },
    });
    // Authentication, customer, orders, lines, refunds; two more for making the key.
    expect(statements).toHaveLength(7);
  });

  it('of a page of 100 customers, five each with lines, take four statements', async () => {
    const customers = Array.from({ length: 100 }, (_, i) => ({ id: `c${i}`, score: { clv: i + 1 } }));
    const store = await createStore(db, customers);
    await insertOrders(
      store.workspaceId,
      customers.map(({ id }) => customerId(store.workspaceId, id)),
    );
    const key = await store.key();
    const { result, statements } = await statementsOf(() =>
      ask<{ customers: { nodes: { orders: { nodes: { lines: unknown[] }[] } }[] } }>(
        key,
        `{ customers(first: 100) { nodes { externalId segment netRevenue { amount currency }
          orders(first: 5) { nodes { externalId placedAt amount { amount currency } lines { quantity amount { amount } product { name } } } } } } }`,
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(result.data.customers.nodes).toHaveLength(100);
    expect(result.data.customers.nodes.every(({ orders }) => orders.nodes.length === 5)).toBe(true);
    expect(
      result.data.customers.nodes.every(({ orders }) => orders.nodes.every(({ lines }) => lines.length === 2)),
    ).toBe(true);
    expect(statements).toHaveLength(4);
  });
});

/** Six orders of two lines for each customer. */
async function insertOrders(workspaceId: string, customers: readonly string[]): Promise<void> {
  await db.pool.query(
    `with o as (
       insert into "order" (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, line_count)
       select c, gen_random_uuid(), $1, $1, 'o' || n, timestamptz '2025-01-01' + n * interval '1 day', 'EUR', 3, 2
       from unnest($2::uuid[]) c, generate_series(1, 6) n returning customer_id, id)
     insert into order_line (customer_id, order_id, line_no, workspace_id, quantity, unit_price, discount)
     select customer_id, id, n, $1, 1, n, 0 from o, generate_series(1, 2) n`,
    [workspaceId, customers],
  );
}
