import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { customerId, productId } from '../../server/domain/ids.ts';
import type { Scope } from '../../server/domain/scopes.ts';
import { summarise } from '../../server/scores/data/summaries.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { AS_OF, type CustomerFixture, createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let fetch: ReturnType<typeof testSurface>['fetch'];
beforeAll(async () => {
  db = await freshDatabase();
  fetch = testSurface(db).fetch;
});
afterAll(() => db.close());

const bought = (...products: readonly string[]): CustomerFixture['orders'] => [
  { id: 'o', at: '2025-06-01T00:00:00Z', lines: products.map((product) => ({ product, price: '10' })) },
];

const SHOP: readonly CustomerFixture[] = [
  {
    id: 'ann',
    name: 'Ann',
    email: 'ann@example.com',
    country: 'DE',
    channel: 'Search',
    score: { clv: 120.5, segment: 'CHAMPION' },
    orders: bought('tea', 'pot, large'),
  },
  { id: 'bob', country: 'FR', score: { clv: 90, segment: 'LOYAL' }, orders: bought('tea') },
  { id: 'cem', country: 'FR', score: { clv: 60, segment: 'LOST' } },
  { id: 'dee', score: { segment: 'PROSPECT' } },
  { id: 'unknown to the run' },
];

async function shop(options?: { readonly published: boolean }): Promise<Store> {
  const store = await createStore(db, SHOP, options);
  await summarise(db.pool, store.workspaceId, AS_OF);
  await insertCampaign(db, store.workspaceId, {
    name: 'Spring, late',
    variants: [{ name: 'mail' }, { name: 'control', isControl: true }],
    exposures: [
      { customer: 'cem', variant: 'mail', at: AS_OF },
      { customer: 'ann', variant: 'mail', at: AS_OF },
      { customer: 'bob', variant: 'control', at: AS_OF },
    ],
  });
  return store;
}

const get = async (store: Store, query = '', scopes?: readonly Scope[]) =>
  fetch(`/customers.csv${query}`, { headers: { 'x-api-key': await store.key(scopes) } });

async function rowsOf(store: Store, query = '', scopes?: readonly Scope[]): Promise<Record<string, string>[]> {
  const response = await get(store, query, scopes);
  expect(response.status).toBe(200);
  return parse(await response.text(), { columns: true });
}

const names = async (store: Store, query: string) => (await rowsOf(store, query)).map(({ customer }) => customer);

describe('/customers.csv', () => {
  it('lists the customers of the run, highest CLV first, with their scores', async () => {
    const response = await get(await shop());
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="customers.csv"');
    expect((await response.text()).split('\n')).toEqual([
      'customer,name,email,country,channel,segment,clv_12m,currency,p10,p90,probability_alive,last_order_on',
      '"ann","Ann","ann@example.com","DE","Search","CHAMPION",120.5,"EUR",60.25,241,0.8,"2025-12-01"',
      '"bob",,,"FR",,"LOYAL",90,"EUR",45,180,0.8,"2025-12-01"',
      '"cem",,,"FR",,"LOST",60,"EUR",30,120,0.8,"2025-12-01"',
      '"dee",,,,,"PROSPECT",0,"EUR",,,,',
      '',
    ]);
  });

  it('leaves names and e-mail addresses empty for a key without customers:pii', async () => {
    expect((await rowsOf(await shop(), '', ['customers:read']))[0]).toMatchObject({
      customer: 'ann',
      name: '',
      email: '',
      country: 'DE',
    });
  });

  it('needs a key with customers:read', async () => {
    const store = await shop();
    expect((await get(store, '', ['customers:pii', 'orders:read'])).status).toBe(403);
    expect((await fetch('/customers.csv')).status).toBe(401);
  });

  it.each([
    ['?segments=CHAMPION,LOST', ['ann', 'cem']],
    ['?segments=CHAMPION&segments=LOST&countries=FR', ['cem']],
    ['?bought=tea', ['ann', 'bob']],
    ['?segments=&countries=&bought=&notBought=tea', ['cem', 'dee']],
    ['?bought=tea&bought=pot,%20large', ['ann']],
    ['?bought=tea&notBought=pot,%20large', ['bob']],
    ['?countries=DE,FR&notBought=tea', ['cem']],
    ['?campaign=Spring,%20late', ['ann', 'bob', 'cem']],
    ['?campaign=Spring,%20late&variant=mail', ['ann', 'cem']],
    ['?campaign=Spring,%20late&variant=mail&notBought=tea', ['cem']],
  ])('%s lists %o', async (query, expected) => {
    expect(await names(await shop(), query)).toEqual(expected);
  });

  it('lists when due customers are expected, and why', async () => {
    const store = await shop();
    const { workspaceId, runId } = store;
    const expected = { runId, workspaceId, productId: productId(workspaceId, 'tea'), probability: 0.123456 };
    await db.prisma.replenishment.createMany({
      data: [
        ['ann', '2026-01-14'],
        ['bob', '2026-01-15'],
      ].map(([customer, day]) => ({
        ...expected,
        customerId: customerId(workspaceId, customer!),
        expectedOn: new Date(day!),
        usualGapDays: 30.26,
        lastBoughtOn: new Date('2025-12-01'),
        timesBought: 4,
      })),
    });
    const due = { probability: '0.1235', usual_gap_days: '30.3', last_bought_on: '2025-12-01' };
    expect(await rowsOf(store, '?replenishmentDue=tea')).toEqual([
      expect.objectContaining({ customer: 'ann', expected_on: '2026-01-14', ...due }),
    ]);
    expect(await rowsOf(store, '?replenishmentDue=tea&within=15')).toMatchObject([
      { customer: 'ann', clv_12m: '120.5' },
      { customer: 'bob', expected_on: '2026-01-15' },
    ]);
  });

  it('lists all customers, with nothing known of their worth, until a run is published', async () => {
    const rows = await rowsOf(await shop({ published: false }));
    expect(rows.map(({ customer }) => customer).sort()).toEqual(SHOP.map(({ id }) => id).sort());
    for (const { segment, clv_12m, p10 } of rows) expect([segment, clv_12m, p10]).toEqual(['', '', '']);
  });

  it('keeps names from being taken for formulas', async () => {
    const store = await createStore(db, [{ id: '=1+1', name: '@SUM(A1)', email: '+a@example.com', score: {} }]);
    expect((await (await get(store)).text()).split('\n')[1]).toMatch(/^"'=1\+1","'@SUM\(A1\)","'\+a@example.com",/);
  });

  it.each([
    ['?segment=LOST', 'BAD_FILTER', 'no parameter "segment": expected segments, countries'],
    ['?segments=WHALE', 'BAD_FILTER', 'no segment "WHALE": expected CHAMPION'],
    ['?bought=coffee', 'NO_SUCH_PRODUCT', '"coffee" is not in this workspace'],
    ['?countries=FRA', 'UNKNOWN_COUNTRY', 'did you mean "FR"?'],
    ['?segments=LOYALS', 'BAD_FILTER', 'did you mean LOYAL?'],
    ['?bought=te%00a', 'BAD_FILTER', 'U+0000'],
    [`?countries=${'x'.repeat(501)}`, 'BAD_FILTER', '501 characters'],
    [`?${'bought=tea&'.repeat(21)}`, 'BAD_FILTER', 'expected at most 20'],
    ['?within=7', 'BAD_FILTER', 'expected a product'],
    ['?replenishmentDue=tea&within=soon', 'BAD_FILTER', 'expected whole days'],
    ['?replenishmentDue=tea&within=366', 'BAD_FILTER', '0 to 365'],
    ['?variant=mail', 'BAD_FILTER', 'expected the campaign too'],
    ['?campaign=Autumn', 'UNKNOWN_CAMPAIGN', 'no campaign "Autumn"'],
    ['?campaign=Spring,%20late&variant=fax', 'UNKNOWN_VARIANT', 'there are: mail, control'],
  ])('refuses %s before it begins', async (query, code, message) => {
    const response = await get(await shop(), query);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toContain(message);
  });

  describe('of a large store', () => {
    let large: Store;
    beforeAll(async () => {
      // Few CLVs, so that pages break inside ties.
      large = await createStore(
        db,
        Array.from({ length: 2500 }, (_, i) => ({ id: `c${i}`, score: { clv: i % 3 } })),
      );
    });

    it('gives each customer once, over many pages', async () => {
      const rows = await rowsOf(large);
      expect(new Set(rows.map(({ customer }) => customer)).size).toBe(2500);
      const values = rows.map(({ clv_12m }) => Number(clv_12m));
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    });

    it('breaks the connection off, rather than end early, when the figures of its run are dropped meanwhile', async () => {
      const store = await createStore(
        db,
        Array.from({ length: 1001 }, (_, i) => ({ id: `c${i}`, score: { clv: i } })),
      );
      const pool = Object.create(db.pool, {
        query: {
          value: async (...args: Parameters<typeof db.pool.query>) => {
            const found = await db.pool.query(...args);
            if (String(args[0]).includes('from customer_score'))
              await db.prisma.customerScore.deleteMany({ where: { runId: store.runId } });
            return found;
          },
        },
      });
      const { surface, logged } = testSurface({ ...db, pool });
      const server = createServer(surface).listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const headers = { 'x-api-key': await store.key() };
      const response = await globalThis.fetch(`http://127.0.0.1:${port}/customers.csv`, { headers });
      await expect(response.text()).rejects.toThrow('terminated');
      expect(logged).toMatchObject([{ details: { err: { code: 'LIST_CHANGED' } }, message: 'an answer broke off' }]);
    });

    it('reads no further than its reader does', async () => {
      const key = await large.key();
      const { statements } = await statementsOf(async () => {
        const { body } = await fetch('/customers.csv', { headers: { 'x-api-key': key } });
        const reader = body!.getReader();
        await reader.read();
        await reader.read();
        await reader.cancel();
      });
      expect(statements.filter((text) => text.includes('from customer_score'))).toHaveLength(1);
    });
  });
});
