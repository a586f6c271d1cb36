import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import * as documents from '../../widgets/generated/graphql.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
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
  name: 'Spring',
  metric: 'REVENUE',
  by: ['SEGMENT'],
};

/** Of the element that imports; what they do with a file takes more statements, which statements.db.test.ts counts. */
const OF_IMPORTS = [
  ['ImportDocument', documents.ImportDocument],
  ['ImportProgressDocument', documents.ImportProgressDocument],
] as const;
const OF_FILES = ['ImportPreviewDocument', 'ImportReportDocument', 'StartImportDocument'];

const queries = Object.entries(documents).filter(
  ([name]) => name.endsWith('Document') && !OF_IMPORTS.some(([each]) => each === name) && !OF_FILES.includes(name),
);

it('finds the documents of the widgets', () => expect(queries.length).toBeGreaterThan(0));

it.each(queries)('answers %s in at most three statements, authentication included', async (_name, document) => {
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
  const variables = { ...VARIABLES, externalId: 'ann' };
  const scopes = [
    'customers:read',
    'products:read',
    'analytics:read',
    'recommendations:read',
    'campaigns:read',
  ] as const;
  const key = await store.key(scopes, 'PUBLISHABLE', ['https://shop.example']);
  const { ask } = testSurface(db);
  const { result, statements } = await statementsOf(() => ask(key, String(document), variables));
  expect(result.errors).toBeUndefined();
  expect(Object.values(result.data)).not.toContain(null);
  expect(statements.length).toBeLessThanOrEqual(3);
});

it.each(OF_IMPORTS)('answers %s in at most four statements, authentication included', async (_name, document) => {
  const workspace = randomUUID();
  const store = await createStore(db, [], { name: workspace });
  const path = testFile('customer,order,placed at,unit price\nann,1,2026-01-02,4.50\nbob,2,2026-01-03,x\n');
  await importFile(db.pool, { workspace, path, formats: formatsNamed() });
  const key = await store.key(['imports:write', 'imports:read', 'customers:pii']);
  const { ask } = testSurface(db);
  const { data } = await ask<{ importJobs: { nodes: { id: string }[] } }>(key, '{ importJobs { nodes { id } } }');
  const { result, statements } = await statementsOf(() =>
    ask(key, String(document), { id: data.importJobs.nodes[0]!.id }),
  );
  expect(result.errors).toBeUndefined();
  expect(statements.length).toBeLessThanOrEqual(4);
});
