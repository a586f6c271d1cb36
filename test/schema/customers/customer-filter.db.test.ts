import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, productId } from '../../../server/domain/ids.ts';
import { summarise } from '../../../server/scores/data/summaries.ts';
import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { AS_OF, type CustomerFixture, createStore, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

/** A customer with an order of these products, and a CLV to be ordered by. */
const buyer = (id: string, clv: number, ...products: readonly string[]): CustomerFixture => ({
  id,
  score: { clv },
  orders: [{ id: 'o', at: '2025-06-01T00:00:00Z', lines: products.map((product) => ({ product, price: '10' })) }],
});

const SHOP = [
  buyer('all', 5, 'tea', 'pot', 'mug'),
  buyer('tea and pot', 4, 'tea', 'pot'),
  buyer('tea', 3, 'tea'),
  buyer('mug', 2, 'mug'),
  buyer('none', 1),
];

async function shop(options?: { readonly published: boolean }): Promise<Store> {
  const store = await createStore(db, SHOP, options);
  await summarise(db.pool, store.workspaceId, AS_OF);
  return store;
}

/** By customer: days from the run's as-of day to the one on which tea is expected. */
async function expectTea({ workspaceId, runId }: Store, days: Readonly<Record<string, number>>): Promise<void> {
  await db.prisma.replenishment.createMany({
    data: Object.entries(days).map(([customer, after]) => ({
      customerId: customerId(workspaceId, customer),
      runId,
      productId: productId(workspaceId, 'tea'),
      workspaceId,
      expectedOn: new Date(Date.parse(AS_OF) + after * 86_400_000),
      probability: 0.5,
      usualGapDays: 30,
      lastBoughtOn: new Date('2025-06-01'),
      timesBought: 3,
    })),
  });
}

interface Found {
  readonly customers: { readonly totalCount: number; readonly nodes: readonly { readonly externalId: string }[] };
}

const QUERY = 'query($filter: CustomerFilter) { customers(filter: $filter) { totalCount nodes { externalId } } }';

const answer = async (store: Store, filter: object) => ask<Found>(await store.key(), QUERY, { filter });

async function found(store: Store, filter: object): Promise<string[]> {
  const { data, errors } = await answer(store, filter);
  expect(errors).toBeUndefined();
  const names = data.customers.nodes.map(({ externalId }) => externalId);
  expect(data.customers.totalCount).toBe(names.length);
  return names;
}

describe('customers by what they bought', () => {
  it.each([
    [{ bought: ['tea'] }, ['all', 'tea and pot', 'tea']],
    [{ bought: ['tea', 'pot'] }, ['all', 'tea and pot']],
    [{ bought: ['pot', 'tea', 'tea', 'mug'] }, ['all']],
    [{ notBought: ['pot'] }, ['tea', 'mug', 'none']],
    [{ notBought: ['pot', 'mug'] }, ['tea', 'none']],
    [{ bought: ['tea'], notBought: ['mug'] }, ['tea and pot', 'tea']],
    [{ bought: ['tea'], minimumClv: '4' }, ['all', 'tea and pot']],
    [{ bought: [], notBought: [] }, ['all', 'tea and pot', 'tea', 'mug', 'none']],
  ])('%o finds %o', async (filter, expected) => {
    expect(await found(await shop(), filter)).toEqual(expected);
  });

  it('finds in one statement, whatever is asked of products', async () => {
    const store = await shop();
    const key = await store.key();
    const filter = { bought: ['tea'], notBought: ['mug'], replenishmentDue: { product: 'pot', withinDays: 7 } };
    const { statements } = await statementsOf(() => ask(key, QUERY, { filter }));
    expect(statements).toHaveLength(2);
  });

  it('finds nobody until a run is published', async () => {
    const store = await shop({ published: false });
    expect(await found(store, {})).toHaveLength(SHOP.length);
    for (const filter of [
      { bought: ['tea'] },
      { notBought: ['tea'] },
      { replenishmentDue: { product: 'tea', withinDays: 7 } },
    ])
      expect(await found(store, filter)).toEqual([]);
  });

  it('sees what was bought in its own workspace alone', async () => {
    const [ours, theirs] = [await shop(), await shop()];
    await db.pool.query('delete from customer_product where workspace_id = $1', [ours.workspaceId]);
    expect(await found(ours, { bought: ['tea'] })).toEqual([]);
    expect(await found(theirs, { bought: ['mug'] })).toEqual(['all', 'mug']);
  });
});

describe('customers who are due to buy again', () => {
  it('are those expected by the last of the days, overdue ones included', async () => {
    const store = await shop();
    await expectTea(store, { all: -40, 'tea and pot': 14, tea: 15 });
    const due = (withinDays: number) => found(store, { replenishmentDue: { product: 'tea', withinDays } });
    expect(await due(0)).toEqual(['all']);
    expect(await due(14)).toEqual(['all', 'tea and pot']);
    expect(await due(365)).toEqual(['all', 'tea and pot', 'tea']);
    const both = { replenishmentDue: { product: 'tea', withinDays: 14 }, notBought: ['mug'] };
    expect(await found(store, both)).toEqual(['tea and pot']);
  });

  it('come from the published run, for that product alone', async () => {
    const store = await shop();
    await expectTea({ ...store, runId: '00000000-0000-0000-0000-000000000001' }, { all: 1 });
    expect(await found(store, { replenishmentDue: { product: 'tea', withinDays: 30 } })).toEqual([]);
    await expectTea(store, { all: 1 });
    expect(await found(store, { replenishmentDue: { product: 'pot', withinDays: 30 } })).toEqual([]);
    expect(await found(store, { replenishmentDue: { product: 'tea', withinDays: 30 } })).toEqual(['all']);
  });
});

describe('an empty list', () => {
  it.each(['bought', 'notBought', 'segments', 'countries', 'channels'])('of %s is no condition', async (name) => {
    expect(await found(await shop(), { [name]: [] })).toHaveLength(SHOP.length);
    const unpublished = await shop({ published: false });
    expect(await found(unpublished, { [name]: [] })).toHaveLength(SHOP.length);
  });

  it('of segments is no condition for those at risk', async () => {
    const store = await createStore(db, [{ id: 'late', score: { clv: 10, lastOrderOn: '2025-05-01' } }]);
    const { data } = await ask(await store.key(), '{ atRiskCustomers(segments: []) { totalCount } }');
    expect(data).toEqual({ atRiskCustomers: { totalCount: 1 } });
  });
});

describe('a country or channel that no customer has', () => {
  const abroad = () =>
    createStore(db, [
      { id: 'ann', country: 'DE', channel: 'search', score: {} },
      { id: 'bob', country: 'FR', channel: 'social', score: {} },
    ]);

  it.each([
    [{ countries: ['DE', 'FRA'] }, 'UNKNOWN_COUNTRY', 'countries', 'did you mean "FR"?'],
    [{ countries: ['XYZZY'] }, 'UNKNOWN_COUNTRY', 'countries', 'expected "DE", "FR"'],
    [{ channels: ['serach'] }, 'UNKNOWN_CHANNEL', 'channels', 'did you mean "search"?'],
    [{ countries: Array(101).fill('DE') }, 'BAD_FILTER', 'countries', 'expected at most 100'],
  ])('%o is refused', async (filter, code, field, hint) => {
    const { errors } = await answer(await abroad(), filter);
    expect(errors).toMatchObject([{ extensions: { code, field: ['filter', field] } }]);
    expect(errors?.[0]?.message).toContain(hint);
  });

  it('is refused also where another workspace has it, which is not suggested', async () => {
    await abroad();
    const { errors } = await answer(await createStore(db, [{ id: 'cem', country: 'JP' }]), { countries: ['DE'] });
    expect(errors?.[0]?.extensions.code).toBe('UNKNOWN_COUNTRY');
    expect(errors?.[0]?.message).not.toContain('FR');
  });
});

describe('a filter by products', () => {
  const many = Array.from({ length: 21 }, (_, i) => `p${i}`);

  it.each([
    [{ bought: ['tea', 'coffee'] }, 'NO_SUCH_PRODUCT', ['bought'], '"coffee" is not in this workspace: expected ids'],
    [{ notBought: ['cocoa', 'coffee'] }, 'NO_SUCH_PRODUCT', ['notBought'], '"cocoa"'],
    [{ bought: ['mog'] }, 'NO_SUCH_PRODUCT', ['bought'], 'did you mean "mug"'],
    [
      { replenishmentDue: { product: 'Tea', withinDays: 7 } },
      'NO_SUCH_PRODUCT',
      ['replenishmentDue', 'product'],
      'did you mean "tea"?',
    ],
    [{ bought: many }, 'BAD_FILTER', ['bought'], 'bought names 21 products: expected at most 20'],
    [{ notBought: many }, 'BAD_FILTER', ['notBought'], 'notBought names 21 products'],
    [
      { replenishmentDue: { product: 'tea', withinDays: -1 } },
      'BAD_FILTER',
      ['replenishmentDue', 'withinDays'],
      'withinDays must be 0 to 365, got -1',
    ],
    [
      { replenishmentDue: { product: 'tea', withinDays: 366 } },
      'BAD_FILTER',
      ['replenishmentDue', 'withinDays'],
      'withinDays must be 0 to 365, got 366',
    ],
  ])('%o is refused', async (filter, code, field, message) => {
    const { errors } = await answer(await shop(), filter);
    expect(errors?.[0]?.extensions).toMatchObject({ code, field: ['filter', ...field] });
    expect(errors?.[0]?.message).toContain(message);
  });

  it('refuses a product that only another workspace has', async () => {
    const store = await createStore(db, [buyer('ann', 1, 'mug')]);
    await shop();
    expect((await answer(store, { bought: ['tea'] })).errors?.[0]?.extensions.code).toBe('NO_SUCH_PRODUCT');
  });
});
