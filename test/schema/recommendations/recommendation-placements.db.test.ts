import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productId } from '../../../server/domain/ids.ts';
import { RECOMMENDATION_KINDS } from '../../../server/domain/recommendations.ts';
import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { daysBeforeAsOf, insertRecommender } from '../../support/recommendations.ts';
import { createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const RULES =
  'name kinds categories minimumPrice maximumPrice notBoughtWithinDays mostPerCategory fallback controlShare updatedAt';

const SAVE = `mutation($input: SaveRecommendationPlacementInput!) { saveRecommendationPlacement(input: $input) {
  ... on SavedRecommendationPlacement { placement { ${RULES} } } ... on DomainError { code message field } } }`;

const DELETE = `mutation($name: String!) { deleteRecommendationPlacement(name: $name) {
  ... on DeletedRecommendationPlacement { name } ... on DomainError { code message field } } }`;

const OPEN = {
  kinds: null,
  categories: null,
  minimumPrice: null,
  maximumPrice: null,
  notBoughtWithinDays: null,
  mostPerCategory: null,
  fallback: 'TRENDING',
  controlShare: 0,
  updatedAt: '2026-01-15T12:00:00.000Z',
};

describe('a placement', () => {
  it('is saved as given, and replaced when its name is saved again', async () => {
    const key = await (await createStore(db)).key();
    const input = {
      name: 'cart',
      kinds: ['UP_SELL', 'CROSS_SELL'],
      categories: ['Tea', 'Ware'],
      minimumPrice: '5.5',
      maximumPrice: '10',
      notBoughtWithinDays: 30,
      mostPerCategory: 2,
      fallback: 'NONE',
      controlShare: 0.125,
    };
    const saved = { ...input, updatedAt: OPEN.updatedAt };
    expect((await ask(key, SAVE, { input })).data).toEqual({ saveRecommendationPlacement: { placement: saved } });
    await ask(key, SAVE, { input: { name: 'a-mail_2' } });
    const list = `{ recommendationPlacements { ${RULES} } }`;
    expect((await ask(key, list)).data).toEqual({
      recommendationPlacements: [{ name: 'a-mail_2', ...OPEN }, saved],
    });
    const { result, statements } = await statementsOf(() => ask(key, SAVE, { input: { name: 'cart' } }));
    expect(result.data).toEqual({ saveRecommendationPlacement: { placement: { name: 'cart', ...OPEN } } });
    expect(statements).toHaveLength(2);
  });

  it('is gone when it is deleted, and only then', async () => {
    const [store, other] = [await createStore(db), await createStore(db)];
    const [key, theirs] = [await store.key(), await other.key()];
    await ask(key, SAVE, { input: { name: 'cart' } });
    expect((await ask(theirs, DELETE, { name: 'cart' })).data).toEqual({
      deleteRecommendationPlacement: {
        code: 'NO_SUCH_PLACEMENT',
        message: 'no placement "cart"; there is none yet',
        field: ['name'],
      },
    });
    expect((await ask(key, DELETE, { name: 'mail' })).data).toMatchObject({
      deleteRecommendationPlacement: { message: 'no placement "mail"; there are: cart' },
    });
    expect((await ask(key, DELETE, { name: 'cart' })).data).toEqual({
      deleteRecommendationPlacement: { name: 'cart' },
    });
    expect((await ask(key, '{ recommendationPlacements { name } }')).data).toEqual({ recommendationPlacements: [] });
  });

  it.each([
    [{ name: 'the cart' }, 'BAD_NAME', ['name']],
    [{ name: 'cart', minimumPrice: 10, maximumPrice: 9.99 }, 'BAD_PRICE', ['minimumPrice']],
    [{ name: 'cart', controlShare: 1.5 }, 'BAD_SHARE', ['controlShare']],
  ])('answers %o with what is wrong', async (input, code, field) => {
    const key = await (await createStore(db)).key();
    expect((await ask(key, SAVE, { input })).data).toMatchObject({ saveRecommendationPlacement: { code, field } });
    expect((await ask(key, '{ recommendationPlacements { name } }')).data).toEqual({ recommendationPlacements: [] });
  });

  it('has no condition for empty lists', async () => {
    const key = await (await createStore(db)).key();
    await ask(key, SAVE, { input: { name: 'cart', kinds: [], categories: [] } });
    expect((await ask(key, '{ recommendationPlacements { name kinds categories } }')).data).toEqual({
      recommendationPlacements: [{ name: 'cart', kinds: null, categories: null }],
    });
  });

  it('is one of 100 at most, of which each can be saved again', async () => {
    const key = await (await createStore(db)).key();
    for (let n = 0; n < 100; n++) await ask(key, SAVE, { input: { name: `p${n}` } });
    expect((await ask(key, SAVE, { input: { name: 'more' } })).data).toMatchObject({
      saveRecommendationPlacement: { code: 'TOO_MANY_PLACEMENTS', field: ['name'] },
    });
    expect((await ask(key, SAVE, { input: { name: 'p99', controlShare: 0.5 } })).data).toMatchObject({
      saveRecommendationPlacement: { placement: { name: 'p99', controlShare: 0.5 } },
    });
  });

  it('is saved by a key that may not read, which sees nothing of it', async () => {
    const key = await (await createStore(db)).key(['placements:write']);
    const { data, errors } = await ask(key, SAVE, { input: { name: 'cart' } });
    expect(data).toEqual({ saveRecommendationPlacement: { placement: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scopes: ['recommendations:read'] } }]);
  });
});

it('no list ever has a product that its placement, its stock or its exclusion keeps out', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `p${n}`);
  const categories = ['Tea', 'Ware', null] as const;
  const store = await createStore(db, [
    { id: 'own', score: {} },
    { id: 'cold', country: 'DE' },
  ]);
  // Bought 0, 9, 18, ... days before the as-of day; every fourth never.
  const bought = (n: number) => (n % 4 === 3 ? null : 9 * n);
  await insertRecommender(db, store, {
    products: ids.map((id, n) => ({
      id,
      category: categories[n % 3]!,
      price: n === 9 || n % 5 === 4 ? null : String(n),
      score: n === 9 ? null : { price: n },
    })),
    lists: { own: ids.map((product, n) => ({ product, kind: RECOMMENDATION_KINDS[n % 4]! })) },
    trending: { DE: ids.slice(0, 8), '': ids.slice(3) },
    bought: Object.fromEntries(
      ['own', 'cold'].map((customer) => [
        customer,
        Object.fromEntries(ids.flatMap((id, n) => (bought(n) === null ? [] : [[id, [daysBeforeAsOf(bought(n)!)]]]))),
      ]),
    ),
  });
  const key = await store.key();
  const kinds = fc.option(fc.subarray([...RECOMMENDATION_KINDS], { minLength: 1 }), { nil: null });
  const count = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: null });
  const bound = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
  const rules = fc
    .record({
      kinds,
      categories: fc.option(fc.subarray(['Tea', 'Ware', 'Odd'], { minLength: 1 }), { nil: null }),
      minimumPrice: bound,
      maximumPrice: bound,
      notBoughtWithinDays: count(120),
      mostPerCategory: count(3),
      fallback: fc.constantFrom('TRENDING', 'NONE'),
      controlShare: fc.constantFrom(0, 0.5, 1),
    })
    .filter(({ minimumPrice: from, maximumPrice: to }) => from === null || to === null || from <= to);
  const request = fc.record({ kinds, first: fc.integer({ min: 1, max: 24 }) });
  await fc.assert(
    fc.asyncProperty(
      rules,
      request,
      fc.subarray(ids),
      fc.subarray(ids),
      async (placement, { kinds, first }, soldOut, excluded) => {
        for (const id of ids) {
          await db.prisma.product.update({
            where: { id: productId(store.workspaceId, id) },
            data: { inStock: !soldOut.includes(id), isExcluded: excluded.includes(id) },
          });
        }
        expect((await ask(key, SAVE, { input: { name: 'cart', ...placement } })).data).toMatchObject({
          saveRecommendationPlacement: { placement: { name: 'cart' } },
        });
        const { data } = await ask<{
          customers: { nodes: { recommendations: Served }[] };
          cold: { recommendations: Served };
        }>(
          key,
          `query($kinds: [RecommendationKind!], $first: Int) {
            customers { nodes { recommendations(kinds: $kinds, first: $first, placement: "cart") { ...served } } }
            cold: customer(externalId: "cold") { recommendations(kinds: $kinds, first: $first, placement: "cart") { ...served } } }
          fragment served on CustomerRecommendations { variant reason nodes { kind product { externalId } } }`,
          { kinds, first },
        );
        for (const { variant, reason, nodes } of [
          ...data.customers.nodes.map(({ recommendations }) => recommendations),
          data.cold.recommendations,
        ]) {
          expect(nodes.length).toBeLessThanOrEqual(first);
          expect(reason === null).toBe(variant === 'PERSONAL');
          if (placement.fallback === 'NONE' && variant === 'FALLBACK') expect(nodes).toEqual([]);
          const served = nodes.map(({ product }) => ids.indexOf(product.externalId));
          for (const n of served) {
            expect([...soldOut, ...excluded]).not.toContain(ids[n]);
            if (placement.categories !== null) expect(placement.categories).toContain(categories[n % 3]);
            if (n === 9) expect([placement.minimumPrice, placement.maximumPrice]).toEqual([null, null]);
            expect(n).toBeGreaterThanOrEqual(placement.minimumPrice ?? 0);
            expect(n).toBeLessThanOrEqual(placement.maximumPrice ?? 12);
            const days = bought(n);
            if (days !== null) expect(days).toBeGreaterThan(placement.notBoughtWithinDays ?? -1);
          }
          for (const category of [0, 1]) {
            const inCategory = served.filter((n) => n % 3 === category).length;
            expect(inCategory).toBeLessThanOrEqual(placement.mostPerCategory ?? 24);
          }
          if (variant === 'PERSONAL') {
            for (const { kind } of nodes) {
              expect(kinds ?? RECOMMENDATION_KINDS).toContain(kind);
              expect(placement.kinds ?? RECOMMENDATION_KINDS).toContain(kind);
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

interface Served {
  readonly variant: string;
  readonly reason: string | null;
  readonly nodes: readonly { readonly kind: string; readonly product: { readonly externalId: string } }[];
}
