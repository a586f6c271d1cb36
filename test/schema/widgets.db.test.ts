import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId } from '../../server/domain/ids.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { insertRecommender } from '../support/recommendations.ts';
import { createStore } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

/** Values for all variables that any widget's document has, but for ids. */
const VARIABLES = {
  first: 2,
  segments: ['LOYAL'],
  bySegment: true,
  orderBy: { field: 'MONEY_AT_RISK', direction: 'DESC' },
  campaign: 'Spring',
  metric: 'REVENUE',
  by: ['SEGMENT'],
};

const files = readdirSync('widgets', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.query.ts'),
);

it('finds the documents of the widgets', () => expect(files.length).toBeGreaterThan(0));

it.each(files)('answers %s in at most three statements, authentication included', async (file) => {
  const store = await createStore(db, [
    { id: 'ann', score: { clv: 300 } },
    { id: 'bob', score: { clv: 200 } },
    { id: 'cem', score: { clv: 100 } },
  ]);
  await insertRecommender(db, store, {
    products: [{ id: 'tea' }, { id: 'pot' }, { id: 'jug' }],
    lists: {
      ann: [
        { product: 'jug', because: ['pot', 'tea'], boughtBoth: 41 },
        { product: 'tea', kind: 'REPLENISH' },
      ],
    },
  });
  await insertCampaign(db, store.workspaceId, {
    variants: [{ name: 'mail' }, { name: 'control', isControl: true }],
    exposures: [{ customer: 'ann', variant: 'mail', at: '2025-12-01' }],
  });
  const variables = { ...VARIABLES, customer: encodeGlobalID('Customer', customerId(store.workspaceId, 'ann')) };
  const scopes = [
    'customers:read',
    'products:read',
    'analytics:read',
    'recommendations:read',
    'campaigns:read',
  ] as const;
  const key = await store.key(scopes, 'PUBLISHABLE', ['https://shop.example']);
  const { ask } = testSurface(db);
  const documents: Record<string, unknown> = await import(resolve('widgets', file));
  for (const document of Object.values(documents)) {
    const { result, statements } = await statementsOf(() => ask(key, String(document), variables));
    expect(result.errors).toBeUndefined();
    expect(Object.values(result.data)).not.toContain(null);
    expect(statements.length).toBeLessThanOrEqual(3);
  }
});
