import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, productId } from '../../server/domain/ids.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { freshDatabase } from '../support/database.ts';
import { insertRecommender } from '../support/recommendations.ts';
import { type CustomerFixture, createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

/** What belongs to the other workspace carries this in every text. */
const THEIRS = 'theirs';

const customers = (whose: string): CustomerFixture[] =>
  ['1', '2', '3'].map((n) => ({
    id: `${whose}-${n}`,
    name: `${whose} name`,
    email: `${whose}@example.com`,
    country: whose,
    score: { clv: 100, churn: 0.5, orderDays: 3, lastOrderOn: '2025-05-01' },
    orders: [
      {
        id: `${whose}-order`,
        at: '2025-06-01T00:00:00Z',
        lines: [{ product: `${whose}-product`, price: '10' }],
        refunds: [{ id: `${whose}-refund`, at: '2025-06-02T00:00:00Z', amount: '1' }],
      },
    ],
  }));

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
let ours: string;
let theirs: string;
let theirStore: Store;
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
  const ourStore = await createStore(db, customers('ours'), { name: 'ours' });
  theirStore = await createStore(db, customers(THEIRS), { name: THEIRS });
  for (const { workspaceId, runId } of [ourStore, theirStore]) {
    const whose = workspaceId === theirStore.workspaceId ? THEIRS : 'ours';
    const importJobId = randomUUID();
    await db.prisma.importJob.create({
      data: { id: importJobId, workspaceId, fileName: `${whose}.csv`, source: 'orders', status: 'DONE' },
    });
    await db.prisma.rejectedRow.create({
      data: { importJobId, workspaceId, lineNo: 1, reason: 'BAD_DATE', detail: whose, raw: whose },
    });
    await recommend(whose === THEIRS ? theirStore : ourStore, whose);
    await insertCampaign(db, workspaceId, {
      variants: [{ name: whose }],
      exposures: [{ customer: `${whose}-1`, variant: whose, at: '2025-12-01', sent: '2025-12-01', group: whose }],
    });
    await db.prisma.cohortCell.create({
      data: {
        runId,
        workspaceId,
        granularity: 'MONTH',
        cohort: new Date('2025-06-01'),
        period: 0,
        customers: 3,
        activeCustomers: 3,
        revenue: 30,
      },
    });
  }
  ours = await ourStore.key();
  theirs = await theirStore.key();
});
afterAll(() => db.close());

/** Gives a store recommendations, a placement of the same name as the other's, and feedback. */
async function recommend(store: Store, whose: string): Promise<void> {
  await insertRecommender(db, store, {
    products: ['a', 'b'].map((id) => ({ id: `${whose}-${id}`, name: whose, category: whose })),
    lists: { [`${whose}-1`]: [{ product: `${whose}-a`, because: [`${whose}-b`] }] },
    trending: { '': [`${whose}-b`], [whose]: [`${whose}-b`] },
    neighbors: [{ of: `${whose}-a`, kind: 'SIMILAR', products: [`${whose}-b`] }],
  });
  await db.prisma.recommendationPlacement.create({
    data: {
      id: randomUUID(),
      workspaceId: store.workspaceId,
      name: 'cart',
      kinds: [],
      categories: [whose],
      fallback: 'TRENDING',
      controlShare: 0,
    },
  });
  await db.prisma.recommendationFeedback.create({
    data: {
      customerId: customerId(store.workspaceId, `${whose}-1`),
      id: randomUUID(),
      workspaceId: store.workspaceId,
      runId: store.runId,
      productId: productId(store.workspaceId, `${whose}-a`),
      recommendationKind: 'CROSS_SELL',
      kind: 'SHOWN',
      placement: 'cart',
      variant: 'PERSONAL',
      at: new Date('2026-01-10'),
    },
  });
}

const EVERYTHING = `{
  workspace { id name customerCount publishedRun { id } }
  viewer { id workspace { id name } }
  customers(filter: { search: "s" }) { totalCount nodes { id externalId name email country clv { run { id } }
    recommendations(placement: "cart") { reason nodes { opaque: id product { id name } reason { text products { id name } } } }
    campaigns { nodes { variant campaign { id } } }
    orders { nodes { externalId lines { product { id externalId name } } refunds { externalId } } } } }
  atRiskCustomers { totalCount nodes { id externalId } }
  clv { customers run { id } byCountry { country customers } }
  rfm { customers run { id } }
  cohorts { run { id } cohorts { customers } }
  products { nodes { id externalId similar { product { id name } } } }
  recommendationPlacements { name categories results { shown } }
  recommendationModel { reason run { id } }
  campaigns { nodes { id name results { variants { variant assigned } } performance { variant totals { assigned } } } }
  campaign(name: "Spring") { id results(by: [GROUP]) { groups { group } } }
  campaignTriggers { totals { assigned } }
  firstCampaignCohorts { customers campaign { id } }
  nextBestCampaigns { proposals { reason } }
  analysisRuns { nodes { id } }
  importJobs { nodes { id fileName rejectedRows { nodes { detail raw } } } }
  apiKeys { nodes { id } }
}`;

type Answers = Record<string, never> & { customers: { totalCount: number }; clv: { customers: number } };

/** All opaque ids in an answer. */
const idsIn = (data: unknown): string[] =>
  [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1]!);

describe('a key of one workspace', () => {
  it('sees rows, counts and sums of its own alone, through every root field', async () => {
    const [mine, yours] = [await ask<Answers>(ours, EVERYTHING), await ask<Answers>(theirs, EVERYTHING)];
    expect(mine.errors).toBeUndefined();
    expect(JSON.stringify(mine.data)).not.toContain(THEIRS);
    expect(JSON.stringify(yours.data)).toContain(THEIRS);
    expect(mine.data).toMatchObject({
      workspace: { customerCount: 3 },
      customers: { totalCount: 3 },
      atRiskCustomers: { totalCount: 3 },
      clv: { customers: 3, byCountry: [{ country: 'ours', customers: 3 }] },
      rfm: { customers: 3 },
      cohorts: { cohorts: [{ customers: 3 }] },
      recommendationPlacements: [{ name: 'cart', results: [{ shown: 1 }] }],
      campaigns: { nodes: [{ results: { variants: [{ variant: 'ours', assigned: 1 }] } }] },
      campaignTriggers: [{ totals: { assigned: 1 } }],
      firstCampaignCohorts: [{ customers: 1 }],
    });
    const shared = idsIn(mine.data).filter((id) => idsIn(yours.data).includes(id));
    expect(shared).toEqual([]);
  });

  it('gets null for every id of another', async () => {
    const ids = [...new Set(idsIn((await ask(theirs, EVERYTHING)).data))];
    const types = new Set(ids.map((id) => Buffer.from(id, 'base64').toString().split(':')[0]));
    expect([...types].sort()).toEqual([
      'AnalysisRun',
      'ApiKey',
      'Campaign',
      'Customer',
      'ImportJob',
      'Product',
      'Workspace',
    ]);
    const { data } = await ask<{ nodes: unknown[] }>(ours, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data.nodes).toEqual(ids.map(() => null));
    for (const id of ids) {
      expect((await ask(ours, 'query($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null });
    }
  });

  it('finds no customer of another, by id, external id, search or filter', async () => {
    const { data: there } = await ask<{ customers: { nodes: { id: string }[] }; product: { id: string } }>(
      theirs,
      '{ customers { nodes { id } } product(externalId: "theirs-a") { id } }',
    );
    const { data } = await ask(
      ours,
      `query($id: ID, $productId: ID) {
        byId: customer(id: $id) { id }
        byExternalId: customer(externalId: "theirs-1") { id }
        bySearch: customers(filter: { search: "theirs" }) { totalCount nodes { id } }
        products(search: "theirs") { nodes { id } }
        product(externalId: "theirs-a") { id }
        productById: product(id: $productId) { id }
      }`,
      { id: there.customers.nodes[0]?.id, productId: there.product.id },
    );
    const nothing = { totalCount: 0, nodes: [] };
    expect(data).toEqual({
      byId: null,
      byExternalId: null,
      bySearch: nothing,
      products: { nodes: [] },
      product: null,
      productById: null,
    });
  });

  it.each(['customers(filter: { countries: ["theirs"] }) { totalCount }', 'clv(countries: ["theirs"]) { customers }'])(
    'is refused a country of theirs in %s',
    async (field) => {
      const { errors } = await ask(ours, `{ ${field} }`);
      expect(errors?.[0]?.extensions.code).toBe('UNKNOWN_COUNTRY');
      expect(errors?.[0]?.message.match(/"\w+"/g)).toEqual(['"theirs"', '"ours"']);
    },
  );

  it.each(['customers', 'atRiskCustomers', 'products', 'campaigns', 'analysisRuns', 'importJobs', 'apiKeys'])(
    'is refused a cursor of another in %s',
    async (field) => {
      const { data } = await ask<Record<string, { edges: { cursor: string }[] }>>(
        theirs,
        `{ ${field}(first: 1) { edges { cursor } } }`,
      );
      const after = data[field]?.edges[0]?.cursor;
      const { errors } = await ask(ours, `query($after: String) { ${field}(after: $after) { edges { cursor } } }`, {
        after,
      });
      expect(errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
    },
  );

  it('cannot revoke a key of another', async () => {
    const { data } = await ask<{ viewer: { id: string } }>(theirs, '{ viewer { id } }');
    const revoke = 'mutation($id: ID!) { revokeApiKey(input: { id: $id }) { __typename ... on DomainError { code } } }';
    const answer = await ask(ours, revoke, { id: data.viewer.id });
    expect(answer.data).toEqual({ revokeApiKey: { __typename: 'DomainError', code: 'KEY_NOT_FOUND' } });
    expect((await ask(theirs, '{ viewer { id } }')).errors).toBeUndefined();
  });

  it('keeps its own customers apart from those of another that have the same external id', async () => {
    const [a, b] = [
      await createStore(db, [{ id: 'same', name: 'A', score: {} }]),
      await createStore(db, [{ id: 'same', name: 'B', score: {} }]),
    ];
    const query = '{ customer(externalId: "same") { name } }';
    expect((await ask(await a.key(), query)).data).toEqual({ customer: { name: 'A' } });
    expect((await ask(await b.key(), query)).data).toEqual({ customer: { name: 'B' } });
  });
});
