import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { schema } from '../../schema/schema.ts';
import { campaignId } from '../../server/domain/ids.ts';
import type { Database } from '../../server/store/database.ts';
import { insertCampaign } from '../support/campaigns.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { insertRecommender } from '../support/recommendations.ts';
import { createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';
import { testUploads } from '../support/uploads.ts';

let db: Database;
let store: Store;
let key: string;
let spareKeyId: string;
let recommendationId: string;
let upload: string;
let ask: ReturnType<typeof testSurface>['ask'];
const id = (type: string, value: string) => Buffer.from(`${type}:${value}`).toString('base64');

/** Statements of each root field with everything below it, one of them for authentication. */
const STATEMENTS: readonly (readonly [string, number, () => string])[] = [
  ['viewer', 1, () => '{ viewer { id name kind scopes lastFour workspace { id name currency } } }'],
  ['workspace', 3, () => '{ workspace { name customerCount publishedRun { fits { model parameters { value } } } } }'],
  [
    'node',
    2,
    () => `{ node(id: "${id('AnalysisRun', store.runId)}") { ... on AnalysisRun { status fits { model } } } }`,
  ],
  [
    'nodes',
    2,
    () =>
      `{ nodes(ids: ["${id('AnalysisRun', store.runId)}", "${id('AnalysisRun', randomUUID())}", "${id('Workspace', store.workspaceId)}"]) { id } }`,
  ],
  ['customerDimensions', 2, () => '{ customerDimensions { countries { value count } categories { value } } }'],
  ['customer', 11, () => `{ customer(externalId: "ann") { name ${BELOW} } }`],
  [
    'customers',
    11,
    () => `{ customers { totalCount pageInfo { hasNextPage hasPreviousPage } nodes { name ${BELOW} } } }`,
  ],
  ['atRiskCustomers', 11, () => `{ atRiskCustomers { totalCount edges { cursor node { name ${BELOW} } } } }`],
  [
    'clv',
    3,
    () =>
      '{ clv { run { asOf fits { model } models { model } } spend { model } customers curve { horizon } distribution { from } bySegment { share } byCohort { share } byCountry { share } } }',
  ],
  ['retentionForecast', 1, () => '{ retentionForecast(survivors: [1000, 631, 468]) { model survival } }'],
  ['rfm', 3, () => '{ rfm { run { asOf } customers segments { share } grid { customers } } }'],
  ['cohorts', 3, () => '{ cohorts { run { asOf } cohorts { periods { retention } } } }'],
  ['products', 2, () => '{ products { edges { cursor node { name category } } } }'],
  [
    'product',
    3,
    () =>
      '{ product(externalId: "tea") { name price { amount } buyers boughtTogether { product { name price { amount } } } similar { score } } }',
  ],
  ['recommendationPlacements', 3, () => '{ recommendationPlacements { name kinds results { shown orderRate } } }'],
  [
    'recommendationModel',
    3,
    () => '{ recommendationModel { run { asOf } reason blend { recall } recommenders { figures { ndcg } } } }',
  ],
  [
    'saveRecommendationPlacement',
    2,
    () =>
      'mutation { saveRecommendationPlacement(input: { name: "mail" }) { ... on SavedRecommendationPlacement { placement { name } } } }',
  ],
  [
    'deleteRecommendationPlacement',
    2,
    () => 'mutation { deleteRecommendationPlacement(name: "mail") { ... on DeletedRecommendationPlacement { name } } }',
  ],
  [
    'recordRecommendationFeedback',
    3,
    () =>
      `mutation { recordRecommendationFeedback(input: { events: [{ recommendation: "${recommendationId}", kind: SHOWN }] }) { ... on RecordedFeedback { recorded } } }`,
  ],
  [
    'campaigns',
    3,
    () =>
      '{ campaigns { nodes { name kind audience { segments } variants { name weight } costPerMessage { amount } performance { variant } } } }',
  ],
  ['campaign', 5, () => `{ campaign(name: "Spring") { name ${RESULTS} performance { startsOn totals { orders } } } }`],
  ['campaignTriggers', 2, () => '{ campaignTriggers { trigger campaigns totals { steps { sent { count } } } } }'],
  ['firstCampaignCohorts', 3, () => '{ firstCampaignCohorts { campaign { name } customers after { days } } }'],
  ['experimentDesign', 2, () => '{ experimentDesign(input: { relativeEffect: 0.1 }) { customersInTotal power } }'],
  ['nextBestCampaigns', 2, () => '{ nextBestCampaigns { proposals { segment kind reason } cost { amount } } }'],
  [
    'createCampaign',
    5,
    () =>
      'mutation { createCampaign(input: { name: "New", kind: LOYALTY, channel: EMAIL, control: NONE, variants: [{ name: "a" }] }) { ... on SavedCampaign { campaign { name } } } }',
  ],
  [
    'startCampaign',
    13,
    () =>
      `mutation { startCampaign(id: "${id('Campaign', campaignId(store.workspaceId, 'New'))}") { ... on StartedCampaign { enrolled } } }`,
  ],
  [
    'enrolCustomers',
    8,
    () =>
      `mutation { enrolCustomers(campaign: "${id('Campaign', campaignId(store.workspaceId, 'New'))}", customers: ["ann"]) { ... on EnrolledCustomers { assigned { variant } } } }`,
  ],
  [
    'recordExposures',
    11,
    () =>
      'mutation { recordExposures(exposures: [{ campaign: "New", customer: "ann", step: SENT, at: "2026-01-10T00:00:00Z" }]) { ... on RecordedExposures { recorded } } }',
  ],
  [
    'stopCampaign',
    3,
    () =>
      `mutation { stopCampaign(id: "${id('Campaign', campaignId(store.workspaceId, 'New'))}") { ... on SavedCampaign { campaign { status } } } }`,
  ],
  [
    'setGlobalHoldoutShare',
    2,
    () => 'mutation { setGlobalHoldoutShare(share: 0) { ... on SavedGlobalHoldout { globalHoldoutShare } } }',
  ],
  [
    'updateSettings',
    6,
    () =>
      'mutation { updateSettings(input: { timeZone: "Europe/Berlin" }) { ... on SavedSettings { workspace { marginRate timeZone } } } }',
  ],
  [
    'analysisRun',
    3,
    () =>
      '{ analysisRun { models { model isChosen } backtest { coverage { customers { held } } results { crps calibration { meanActual } } } formulas { name } covariates { isUsed } } }',
  ],
  ['analysisRuns', 2, () => '{ analysisRuns { nodes { status fits { model parameters { value } } } } }'],
  [
    'importJobs',
    3,
    () => '{ importJobs { nodes { fileName gross { amount } rejected { count } rejectedRows { nodes { raw } } } } }',
  ],
  ['importSources', 1, () => '{ importSources { name title holds } }'],
  [
    'importPreview',
    5,
    () =>
      `{ importPreview(upload: "${upload}") { header rows columns { header } refusal { code } report { orders net { amount } warnings { code } } } }`,
  ],
  ['importProfiles', 2, () => '{ importProfiles { name source updatedAt } }'],
  [
    'deleteImportProfile',
    2,
    () => 'mutation { deleteImportProfile(input: { name: "shop" }) { ... on DeletedImportProfile { name } } }',
  ],
  [
    'startImport',
    2,
    () => `mutation { startImport(input: { upload: "${upload}" }) { ... on StartedImport { job { status } } } }`,
  ],
  ['apiKeys', 2, () => '{ apiKeys { nodes { name scopes } } }'],
  [
    'createApiKey',
    3,
    () =>
      'mutation { createApiKey(input: { name: "k", scopes: ["orders:read"] }) { ... on CreatedApiKey { key apiKey { name } } } }',
  ],
  [
    'revokeApiKey',
    4,
    () =>
      `mutation { revokeApiKey(input: { id: "${id('ApiKey', spareKeyId)}" }) { ... on RevokedApiKey { apiKey { revokedAt } } } }`,
  ],
  [
    'startAnalysis',
    2,
    () => 'mutation { startAnalysis(input: {}) { ... on StartedAnalysis { run { status fits { model } } } } }',
  ],
];

const RESULTS =
  'results(by: [SEGMENT]) { evidence variants { lift { pValue } } groups { group } } uplift(by: [SEGMENT]) { groups { verdict } }';

/** The run with its fits, order days, recommendations, exposures, campaigns, plan, orders, lines with products, refunds. */
const BELOW = `email clv { value { amount } interval { p10 { amount } } measuredCoverage model run { asOf } } churn { probability actBefore }
  clvChange { recency { amount } } aliveHistory { orderDays } forecast(horizonMonths: 6) { value { amount } } rfm { recency } netRevenue { amount }
  recommendations(placement: "cart") { nodes { product { name price { amount } buyers } reason { text products { name } } } }
  campaigns(first: 5) { nodes { variant sentAt campaign { name } } } nextBestCampaign { kind reason }
  orders(first: 5) { nodes { externalId lines { amount { amount } product { name } } refunds { externalId } } }`;

describe.each(['postgresql', 'embedded'] as const)('on %s', (engine) => {
  beforeAll(async () => {
    db = await freshDatabase(engine);
    const orders = [{ id: 'o', at: '2025-06-01T00:00:00Z', lines: [{ product: 'lamp', price: '10' }] }];
    store = await createStore(
      db,
      ['ann', 'bob', 'cem'].map((id) => ({ id, score: { orderDays: 3, lastOrderOn: '2025-05-01' }, orders })),
    );
    const jobs = [randomUUID(), randomUUID()] as const;
    for (const job of jobs) {
      await db.prisma.importJob.create({
        data: { id: job, workspaceId: store.workspaceId, fileName: 'a.csv', source: 'orders', status: 'DONE' },
      });
    }
    await store.key();
    spareKeyId = (await db.prisma.apiKey.findFirstOrThrow({ where: { workspaceId: store.workspaceId } })).id;
    key = await store.key();
    const { uploads, end } = await testUploads();
    ask = testSurface(db, {
      // What runs on behind an answer is not counted.
      uploads: { ...uploads, importOnce: async () => jobs[0] },
      startAnalysis: async () => ({ runId: store.runId }),
    }).ask;
    const body = 'customer,order,placed at,unit price\nann,1,2026-01-02,4.50\n';
    const sent = new Request('http://api.test/uploads', { method: 'POST', body });
    upload = (await uploads.keep(sent, { workspaceId: store.workspaceId, name: 'orders.csv' })).id;
    await insertRecommender(db, store, {
      products: [{ id: 'tea' }, { id: 'pot' }],
      lists: Object.fromEntries(['ann', 'bob', 'cem'].map((id) => [id, [{ product: 'tea', because: ['pot'] }]])),
      trending: { '': ['pot'] },
      neighbors: [
        { of: 'tea', kind: 'BOUGHT_TOGETHER', products: ['pot'] },
        { of: 'tea', kind: 'SIMILAR', products: ['pot'] },
      ],
    });
    await insertCampaign(db, store.workspaceId, {
      variants: [{ name: 'mail' }, { name: 'control', isControl: true }],
      exposures: [
        { customer: 'ann', variant: 'mail', at: '2025-12-01', sent: '2025-12-01', segment: 'LOYAL' },
        { customer: 'bob', variant: 'control', at: '2025-12-01', segment: 'LOYAL' },
      ],
    });
    const { data } = await ask<{ customer: { recommendations: { nodes: { id: string }[] } } }>(
      key,
      '{ customer(externalId: "ann") { recommendations { nodes { id } } } }',
    );
    recommendationId = data.customer.recommendations.nodes[0]!.id;
    await db.prisma.importProfile.create({
      data: { workspaceId: store.workspaceId, name: 'shop', source: 'orders', choices: {} },
    });
    await ask(key, 'mutation { saveRecommendationPlacement(input: { name: "cart" }) { __typename } }');
    return end;
  });
  afterAll(() => db.close());

  it.each(STATEMENTS)('%s takes %i statements', async (_field, count, query) => {
    const { result, statements } = await statementsOf(() => ask(key, query()));
    expect(result.errors).toBeUndefined();
    expect(statements.length).toBe(count);
  });
});

it('are counted for every root field', () => {
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(STATEMENTS.map(([field]) => field).sort()).toEqual(fields.sort());
});
