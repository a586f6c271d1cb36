import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const CUSTOMERS: readonly CustomerFixture[] = [
  { id: 'a', country: 'FR', channel: 'web' },
  { id: 'b', country: 'DE', channel: 'shop' },
  { id: 'c', country: 'DE' },
  { id: 'd', country: 'AT', channel: 'web' },
  { id: 'e' },
];

async function shop() {
  const store = await createStore(db, CUSTOMERS);
  const { workspaceId } = store;
  await db.prisma.product.createMany({
    data: ['Tea', 'Tea', 'Ware', null].map((category, i) => ({
      ...{ id: crypto.randomUUID(), workspaceId, externalId: `p${i}`, category },
    })),
  });
  return store;
}

it('lists countries, channels and categories with their counts, most frequent first, in one statement', async () => {
  const key = await (await shop()).key();
  await createStore(db, [{ id: 'x', country: 'US', channel: 'fax' }]);
  const lists = 'countries { value count } channels { value count } categories { value count }';
  const { result, statements } = await statementsOf(() => ask(key, `{ customerDimensions { ${lists} } }`));
  expect(result).toEqual({
    data: {
      customerDimensions: {
        countries: [
          { value: 'DE', count: 2 },
          { value: 'AT', count: 1 },
          { value: 'FR', count: 1 },
        ],
        channels: [
          { value: 'web', count: 2 },
          { value: 'shop', count: 1 },
        ],
        categories: [
          { value: 'Tea', count: 2 },
          { value: 'Ware', count: 1 },
        ],
      },
    },
  });
  // Authentication and the lists.
  expect(statements).toHaveLength(2);
});

it('reads only the lists that are asked for', async () => {
  const key = await (await shop()).key();
  const { result, statements } = await statementsOf(() =>
    ask(key, '{ customerDimensions { of: channels { value } } }'),
  );
  expect(result).toEqual({ data: { customerDimensions: { of: [{ value: 'web' }, { value: 'shop' }] } } });
  expect(statements.at(-1)).not.toMatch(/country|category/);
});
