import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../server/domain/scopes.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { insertRecommender } from '../support/recommendations.ts';
import { createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
let store: Store;
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db, { startAnalysis: async () => ({ runId: store.runId }) }).ask;
  store = await createStore(db, [
    {
      id: 'ann',
      name: 'Ann',
      email: 'ann@example.com',
      score: {},
      orders: [{ id: 'o', at: '2025-06-01T00:00:00Z', lines: [{ product: 'lamp', price: '10' }] }],
    },
  ]);
  await insertRecommender(db, store, {
    products: [{ id: 'tea' }, { id: 'pot' }],
    lists: { ann: [{ product: 'tea', because: ['pot'] }] },
    neighbors: [{ of: 'tea', kind: 'SIMILAR', products: ['pot'] }],
  });
  await insertCampaign(db, store.workspaceId, {
    variants: [{ name: 'mail' }, { name: 'control', isControl: true }],
    exposures: [{ customer: 'ann', variant: 'mail', at: '2025-12-01', segment: 'LOYAL' }],
  });
  const job = { id: randomUUID(), workspaceId: store.workspaceId, fileName: 'f.csv', source: 'orders', status: 'DONE' };
  await db.prisma.importJob.create({ data: job });
  const row = {
    importJobId: job.id,
    workspaceId: store.workspaceId,
    lineNo: 1,
    reason: 'BAD_DATE',
    detail: 'd',
    raw: 'r',
  };
  await db.prisma.rejectedRow.create({ data: row });
});
afterAll(() => db.close());

/** What each scope opens: the query works with these scopes, and not without any one of them. */
const OPENED: readonly (readonly [string, readonly Scope[]])[] = [
  ['{ customers { nodes { externalId clv { model } churn { probability } rfm { recency } } } }', ['customers:read']],
  ['{ customer(externalId: "ann") { externalId } }', ['customers:read']],
  ['{ customerDimensions { countries { value } channels { count } } }', ['customers:read']],
  ['{ customerDimensions { categories { value } } }', ['customers:read', 'products:read']],
  ['{ atRiskCustomers { totalCount } }', ['customers:read']],
  ['{ customer(externalId: "ann") { clv { run { asOf } } } }', ['customers:read', 'analytics:read']],
  ['{ customer(externalId: "ann") { orders { nodes { lines { lineNo } } } } }', ['customers:read', 'orders:read']],
  [
    '{ customer(externalId: "ann") { orders { nodes { lines { product { name } } } } } }',
    ['customers:read', 'orders:read', 'products:read'],
  ],
  ['{ products { nodes { name } } }', ['products:read']],
  ['{ clv { customers } }', ['analytics:read']],
  ['{ rfm { customers } }', ['analytics:read']],
  ['{ retentionForecast(survivors: [9, 5, 4]) { model } }', ['analytics:read']],
  ['{ analysisRun { modelReason } }', ['analytics:read']],
  ['{ customer(externalId: "ann") { forecast(horizonMonths: 6) { expectedOrderDays } } }', ['customers:read']],
  ['{ customer(externalId: "ann") { aliveHistory { orderDays } } }', ['customers:read', 'orders:read']],
  ['{ cohorts { granularity } }', ['analytics:read']],
  ['{ analysisRuns { nodes { status } } }', ['analytics:read']],
  ['{ workspace { customerCount } }', ['analytics:read']],
  ['{ workspace { publishedRun { asOf } } }', ['analytics:read']],
  ['mutation { startAnalysis(input: {}) { __typename } }', ['analyses:write']],
  ['{ importJobs { nodes { fileName rejectedRows { nodes { lineNo reason } } } } }', ['imports:read']],
  ['{ importJobs { nodes { rejectedRows { nodes { raw } } } } }', ['imports:read', 'customers:pii']],
  ['{ importJobs { nodes { rejectedRows { nodes { detail } } } } }', ['imports:read', 'customers:pii']],
  ['{ importSources { name } }', ['imports:write']],
  ['{ importProfiles { name choices { currency } } }', ['imports:write']],
  ['mutation { deleteImportProfile(input: { name: "x" }) { ... on DomainError { message } } }', ['imports:write']],
  ['mutation { startImport(input: { upload: "x" }) { ... on DomainError { message } } }', ['imports:write']],
  ['{ apiKeys { nodes { name } } }', ['keys:read']],
  [
    '{ customer(externalId: "ann") { recommendations { nodes { id reason { text } } } } }',
    ['customers:read', 'recommendations:read'],
  ],
  [
    '{ customer(externalId: "ann") { recommendations { nodes { product { name } } } } }',
    ['customers:read', 'recommendations:read', 'products:read'],
  ],
  [
    '{ customer(externalId: "ann") { recommendations { nodes { reason { products { name } } } } } }',
    ['customers:read', 'recommendations:read', 'products:read'],
  ],
  ['{ product(externalId: "tea") { price { amount } buyers } }', ['products:read']],
  ['{ product(externalId: "tea") { boughtTogether { score } } }', ['products:read', 'recommendations:read']],
  ['{ product(externalId: "tea") { similar { product { name } } } }', ['products:read', 'recommendations:read']],
  ['{ recommendationPlacements { name results { shown } } }', ['recommendations:read']],
  ['{ recommendationModel { reason recommenders { weight } } }', ['recommendations:read']],
  ['{ recommendationModel { run { asOf } } }', ['recommendations:read', 'analytics:read']],
  [
    'mutation { saveRecommendationPlacement(input: { name: "cart" }) { __typename ... on DomainError { message } } }',
    ['placements:write'],
  ],
  ['mutation { deleteRecommendationPlacement(name: "x") { ... on DomainError { message } } }', ['placements:write']],
  [
    'mutation { recordRecommendationFeedback(input: { events: [] }) { ... on DomainError { message } } }',
    ['feedback:write'],
  ],
  ['{ campaigns { nodes { name variants { name } results { evidence } } } }', ['campaigns:read']],
  ['{ campaign(name: "Spring") { uplift(by: [SEGMENT]) { groups { verdict } } } }', ['campaigns:read']],
  ['{ campaignTriggers { trigger } }', ['campaigns:read']],
  ['{ firstCampaignCohorts { customers } }', ['campaigns:read']],
  ['{ experimentDesign(input: { baseline: 0.1, effect: 0.01 }) { customersInTotal } }', ['campaigns:read']],
  ['{ nextBestCampaigns { proposals { reason } } }', ['campaigns:read']],
  ['{ customer(externalId: "ann") { campaigns { nodes { variant } } } }', ['customers:read', 'campaigns:read']],
  ['{ customer(externalId: "ann") { nextBestCampaign { kind } } }', ['customers:read', 'campaigns:read']],
  ['mutation { setGlobalHoldoutShare(share: 0) { __typename ... on DomainError { message } } }', ['campaigns:write']],
  ['mutation { stopCampaign(id: "x") { ... on DomainError { message } } }', ['campaigns:write']],
  ['mutation { startCampaign(id: "x") { ... on DomainError { message } } }', ['campaigns:write']],
  [
    'mutation { createCampaign(input: { name: "x", kind: LOYALTY, channel: EMAIL, variants: [] }) { ... on DomainError { message } } }',
    ['campaigns:write'],
  ],
  ['mutation { recordExposures(exposures: []) { ... on DomainError { message } } }', ['exposures:write']],
  ['mutation { enrolCustomers(campaign: "x", customers: []) { ... on DomainError { message } } }', ['exposures:write']],
  ['mutation { updateSettings(input: {}) { ... on SavedSettings { workspace { name } } } }', ['settings:write']],
  [
    'mutation { createApiKey(input: { name: "k", scopes: ["keys:write"] }) { ... on CreatedApiKey { key } ... on DomainError { message } } }',
    ['keys:write'],
  ],
];

it.each(OPENED)('%s needs %s', async (query, scopes) => {
  expect((await ask(await store.key(scopes), query)).errors).toBeUndefined();
  for (const missing of scopes) {
    const rest = SCOPES.filter((scope) => scope !== missing);
    const { errors } = await ask(await store.key(rest), query);
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', scopes: [missing] });
    expect(errors?.[0]?.message).toContain(missing);
  }
});

it('covers every scope', () => {
  expect(new Set(OPENED.flatMap(([, scopes]) => scopes))).toEqual(new Set(SCOPES));
});

it('refuses a root field before it reads anything', async () => {
  const key = await store.key(['keys:read']);
  const { statements } = await statementsOf(() =>
    ask(key, '{ customers { totalCount } clv { customers } products { nodes { id } } }'),
  );
  expect(statements).toHaveLength(1);
});

it('needs the scope of the type for a node, too', async () => {
  const { data } = await ask<{ customer: { id: string } }>(await store.key(), '{ customer(externalId: "ann") { id } }');
  const key = await store.key(['products:read']);
  const { errors } = await ask(
    key,
    'query($id: ID!) { node(id: $id) { ... on Customer { externalId } } }',
    data.customer,
  );
  expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', scopes: ['customers:read'] });
});

it('gives null, and no error, for names and e-mail addresses without customers:pii', async () => {
  const query = '{ customer(externalId: "ann") { externalId name email } }';
  expect(await ask(await store.key(['customers:read']), query)).toEqual({
    data: { customer: { externalId: 'ann', name: null, email: null } },
  });
  expect((await ask(await store.key(['customers:read', 'customers:pii']), query)).data).toEqual({
    customer: { externalId: 'ann', name: 'Ann', email: 'ann@example.com' },
  });
});

it('opens everything for a secret key', async () => {
  const key = await store.key([], 'SECRET');
  for (const [query] of OPENED) expect((await ask(key, query)).errors).toBeUndefined();
});
