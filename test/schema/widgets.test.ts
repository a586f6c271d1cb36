import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Database } from '../../server/data/database.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

/** Values for all variables that any widget's document has. */
const VARIABLES = {
  first: 2,
  segments: ['LOYAL'],
  bySegment: true,
  orderBy: { field: 'MONEY_AT_RISK', direction: 'DESC' },
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
  const key = await store.key(['analytics:read', 'customers:read'], 'PUBLISHABLE', ['https://shop.example']);
  const { ask } = testSurface(db);
  const documents: Record<string, unknown> = await import(resolve('widgets', file));
  for (const document of Object.values(documents)) {
    const { result, statements } = await statementsOf(() => ask(key, String(document), VARIABLES));
    expect(result.errors).toBeUndefined();
    expect(Object.values(result.data)).not.toContain(null);
    expect(statements.length).toBeLessThanOrEqual(3);
  }
});
