import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { NODE_TYPES } from '../../schema/node-id.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, insertRun } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

/** All rows of a root connection, turned two at a time in one direction and then back again. */
async function bothWays<Node>(key: string, field: string, selection: string) {
  const query = `query($first: Int, $after: String, $last: Int, $before: String) { page: ${field}(first: $first, after: $after, last: $last, before: $before) {
    nodes { ${selection} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const page = async (variables: object) => (await ask<{ page: Connection<Node> }>(key, query, variables)).data.page;
  const forward: Node[] = [];
  let current = await page({ first: 2 });
  for (forward.push(...current.nodes); current.pageInfo.hasNextPage; forward.push(...current.nodes)) {
    current = await page({ first: 2, after: current.pageInfo.endCursor });
  }
  current = await page({ last: 2 });
  const backward = [...current.nodes];
  for (; current.pageInfo.hasPreviousPage; backward.unshift(...current.nodes)) {
    current = await page({ last: 2, before: current.pageInfo.startCursor });
  }
  return { forward, backward };
}

it('returns the workspace and the key of the request, in one statement', async () => {
  const store = await createStore(db, [], { name: 'Fennel' });
  const key = await store.key(['orders:read', 'customers:read']);
  const { result, statements } = await statementsOf(() =>
    ask(
      key,
      '{ viewer { name kind scopes lastFour workspace { name currency annualDiscountRate marginRate timeZone currencyDisplay } } workspace { name } }',
    ),
  );
  expect(result.data).toEqual({
    viewer: {
      name: 'test',
      kind: 'RESTRICTED',
      scopes: ['orders:read', 'customers:read'],
      lastFour: key.slice(-4),
      workspace: {
        name: 'Fennel',
        currency: 'EUR',
        annualDiscountRate: 0.1,
        marginRate: null,
        timeZone: 'UTC',
        currencyDisplay: 'SYMBOL',
      },
    },
    workspace: { name: 'Fennel' },
  });
  expect(statements).toHaveLength(1);
});

it('lists products by external id, turned either way, by name and by category', async () => {
  const store = await createStore(db);
  const names = ['pear', 'apple', 'fig', 'Plum', 'kiwi'];
  await db.prisma.product.createMany({
    data: names.map((name) => ({
      id: randomUUID(),
      workspaceId: store.workspaceId,
      externalId: name,
      name: `A ${name}`,
      category: name === 'kiwi' ? 'Odd' : 'Fruit',
    })),
  });
  const key = await store.key();
  const { forward, backward } = await bothWays<{ externalId: string }>(key, 'products', 'externalId');
  expect(forward).toHaveLength(5);
  expect(new Set(forward.map(({ externalId }) => externalId))).toEqual(new Set(names));
  expect(backward).toEqual(forward);
  const query =
    'query($search: String, $category: String) { products(search: $search, category: $category) { nodes { name } } }';
  expect((await ask(key, query, { search: 'PLUM' })).data).toEqual({ products: { nodes: [{ name: 'A Plum' }] } });
  const { result, statements } = await statementsOf(() => ask(key, query, { category: 'Odd' }));
  expect(result.data).toEqual({ products: { nodes: [{ name: 'A kiwi' }] } });
  expect(statements).toHaveLength(2);
  expect((await ask(key, query, { category: 'odd' })).data).toEqual({ products: { nodes: [] } });
});

it('returns the same product in the list, by its ids and in an order', async () => {
  const lines = [{ product: 'lamp', price: '10' }];
  const store = await createStore(db, [
    { id: 'ann', orders: [{ id: 'o', at: '2025-01-01T00:00:00Z', lines }], score: {} },
  ]);
  const { id } = await db.prisma.product.findFirstOrThrow({ where: { workspaceId: store.workspaceId } });
  await db.prisma.product.update({ where: { id }, data: { name: 'Lamp', price: '12.3456', isExcluded: true } });
  const score = { runId: store.runId, workspaceId: store.workspaceId, productId: id, buyers: 7, repeatShare: 0.5 };
  await db.prisma.productScore.create({ data: score });
  const key = await store.key();
  const all = 'id externalId name category price { amount } inStock isExcluded buyers repeatShare usualGapDays';
  const { data } = await ask<{ product: { id: string } }>(
    key,
    `{ product(externalId: "lamp") { ${all} } products { nodes { ${all} } }
       customer(externalId: "ann") { orders { nodes { lines { product { ${all} } } } } } }`,
  );
  expect(data.product).toMatchObject({ name: 'Lamp', price: { amount: '12.3456' }, isExcluded: true, buyers: 7 });
  expect(data).toEqual({
    product: data.product,
    products: { nodes: [data.product] },
    customer: { orders: { nodes: [{ lines: [{ product: data.product }] }] } },
  });
  const byId = `query($id: ID!) { node(id: $id) { ... on Product { ${all} } } }`;
  const { result, statements } = await statementsOf(() => ask(key, byId, { id: data.product.id }));
  expect(result.data).toEqual({ node: data.product });
  expect(statements).toHaveLength(2);
});

it('searches products for the text as it stands, not for a pattern', async () => {
  const store = await createStore(db);
  const names = ['50% off', '50 or off', 'a_b', 'axb', 'c\\d'];
  await db.prisma.product.createMany({
    data: names.map((name) => ({ id: randomUUID(), workspaceId: store.workspaceId, externalId: randomUUID(), name })),
  });
  const key = await store.key();
  const search = async (text: string) => {
    const query = 'query($search: String) { products(search: $search) { nodes { name } } }';
    const { data } = await ask<{ products: Connection<{ name: string }> }>(key, query, { search: text });
    return data.products.nodes.map(({ name }) => name);
  };
  expect(await search('0% O')).toEqual(['50% off']);
  expect(await search('A_B')).toEqual(['a_b']);
  expect(await search('\\')).toEqual(['c\\d']);
});

it('lists analysis runs newest first, failed ones with their reason, in one statement with all fits', async () => {
  const store = await createStore(db);
  const failed = await insertRun(db, store.workspaceId, new Date('2026-01-14T00:00:00Z'));
  await db.prisma.analysisRun.update({
    where: { id: failed },
    data: { status: 'FAILED', reason: 'no orders', finishedAt: new Date('2026-01-14T00:01:00Z') },
  });
  await insertRun(db, store.workspaceId, new Date('2026-01-16T00:00:00Z'));
  const key = await store.key();
  const { forward, backward } = await bothWays<{ status: string }>(
    key,
    'analysisRuns',
    'status reason isPublished publishedAt finishedAt',
  );
  expect(forward).toEqual([
    { status: 'RUNNING', reason: null, isPublished: false, publishedAt: null, finishedAt: null },
    {
      status: 'PUBLISHED',
      reason: null,
      isPublished: true,
      publishedAt: '2026-01-15T12:00:00.000Z',
      finishedAt: '2026-01-15T12:00:00.000Z',
    },
    {
      status: 'FAILED',
      reason: 'no orders',
      isPublished: false,
      publishedAt: null,
      finishedAt: '2026-01-14T00:01:00.000Z',
    },
  ]);
  expect(backward).toEqual(forward);
  const { statements } = await statementsOf(() => ask(key, '{ analysisRuns { nodes { fits { process model } } } }'));
  expect(statements).toHaveLength(2);
});

it('lists imports newest first with what they took and what they rejected', async () => {
  const store = await createStore(db);
  const job = {
    workspaceId: store.workspaceId,
    source: 'orders',
    status: 'DONE',
    rows: 9,
    accepted: 5,
    gross: '1234.5',
    net: '1200',
    excluded: { TEST: 1, CANCELLED: 2 },
    warnings: [
      { code: 'DUPLICATE_ROWS', count: 2, amount: '7.5000' },
      { code: 'LINES_APART', count: 1, amount: null },
    ],
    discount: '10',
    tax: '20.5',
    shipping: '4.9',
    anonymousOrders: 3,
    anonymousNet: '30',
  };
  const jobs = [1, 2, 3].map((day) => ({
    ...job,
    id: randomUUID(),
    fileName: `day${day}.csv`,
    startedAt: new Date(`2026-01-0${day}T00:00:00Z`),
    rejected: { BAD_DATE: 1, NO_CUSTOMER: 3 },
  }));
  await db.prisma.importJob.createMany({ data: jobs });
  await db.prisma.rejectedRow.createMany({
    data: jobs.flatMap(({ id, fileName }) =>
      [2, 5, 7, 8].map((lineNo) => ({
        importJobId: id,
        workspaceId: store.workspaceId,
        lineNo,
        reason: 'NO_CUSTOMER',
        detail: 'no customer',
        raw: `${fileName};${lineNo}`,
      })),
    ),
  });
  const key = await store.key();
  const { forward, backward } = await bothWays<{ fileName: string }>(key, 'importJobs', 'fileName');
  expect(forward.map(({ fileName }) => fileName)).toEqual(['day3.csv', 'day2.csv', 'day1.csv']);
  expect(backward).toEqual(forward);
  const { result, statements } = await statementsOf(() =>
    ask<{ importJobs: { nodes: { id: string; rejectedRows: Connection<object> }[] } }>(
      key,
      `{ importJobs(first: 2) { nodes { id status rows accepted gross { amount currency } rejected { reason count } rejectedRowsPath
        source excluded { state count } warnings { code count amount { amount currency } }
        discount { amount } tax { amount } shipping { amount } anonymousOrders anonymousNet { amount }
        rejectedRows(first: 2) { nodes { lineNo reason detail raw } pageInfo { hasNextPage endCursor } } } } }`,
    ),
  );
  expect(result.data.importJobs.nodes[0]).toMatchObject({
    status: 'DONE',
    rows: 9,
    accepted: 5,
    gross: { amount: '1234.50', currency: 'EUR' },
    rejected: [
      { reason: 'NO_CUSTOMER', count: 3 },
      { reason: 'BAD_DATE', count: 1 },
    ],
    source: 'orders',
    excluded: [
      { state: 'CANCELLED', count: 2 },
      { state: 'TEST', count: 1 },
    ],
    warnings: [
      { code: 'DUPLICATE_ROWS', count: 2, amount: { amount: '7.50', currency: 'EUR' } },
      { code: 'LINES_APART', count: 1, amount: null },
    ],
    discount: { amount: '10.00' },
    tax: { amount: '20.50' },
    shipping: { amount: '4.90' },
    anonymousOrders: 3,
    anonymousNet: { amount: '30.00' },
    rejectedRowsPath: `/imports/${jobs[2]?.id}/rejects.csv`,
    rejectedRows: {
      nodes: [
        { lineNo: 2, raw: 'day3.csv;2' },
        { lineNo: 5, detail: 'no customer' },
      ],
      pageInfo: { hasNextPage: true },
    },
  });
  expect(statements).toHaveLength(3);
  const { id, rejectedRows } = result.data.importJobs.nodes[0]!;
  const next = await ask(
    key,
    'query($id: ID!, $after: String) { node(id: $id) { ... on ImportJob { rejectedRows(after: $after) { nodes { lineNo } } } } }',
    {
      id,
      after: rejectedRows.pageInfo.endCursor,
    },
  );
  expect(next.data).toEqual({ node: { rejectedRows: { nodes: [{ lineNo: 7 }, { lineNo: 8 }] } } });
});

/** A workspace with nodes of every type, and the ids of all of them. */
async function nodesOfEveryType() {
  const store = await createStore(db, [
    {
      id: 'ann',
      orders: [{ id: 'o', at: '2025-01-01T00:00:00Z', lines: [{ product: 'lamp', price: '1' }] }],
      score: {},
    },
    { id: 'bob', score: {} },
  ]);
  await db.prisma.importJob.create({
    data: { id: randomUUID(), workspaceId: store.workspaceId, fileName: 'f', source: 'orders', status: 'DONE' },
  });
  await insertCampaign(db, store.workspaceId, { variants: [{ name: 'A' }], exposures: [] });
  const key = await store.key();
  const { data } = await ask<Record<string, { nodes: { id: string }[] }> & { workspace: { id: string } }>(
    key,
    `{ workspace { id } customers { nodes { id } } products { nodes { id } } campaigns { nodes { id } }
       analysisRuns { nodes { id } } importJobs { nodes { id } } apiKeys { nodes { id } } }`,
  );
  const lists = ['customers', 'products', 'campaigns', 'analysisRuns', 'importJobs', 'apiKeys'];
  return { key, ids: [data.workspace.id, ...lists.flatMap((name) => data[name]!.nodes.map(({ id }) => id))] };
}

const typeOf = (id: string) => Buffer.from(id, 'base64').toString().split(':')[0]!;

it('finds nodes of every type again by their ids, in the order of the ids', async () => {
  const { key, ids } = await nodesOfEveryType();
  const { result, statements } = await statementsOf(() =>
    ask(key, 'query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids }),
  );
  expect(result.data).toEqual({ nodes: ids.map((id) => ({ id, __typename: typeOf(id) })) });
  expect(new Set(ids.map(typeOf))).toEqual(new Set(NODE_TYPES));
  expect(ids).toHaveLength(8);
  // Authentication, customers, run, product, campaign, import, key; the workspace came with the key.
  expect(statements).toHaveLength(7);
});

it('answers each time that a document asks for the same node, of every type', async () => {
  const { key, ids } = await nodesOfEveryType();
  const others = ids.toReversed();
  const query = `query($id: ID!, $other: ID!, $ids: [ID!]!) {
    a: node(id: $id) { ...each } b: node(id: $id) { ...each } c: node(id: $other) { ...each }
    d: nodes(ids: $ids) { ...each } e: nodes(ids: $ids) { ...each }
  } fragment each on Node { id __typename }`;
  for (const id of ids) {
    for (const other of others) {
      const [one, two] = [id, other].map((each) => ({ id: each, __typename: typeOf(each) }));
      expect(await ask(key, query, { id, other, ids: [id, other, id] })).toMatchObject({
        data: { a: one, b: one, c: two, d: [one, two, one], e: [one, two, one] },
      });
    }
  }
});

it('finds at most 100 nodes at once', async () => {
  const store = await createStore(db);
  const key = await store.key();
  const nodes = (count: number) => {
    const id = Buffer.from(`Workspace:${store.workspaceId}`).toString('base64');
    const ids = Array.from({ length: count }, () => id);
    return ask<{ nodes: unknown[] }>(key, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  };
  expect((await nodes(100)).data.nodes).toHaveLength(100);
  expect((await nodes(101)).errors).toMatchObject([
    { message: '`ids` can name 100 at most, got 101', extensions: { code: 'TOO_MANY_IDS', field: ['ids'] } },
  ]);
});

it('lists the keys of the workspace newest first, and never their hashes', async () => {
  const store = await createStore(db);
  const key = await store.key();
  await store.key(['orders:read'], 'PUBLISHABLE', ['https://shop.example']);
  await db.prisma.apiKey.updateMany({
    where: { workspaceId: store.workspaceId, kind: 'PUBLISHABLE' },
    data: { createdAt: new Date('2026-02-01') },
  });
  const { result, statements } = await statementsOf(() =>
    ask(key, '{ apiKeys { nodes { name kind scopes origins lastFour revokedAt lastUsedAt } } }'),
  );
  expect(result.data).toMatchObject({
    apiKeys: {
      nodes: [
        { kind: 'PUBLISHABLE', scopes: ['orders:read'], origins: ['https://shop.example'] },
        { kind: 'RESTRICTED', lastFour: key.slice(-4) },
      ],
    },
  });
  expect(statements).toHaveLength(2);
  expect(statements[1]).not.toContain('hash');
});
