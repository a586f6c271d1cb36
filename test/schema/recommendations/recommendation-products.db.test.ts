import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { FINDINGS, insertRecommender, type RecommenderFixture } from '../../support/recommendations.ts';
import { type CustomerFixture, createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

async function storeWith(fixture: RecommenderFixture, customers: readonly CustomerFixture[] = []) {
  const store = await createStore(db, customers);
  await insertRecommender(db, store, fixture);
  return { ...store, secret: await store.key() };
}

describe('a product', () => {
  const FACTS = 'externalId price { amount currency } inStock isExcluded buyers repeatShare usualGapDays';

  it('is found by either id, with what the run says of it, in one statement', async () => {
    const { secret } = await storeWith({
      products: [{ id: 'tea', price: '4.5', score: { buyers: 12, repeatShare: 0.5, usualGapDays: 33.5 } }],
    });
    const { data } = await ask<{ product: { id: string } }>(secret, '{ product(externalId: "tea") { id } }');
    const { result, statements } = await statementsOf(() =>
      ask(secret, `query($id: ID) { product(id: $id) { ${FACTS} } }`, data.product),
    );
    expect(result.data).toEqual({
      product: {
        externalId: 'tea',
        price: { amount: '4.50', currency: 'EUR' },
        inStock: true,
        isExcluded: false,
        buyers: 12,
        repeatShare: 0.5,
        usualGapDays: 33.5,
      },
    });
    expect(statements).toHaveLength(2);
    expect((await ask(secret, '{ product(externalId: "nothing") { id } }')).data).toEqual({ product: null });
    for (const args of ['', '(id: "x", externalId: "tea")']) {
      const { errors } = await ask(secret, `{ product${args} { id } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_ARGUMENTS' } }]);
    }
  });

  it('costs what is paid for it where the catalogue does not say, and keeps a zero apart from an unknown price', async () => {
    const { secret } = await storeWith({
      products: [
        { id: 'free', price: '0', score: { price: 3 } },
        { id: 'paid', price: null, score: { price: 3.456, usualGapDays: null }, inStock: false },
        { id: 'unknown', price: null, score: null, isExcluded: true },
        { id: 'unpriced', price: null, score: { price: null } },
      ],
    });
    const { result, statements } = await statementsOf(() =>
      ask(secret, '{ products { nodes { externalId price { amount } buyers usualGapDays inStock isExcluded } } }'),
    );
    expect(result.data).toMatchObject({
      products: {
        nodes: [
          { externalId: 'free', price: { amount: '0.00' }, buyers: 4, inStock: true, isExcluded: false },
          { externalId: 'paid', price: { amount: '3.46' }, buyers: 4, usualGapDays: null, inStock: false },
          { externalId: 'unknown', price: null, buyers: null, isExcluded: true },
          { externalId: 'unpriced', price: null, buyers: 4 },
        ],
      },
    });
    // Authentication, the products, their scores.
    expect(statements).toHaveLength(3);
  });

  it('has its price and stock on order lines, too', async () => {
    const order = { id: 'o', at: '2025-06-01T00:00:00Z', lines: [{ product: 'lamp', price: '10' }] };
    const { secret, workspaceId } = await storeWith({}, [{ id: 'ann', score: {}, orders: [order] }]);
    await db.prisma.product.updateMany({ where: { workspaceId }, data: { price: '12.5', inStock: false } });
    const { data } = await ask(
      secret,
      '{ customer(externalId: "ann") { orders { nodes { lines { product { price { amount } inStock buyers } } } } } }',
    );
    expect(data).toEqual({
      customer: {
        orders: { nodes: [{ lines: [{ product: { price: { amount: '12.50' }, inStock: false, buyers: null } }] }] },
      },
    });
  });
});

describe('the neighbours of a product', () => {
  const fixture: RecommenderFixture = {
    products: [
      { id: 'tea' },
      { id: 'pot' },
      { id: 'cup' },
      { id: 'bag', isExcluded: true },
      { id: 'gone', inStock: false },
    ],
    neighbors: [
      { of: 'tea', kind: 'BOUGHT_TOGETHER', products: ['bag', 'pot', 'gone', 'cup'] },
      { of: 'tea', kind: 'SIMILAR', products: ['cup'] },
      { of: 'pot', kind: 'BOUGHT_TOGETHER', products: ['tea'] },
    ],
  };

  it('are the nearest that can be offered, as many as are asked for', async () => {
    const { secret } = await storeWith(fixture);
    const { result, statements } = await statementsOf(() =>
      ask(
        secret,
        `{ product(externalId: "tea") { boughtTogether { product { externalId price { amount } buyers } score customers lift }
          one: boughtTogether(first: 1) { product { externalId } } similar { product { externalId } } } }`,
      ),
    );
    expect(result.data).toEqual({
      product: {
        boughtTogether: [
          {
            product: { externalId: 'pot', price: { amount: '10.00' }, buyers: 4 },
            score: 1 / 2,
            customers: 9,
            lift: 2,
          },
          {
            product: { externalId: 'cup', price: { amount: '10.00' }, buyers: 4 },
            score: 1 / 4,
            customers: 7,
            lift: 2,
          },
        ],
        one: [{ product: { externalId: 'pot' } }],
        similar: [{ product: { externalId: 'cup' } }],
      },
    });
    // Authentication, the product, all its neighbours.
    expect(statements).toHaveLength(3);
  });

  it('are read at once for all products of a page', async () => {
    const { secret } = await storeWith(fixture);
    const { result, statements } = await statementsOf(() =>
      ask(
        secret,
        '{ products { nodes { externalId boughtTogether(first: 2) { product { externalId } } similar { score } } } }',
      ),
    );
    expect(result.data).toMatchObject({
      products: {
        nodes: [
          { externalId: 'bag', boughtTogether: [], similar: [] },
          { externalId: 'cup' },
          { externalId: 'gone' },
          { externalId: 'pot', boughtTogether: [{ product: { externalId: 'tea' } }] },
          { externalId: 'tea', boughtTogether: [{}, {}], similar: [{ score: 1 }] },
        ],
      },
    });
    expect(statements).toHaveLength(3);
  });

  it('are none until a run is published, and never more than 24', async () => {
    const store = await createStore(db, [], { published: false });
    await insertRecommender(db, store, fixture);
    const query =
      'query($first: Int) { product(externalId: "tea") { boughtTogether(first: $first) { score } buyers } }';
    expect((await ask(await store.key(), query)).data).toEqual({ product: { boughtTogether: [], buyers: null } });
    const { errors } = await ask(await store.key(), query, { first: 25 });
    expect(errors).toMatchObject([{ message: '`first` must be 1 to 24, got 25', extensions: { code: 'BAD_PAGE' } }]);
  });
});

it('the model returns what recommendations are based on, and their accuracy on held-out purchases', async () => {
  const { secret } = await storeWith({});
  const { result, statements } = await statementsOf(() =>
    ask(
      secret,
      `{ recommendationModel { run { status } horizonDays reason customers products split { until customers productsBought }
        recommenders { recommender isUsed reason weight figures { recall ndcg hitRate coverage concentration } }
        blend { recall ndcg hitRate coverage concentration } calibration { predicted observed recommendations } } }`,
    ),
  );
  const [itemKnn, ials] = FINDINGS.recommenders;
  expect(result.data).toEqual({
    recommendationModel: {
      ...FINDINGS,
      split: { until: '2025-12-01', customers: 40, productsBought: 90 },
      run: { status: 'PUBLISHED' },
      recommenders: [
        { ...itemKnn, recommender: 'ITEM_KNN' },
        { ...ials, recommender: 'IALS' },
      ],
    },
  });
  // Authentication, the model, the run.
  expect(statements).toHaveLength(3);
});
