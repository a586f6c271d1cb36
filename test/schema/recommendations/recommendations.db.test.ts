import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { savePlacement } from '../../../server/recommendations/save-placement.ts';
import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { daysBeforeAsOf, FINDINGS, insertRecommender, type RecommenderFixture } from '../../support/recommendations.ts';
import { AS_OF, type CustomerFixture, createStore, NOW, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

interface List {
  readonly nodes: readonly {
    readonly id: string;
    readonly rank: number;
    readonly kind: string;
    readonly product: { readonly externalId: string };
  }[];
  readonly variant: string;
  readonly reason: string | null;
}

interface Answered {
  readonly customer: { readonly recommendations: List | null };
}

const LIST = `query($customer: String, $kinds: [RecommendationKind!], $first: Int, $placement: String) {
  customer(externalId: $customer) { recommendations(kinds: $kinds, first: $first, placement: $placement) {
    variant reason nodes { id rank kind product { externalId } } } } }`;

/** A customer's list in short: its products, its variant and why it is not their own. */
async function listOf(key: string, variables: object) {
  const { data, errors } = await ask<Answered>(key, LIST, { customer: 'ann', ...variables });
  expect(errors).toBeUndefined();
  const { nodes, variant, reason } = data.customer.recommendations!;
  expect(nodes.map(({ rank }) => rank)).toEqual(nodes.map((_, index) => index + 1));
  return { products: nodes.map(({ product }) => product.externalId), variant, reason };
}

const order = { id: 'o', at: '2025-06-01T00:00:00Z', lines: [{ price: '10' }] };
const ANN: CustomerFixture = { id: 'ann', country: 'DE', score: {}, orders: [order] };

async function storeWith(
  fixture: RecommenderFixture,
  customers: readonly CustomerFixture[] = [ANN],
): Promise<Store & { readonly secret: string }> {
  const store = await createStore(db, customers);
  await insertRecommender(db, store, fixture);
  return { ...store, secret: await store.key() };
}

const place = (store: Store, rules: object) =>
  savePlacement({ pool: db.pool, now: NOW }, store.workspaceId, {
    name: 'cart',
    kinds: null,
    categories: null,
    minimumPrice: null,
    maximumPrice: null,
    notBoughtWithinDays: null,
    mostPerCategory: null,
    fallback: 'TRENDING',
    controlShare: 0,
    ...rules,
  });

describe('the recommendations of a customer', () => {
  it('tell product, probability, margin, day and reason of each, best first, in three statements with a placement', async () => {
    const store = await storeWith({
      products: [
        { id: 'tea', name: 'Green tea', category: 'Tea', price: null, score: { price: 4.5, buyers: 7 } },
        { id: 'pot', name: 'Teapot', category: 'Ware', price: '20.5' },
        { id: 'cup', name: null, price: null, score: null },
        { id: 'oolong', name: 'Oolong', category: 'Tea' },
      ],
      lists: {
        ann: [
          { product: 'cup', because: ['pot', 'tea'], boughtBoth: 41, probability: 0.25, value: 1.239 },
          {
            product: 'tea',
            kind: 'REPLENISH',
            usualGapDays: 33.6,
            lastBoughtOn: '2025-11-30',
            timesBought: 4,
            expectedOn: '2026-01-03',
          },
          { product: 'oolong', kind: 'UP_SELL', because: ['tea'], priceRatio: 1.42 },
        ],
      },
    });
    await place(store, { kinds: ['CROSS_SELL', 'UP_SELL', 'REPLENISH'] });
    const { result, statements } = await statementsOf(() =>
      ask(
        store.secret,
        `{ customer(externalId: "ann") { recommendations(placement: "cart") { variant reason horizonDays asOf nodes {
          rank kind probability expectedMargin { amount currency } expectedOn
          product { externalId name price { amount } inStock isExcluded buyers repeatShare usualGapDays }
          reason { code text customers usualGapDays daysSinceLastBought timesBought priceRatio
            products { externalId price { amount } buyers } } } } } }`,
      ),
    );
    expect(result.data).toMatchObject({
      customer: {
        recommendations: {
          variant: 'PERSONAL',
          reason: null,
          horizonDays: FINDINGS.horizonDays,
          asOf: AS_OF,
          nodes: [
            {
              rank: 1,
              kind: 'CROSS_SELL',
              probability: 0.25,
              expectedMargin: { amount: '1.24', currency: 'EUR' },
              expectedOn: null,
              product: { externalId: 'cup', name: null, price: null, inStock: true, isExcluded: false, buyers: null },
              reason: {
                code: 'GOES_WITH',
                text: 'because you bought Teapot and Green tea: 41 customers bought this and Teapot',
                customers: 41,
                timesBought: 0,
                daysSinceLastBought: null,
                products: [
                  { externalId: 'pot', price: { amount: '20.50' }, buyers: 4 },
                  { externalId: 'tea', price: { amount: '4.50' }, buyers: 7 },
                ],
              },
            },
            {
              rank: 2,
              kind: 'REPLENISH',
              expectedMargin: null,
              expectedOn: '2026-01-03',
              product: { externalId: 'tea', price: { amount: '4.50' }, buyers: 7, repeatShare: 0.25 },
              reason: {
                code: 'DUE_AGAIN',
                text: 'usually bought again after 34 days, last bought 31 days ago',
                usualGapDays: 33.6,
                daysSinceLastBought: 31,
                timesBought: 4,
                products: [],
              },
            },
            {
              rank: 3,
              kind: 'UP_SELL',
              reason: {
                code: 'STEP_UP',
                text: 'a step up from Green tea: 1.4 times what they usually pay in Tea',
                priceRatio: 1.42,
                customers: null,
              },
            },
          ],
        },
      },
    });
    expect(result.errors).toBeUndefined();
    // Authentication, the customer, the list.
    expect(statements).toHaveLength(3);
  });

  it('take one statement for all customers of a page, whatever their placements', async () => {
    const customers = Array.from({ length: 50 }, (_, n) => ({ ...ANN, id: `c${n}` }));
    const lists = Object.fromEntries(customers.map(({ id }) => [id, [{ product: 'tea', because: ['pot'] }]]));
    const store = await storeWith(
      { products: [{ id: 'tea' }, { id: 'pot' }], lists, trending: { '': ['pot'] } },
      customers,
    );
    await place(store, { name: 'cart' });
    await place(store, { name: 'mail', controlShare: 1 });
    const { result, statements } = await statementsOf(() =>
      ask<{ customers: { nodes: { here: List; cart: List; mail: List }[] } }>(
        store.secret,
        `{ customers(first: 50) { nodes { here: recommendations { ...list } cart: recommendations(placement: "cart", first: 3) { ...list }
            mail: recommendations(placement: "mail") { ...list } } } }
         fragment list on CustomerRecommendations { variant reason nodes { id rank kind probability expectedMargin { amount }
           product { externalId name price { amount } } reason { text products { name } } } }`,
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(result.data.customers.nodes).toHaveLength(50);
    for (const { here, cart, mail } of result.data.customers.nodes) {
      expect([here.variant, cart.variant, mail.variant]).toEqual(['PERSONAL', 'PERSONAL', 'CONTROL']);
      expect(mail.nodes.map(({ product }) => product.externalId)).toEqual(['pot']);
    }
    expect(statements).toHaveLength(3);
  });

  it('are null until a run with recommendations is published', async () => {
    const query = '{ customer(externalId: "ann") { recommendations { variant } } recommendationModel { reason } }';
    for (const published of [true, false]) {
      const store = await createStore(db, [ANN], { published });
      const { data } = await ask(await store.key(), query);
      expect(data).toEqual({ customer: { recommendations: null }, recommendationModel: null });
    }
  });

  it('never have what is out of stock or excluded, and never more than is asked for', async () => {
    const store = await storeWith({
      products: [
        { id: 'a' },
        { id: 'bag', isExcluded: true },
        { id: 'b' },
        { id: 'gone', inStock: false },
        { id: 'c' },
      ],
      lists: { ann: ['a', 'bag', 'b', 'gone', 'c'].map((product) => ({ product })) },
    });
    expect((await listOf(store.secret, {})).products).toEqual(['a', 'b', 'c']);
    expect((await listOf(store.secret, { first: 2 })).products).toEqual(['a', 'b']);
    await db.prisma.product.updateMany({
      where: { workspaceId: store.workspaceId, externalId: 'a' },
      data: { inStock: false },
    });
    expect((await listOf(store.secret, { first: 2 })).products).toEqual(['b', 'c']);
  });

  it('are of the kinds that the question and the placement have in common', async () => {
    const store = await storeWith({
      products: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'hit' }],
      lists: {
        ann: [
          { product: 'a', kind: 'CROSS_SELL' },
          { product: 'b', kind: 'REPLENISH' },
          { product: 'c', kind: 'UP_SELL' },
        ],
      },
      trending: { '': ['hit'] },
    });
    await place(store, { kinds: ['CROSS_SELL', 'REPLENISH'] });
    expect((await listOf(store.secret, { kinds: ['UP_SELL', 'REPLENISH'] })).products).toEqual(['b', 'c']);
    expect((await listOf(store.secret, { placement: 'cart' })).products).toEqual(['a', 'b']);
    const both = { placement: 'cart', kinds: ['UP_SELL', 'REPLENISH'] };
    expect((await listOf(store.secret, both)).products).toEqual(['b']);
    expect(await listOf(store.secret, { placement: 'cart', kinds: ['UP_SELL'] })).toEqual({
      products: ['hit'],
      variant: 'FALLBACK',
      reason: 'no products of these kinds: these are the best-selling products',
    });
  });

  it('keep to what the placement lets through', async () => {
    const store = await storeWith({
      products: [
        { id: 'cheap', category: 'Tea', price: '2' },
        { id: 'tea1', category: 'Tea', price: '5' },
        { id: 'tea2', category: 'Tea', price: null, score: { price: 6 } },
        { id: 'tea3', category: 'Tea', price: '7' },
        { id: 'bare1', category: null, price: '8' },
        { id: 'bare2', category: null, price: '9' },
        { id: 'pot', category: 'Ware', price: '10' },
        { id: 'unknown', category: 'Ware', price: null, score: null },
        { id: 'dear', category: 'Ware', price: '10.01' },
      ],
      lists: {
        ann: ['cheap', 'tea1', 'tea2', 'tea3', 'bare1', 'bare2', 'pot', 'unknown', 'dear'].map((product) => ({
          product,
        })),
      },
      bought: {
        ann: {
          tea1: [daysBeforeAsOf(90), daysBeforeAsOf(31)],
          tea2: [daysBeforeAsOf(40), daysBeforeAsOf(30)],
          pot: ['2026-01-05'],
        },
      },
    });
    const pass = async (rules: object) => {
      await place(store, rules);
      return (await listOf(store.secret, { placement: 'cart', first: 24 })).products;
    };
    expect(await pass({ minimumPrice: '5', maximumPrice: '10' })).toEqual([
      'tea1',
      'tea2',
      'tea3',
      'bare1',
      'bare2',
      'pot',
    ]);
    expect(await pass({ categories: ['Ware', 'Odd'] })).toEqual(['pot', 'unknown', 'dear']);
    expect(await pass({ mostPerCategory: 1 })).toEqual(['cheap', 'bare1', 'bare2', 'pot']);
    expect(await pass({ notBoughtWithinDays: 30, categories: ['Tea', 'Ware'] })).toEqual([
      'cheap',
      'tea1',
      'tea3',
      'unknown',
      'dear',
    ]);
    expect(await pass({ minimumPrice: '6', categories: ['Tea'], mostPerCategory: 1 })).toEqual(['tea2']);
  });

  it('are of all kinds where the list of kinds is empty', async () => {
    const store = await storeWith({});
    const { data, errors } = await ask<Answered>(store.secret, LIST, { customer: 'ann', kinds: [] });
    expect(errors).toBeUndefined();
    expect(data).toEqual((await ask<Answered>(store.secret, LIST, { customer: 'ann' })).data);
  });

  it.each([
    [{ first: 0 }, 'BAD_PAGE', '`first` must be 1 to 24, got 0'],
    [{ first: 25 }, 'BAD_PAGE', '`first` must be 1 to 24, got 25'],
    [{ placement: 'cartt' }, 'NO_SUCH_PLACEMENT', 'no placement "cartt"; there are: cart, mail'],
    [{ placement: '' }, 'NO_SUCH_PLACEMENT', 'no placement ""; there are: cart, mail'],
  ])('say what is wrong with %o', async (variables, code, message) => {
    const store = await storeWith({});
    await place(store, { name: 'mail' });
    await place(store, { name: 'cart' });
    const { data, errors } = await ask<Answered>(store.secret, LIST, { customer: 'ann', ...variables });
    expect(data.customer.recommendations).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code, field: [Object.keys(variables)[0]] } }]);
  });
});

describe('a customer without a list of their own', () => {
  const trending = { '': ['hit', 'tea', 'pot'], DE: ['tea', 'gone', 'hit'], IT: ['gone'] };
  const products = [{ id: 'hit', category: 'Home' }, { id: 'tea' }, { id: 'pot' }, { id: 'gone', inStock: false }];
  const customers: CustomerFixture[] = [
    ANN,
    { id: 'new', country: 'DE' },
    { id: 'far', country: 'FR' },
    { id: 'it', country: 'IT' },
    { id: 'nowhere' },
  ];

  it('gets the best-selling products of their country, else of all, with the reason', async () => {
    const store = await storeWith({ products, trending }, customers);
    expect(await listOf(store.secret, { customer: 'new' })).toEqual({
      products: ['tea', 'hit'],
      variant: 'FALLBACK',
      reason: 'no purchases yet: these are the best-selling products in DE',
    });
    for (const customer of ['far', 'it', 'nowhere']) {
      expect(await listOf(store.secret, { customer, first: 2 })).toEqual({
        products: ['hit', 'tea'],
        variant: 'FALLBACK',
        reason: 'no purchases yet: these are the best-selling products',
      });
    }
    expect(await listOf(store.secret, { customer: 'ann', first: 1 })).toEqual({
      products: ['tea'],
      variant: 'FALLBACK',
      reason: 'nothing to recommend to this customer in particular: these are the best-selling products in DE',
    });
  });

  it('sees no probability nor margin, and how often they bought it', async () => {
    const store = await storeWith({ products, trending, bought: { ann: { tea: ['2025-12-01', '2025-12-11'] } } });
    const { data } = await ask(
      store.secret,
      `{ customer(externalId: "ann") { recommendations(first: 1) { nodes { kind probability expectedMargin { amount } expectedOn
        reason { code text products { name } customers daysSinceLastBought timesBought } } } } }`,
    );
    expect(data).toEqual({
      customer: {
        recommendations: {
          nodes: [
            {
              kind: 'TRENDING',
              probability: null,
              expectedMargin: null,
              expectedOn: null,
              reason: {
                code: 'TRENDING',
                text: 'among the best-selling products in DE',
                products: [],
                customers: null,
                daysSinceLastBought: 20,
                timesBought: 2,
              },
            },
          ],
        },
      },
    });
  });

  it('gets nothing that they bought lately or that the placement does not let through', async () => {
    const store = await storeWith({ products, trending, bought: { ann: { tea: [daysBeforeAsOf(3)] } } });
    await place(store, { notBoughtWithinDays: 7 });
    expect((await listOf(store.secret, { placement: 'cart' })).products).toEqual(['hit']);
    await place(store, { categories: ['Odd'] });
    expect(await listOf(store.secret, { placement: 'cart' })).toEqual({
      products: [],
      variant: 'FALLBACK',
      reason: 'nothing to recommend to this customer in particular: the list is empty',
    });
  });

  it('gets an empty list where the placement has no fallback, with the reason', async () => {
    const store = await storeWith({ products, trending, lists: { ann: [{ product: 'hit' }] } }, customers);
    await place(store, { fallback: 'NONE', categories: ['Odd'] });
    const nothing = { products: [], variant: 'FALLBACK' };
    expect(await listOf(store.secret, { customer: 'new', placement: 'cart' })).toEqual({
      ...nothing,
      reason: 'no purchases yet: the list is empty',
    });
    expect(await listOf(store.secret, { customer: 'ann', placement: 'cart' })).toEqual({
      ...nothing,
      reason: 'no products pass the filters: the list is empty',
    });
  });
});

describe('the control group of a placement', () => {
  it('gets what sells best under the same filters, always the same customers, near its share of them', async () => {
    const customers = Array.from({ length: 80 }, (_, n): CustomerFixture => ({ id: `c${n}`, score: {} }));
    const store = await storeWith(
      {
        products: [
          { id: 'own', price: '5' },
          { id: 'hit', price: '5' },
          { id: 'dear', price: '50' },
        ],
        lists: Object.fromEntries(customers.map(({ id }) => [id, [{ product: 'own' }]])),
        trending: { '': ['dear', 'hit'] },
      },
      customers,
    );
    const groups = async () => {
      const { data } = await ask<{ customers: { nodes: { externalId: string; recommendations: List }[] } }>(
        store.secret,
        `{ customers(first: 80) { nodes { externalId recommendations(placement: "cart") {
          variant reason nodes { kind product { externalId } } } } } }`,
      );
      return data.customers.nodes.map(({ externalId, recommendations: { variant, reason, nodes } }) => {
        const [product] = nodes.map((node) => node.product.externalId);
        expect({ reason, product, kind: nodes[0]?.kind }).toEqual(
          variant === 'CONTROL'
            ? {
                reason: 'control group of this placement: these are the best-selling products',
                product: 'hit',
                kind: 'TRENDING',
              }
            : { reason: null, product: 'own', kind: 'CROSS_SELL' },
        );
        return `${externalId} ${variant}`;
      });
    };
    await place(store, { maximumPrice: '10', controlShare: 0.4 });
    const split = await groups();
    const control = split.filter((text) => text.endsWith('CONTROL'));
    // 32 expected, standard deviation 4.4.
    expect(control.length).toBeGreaterThan(14);
    expect(control.length).toBeLessThan(50);
    expect(await groups()).toEqual(split);
    // A larger share keeps those who were in it.
    await place(store, { maximumPrice: '10', controlShare: 0.6 });
    expect(await groups()).toEqual(expect.arrayContaining(control));
    await place(store, { maximumPrice: '10', controlShare: 0 });
    expect((await groups()).filter((text) => text.endsWith('CONTROL'))).toEqual([]);
  });

  it('has only customers who would have a list of their own', async () => {
    const store = await storeWith({ products: [{ id: 'hit' }], trending: { '': ['hit'] } });
    await place(store, { controlShare: 1 });
    expect((await listOf(store.secret, { placement: 'cart' })).variant).toBe('FALLBACK');
  });
});
