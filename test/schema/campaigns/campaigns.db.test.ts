import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../server/domain/scopes.ts';
import type { Database } from '../../../server/store/database.ts';
import { insertCampaign } from '../../support/campaigns.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let surface: ReturnType<typeof testSurface>;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  surface = testSurface(db);
  ask = surface.ask;
});
afterAll(() => db.close());

const SCOPES: Scope[] = ['campaigns:read', 'campaigns:write', 'exposures:write', 'customers:read'];

/** So many customers a variant, of whom so many order for so much within the window; another tenth only after it. */
const shop = (variant: string, customers: number, buyers: number, price: string): CustomerFixture[] =>
  Array.from({ length: customers }, (_, i) => ({
    id: `${variant}-${i}`,
    orders: [
      ...(i < buyers ? [{ id: `${variant}${i}`, at: '2025-12-03', lines: [{ price }] }] : []),
      ...(i % 10 === 9 ? [{ id: `late${variant}${i}`, at: '2025-12-30', lines: [{ price: '500' }] }] : []),
    ],
  }));

const exposures = (variant: string, customers: number, isSent: boolean) =>
  Array.from({ length: customers }, (_, i) => ({
    customer: `${variant}-${i}`,
    variant,
    at: '2025-12-01',
    ...(isSent ? { sent: '2025-12-01', ...(i % 2 === 0 ? { opened: '2025-12-01' } : {}) } : {}),
    segment: i % 3 === 0 ? 'LOYAL' : 'LOST',
  }));

const RESULTS = `evidence winner isCausal windowDays observedUntil covariate correction sampleRatio { isMismatch variants { variant observed expected } }
  variants { variant isControl assigned customers open steps { sent { count } opened { share { value } } converted { count } } orders revenue { amount }
    averageOrderValue { amount } lift { metric absolute { value interval { low high } } pValue } probabilityBest
    incremental { orders { value } revenue { value { amount } } cost { amount } costPerOrder { amount } } }`;

describe('the results of a campaign', () => {
  it('are what its customers ordered within the window, against its control group', async () => {
    const store = await createStore(db, [...shop('mail', 120, 60, '20'), ...shop('none', 120, 20, '20')]);
    await insertCampaign(db, store.workspaceId, {
      variants: [{ name: 'mail' }, { name: 'none', isControl: true }, { name: 'empty' }],
      costPerMessage: '0.5',
      exposures: [...exposures('mail', 120, true), ...exposures('none', 120, false)],
    });
    await db.prisma.campaignVariant.updateMany({ where: { workspaceId: store.workspaceId }, data: { weight: null } });
    const { data, errors } = await ask<{ campaign: { results: { variants: { lift: { pValue: number } }[] } } }>(
      await store.key(SCOPES),
      `{ campaign(name: "Spring") { results { ${RESULTS} groups { group } } bySegment: results(by: [SEGMENT], metric: CONVERSION) { groups { group variants { customers } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.campaign).toMatchObject({
      results: {
        evidence: 'BETTER',
        winner: 'mail',
        isCausal: true,
        windowDays: 14,
        covariate: 'NONE',
        sampleRatio: null,
        groups: [],
        variants: [
          {
            variant: 'mail',
            customers: 120,
            steps: { sent: { count: 120 }, opened: { share: { value: 0.5 } }, converted: { count: 60 } },
            orders: 60,
            revenue: { amount: '1200.00' },
            averageOrderValue: { amount: '20.00' },
            lift: { metric: 'REVENUE', absolute: { value: expect.closeTo(10 - 20 / 6, 6) } },
            incremental: {
              orders: { value: expect.closeTo(40, 6) },
              cost: { amount: '60.00' },
              costPerOrder: { amount: '1.50' },
            },
          },
          { variant: 'none', isControl: true, lift: null, incremental: null, revenue: { amount: '400.00' } },
          { variant: 'empty', assigned: 0, customers: 0, lift: null, averageOrderValue: null, probabilityBest: null },
        ],
      },
      bySegment: { groups: [{ group: ['LOST'] }, { group: ['LOYAL'] }] },
    });
    expect(data.campaign.results.variants[0]!.lift.pValue).toBeLessThan(1e-6);
  });

  it('count nobody whose window is not over, and say so', async () => {
    const store = await createStore(db, shop('mail', 3, 1, '20'));
    await insertCampaign(db, store.workspaceId, {
      windowDays: 60,
      variants: [{ name: 'mail' }, { name: 'none', isControl: true }],
      exposures: exposures('mail', 3, true),
    });
    const { data } = await ask(await store.key(SCOPES), `{ campaign(name: "Spring") { results { ${RESULTS} } } }`);
    expect(data).toMatchObject({
      campaign: { results: { evidence: 'NO_DATA', variants: [{ open: 3, customers: 0 }, { assigned: 0 }] } },
    });
  });

  it('without a control group are called not causal, and nothing is compared', async () => {
    const store = await createStore(db, shop('mail', 120, 60, '20'));
    await insertCampaign(db, store.workspaceId, {
      variants: [{ name: 'mail' }],
      exposures: exposures('mail', 120, true),
    });
    const key = await store.key(SCOPES);
    const { data } = await ask(key, `{ campaign(name: "Spring") { results { ${RESULTS} evidenceText } } }`);
    expect(data).toMatchObject({
      campaign: {
        results: {
          evidence: 'NOT_CAUSAL',
          isCausal: false,
          evidenceText: expect.stringContaining('120 customers'),
          variants: [{ lift: null, incremental: null }],
        },
      },
    });
    const { data: compared } = await ask(
      key,
      '{ campaign(name: "Spring") { withoutControl { beforeAndAfter { variant customers before { amount } after { amount } change { difference { value { amount } } pValue } } matched { matchedShare } } } }',
    );
    expect(compared).toMatchObject({
      campaign: {
        withoutControl: {
          beforeAndAfter: [
            {
              variant: 'mail',
              customers: 120,
              before: { amount: '0.00' },
              after: { amount: '10.00' },
              change: { difference: { value: { amount: '10.00' } } },
            },
          ],
        },
      },
    });
    const { errors } = await ask(key, '{ campaign(name: "Spring") { uplift(by: [SEGMENT]) { groups { verdict } } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NO_CONTROL' });
  });

  it.each([
    ['windowDays: 0', 'BAD_WINDOW'],
    ['winsorizeAt: 1', 'BAD_QUANTILE'],
    ['by: [SEGMENT, TIER, COUNTRY]', 'BAD_DIMENSIONS'],
  ])('are refused for %s', async (args, code) => {
    const store = await createStore(db);
    await insertCampaign(db, store.workspaceId, { variants: [{ name: 'mail' }] });
    const { errors } = await ask(
      await store.key(SCOPES),
      `{ campaign(name: "Spring") { results(${args}) { evidence } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});

describe('a campaign from its draft to its results', () => {
  it('is the same by its name, by its id, in the list and below a customer', async () => {
    const store = await createStore(db, [{ id: 'ann', score: {} }]);
    const { id } = await insertCampaign(db, store.workspaceId, {
      variants: [{ name: 'mail' }, { name: 'none', isControl: true }],
      exposures: [{ customer: 'ann', variant: 'mail', at: '2025-12-01' }],
    });
    await db.prisma.campaign.update({
      where: { id },
      data: { budget: '1000.5', costPerMessage: '0.0001', audience: { segments: ['LOYAL'] }, stratifyBy: 'TIER' },
    });
    const { data, errors } = await ask<{ byName: object }>(
      await store.key(SCOPES),
      `query($id: ID!) {
        byName: campaign(name: "Spring") { ...all } byId: node(id: $id) { ...all } list: campaigns(first: 1) { nodes { ...all } }
        below: customer(externalId: "ann") { campaigns(first: 1) { nodes { campaign { ...all } } } }
      } fragment all on Campaign {
        id name kind channel trigger status audience { segments } control stratifyBy windowDays budget { amount } costPerMessage { amount }
        variants { name weight isControl } results { evidence variants { variant assigned } } performance { variant totals { assigned } }
        withoutControl { beforeAndAfter { variant } }
      }`,
      { id: Buffer.from(`Campaign:${id}`).toString('base64') },
    );
    expect(errors).toBeUndefined();
    expect(data.byName).toMatchObject({
      audience: { segments: ['LOYAL'] },
      stratifyBy: 'TIER',
      budget: { amount: '1000.50' },
      costPerMessage: { amount: '0.0001' },
      variants: [{ name: 'mail' }, { name: 'none', isControl: true }],
      results: { variants: [{ variant: 'mail', assigned: 1 }, { assigned: 0 }] },
    });
    expect(data).toEqual({
      byName: data.byName,
      byId: data.byName,
      list: { nodes: [data.byName] },
      below: { campaigns: { nodes: [{ campaign: data.byName }] } },
    });
  });

  it('is created, started, reported and read by partners', async () => {
    const store = await createStore(
      db,
      Array.from({ length: 40 }, (_, i) => ({ id: `c${i}`, score: { segment: 'LOYAL' as const } })),
    );
    const key = await store.key(SCOPES);
    const { data: created } = await ask<{ createCampaign: { campaign: { id: string } } }>(
      key,
      `mutation { createCampaign(input: { name: "Autumn", kind: LOYALTY, channel: PUSH, audience: { segments: [LOYAL] }, budget: "100",
         stratifyBy: SEGMENT, variants: [{ name: "a" }, { name: "b" }, { name: "none", weight: 2, isControl: true }] }) {
         ... on SavedCampaign { campaign { id status audience { segments } budget { amount currency } variants { name weight isControl } } } } }`,
    );
    expect(created.createCampaign.campaign).toMatchObject({
      status: 'DRAFT',
      audience: { segments: ['LOYAL'] },
      budget: { amount: '100.00', currency: 'EUR' },
    });
    const { id } = created.createCampaign.campaign;
    const started = await ask(
      key,
      'mutation($id: ID!) { startCampaign(id: $id) { ... on StartedCampaign { enrolled inGlobalHoldout campaign { status } } } }',
      { id },
    );
    expect(started.data).toEqual({
      startCampaign: { enrolled: 40, inGlobalHoldout: 0, campaign: { status: 'RUNNING' } },
    });
    const { data } = await ask(
      key,
      'query($id: ID!) { node(id: $id) { ... on Campaign { results { variants { variant assigned } sampleRatio { isMismatch } } } } customer(externalId: "c0") { campaigns { nodes { campaign { name } variant assignedAt sentAt } } } }',
      { id },
    );
    expect(data).toMatchObject({
      node: {
        results: {
          variants: [
            { variant: 'a', assigned: 10 },
            { variant: 'b', assigned: 10 },
            { variant: 'none', assigned: 20 },
          ],
          sampleRatio: { isMismatch: false },
        },
      },
      customer: { campaigns: { nodes: [{ campaign: { name: 'Autumn' }, sentAt: null }] } },
    });
    const { data: members } = await ask<{ customers: { totalCount: number } }>(
      key,
      '{ customers(filter: { campaign: { name: "Autumn", variant: "b" } }) { totalCount } }',
    );
    expect(members).toEqual({ customers: { totalCount: 10 } });
    const { data: list } = await ask(
      key,
      '{ campaigns(filter: { kinds: [LOYALTY], channels: [PUSH] }) { nodes { name } } none: campaigns(filter: { statuses: [DRAFT] }) { nodes { name } } }',
    );
    expect(list).toEqual({ campaigns: { nodes: [{ name: 'Autumn' }] }, none: { nodes: [] } });
  });

  it('is refused with the field at fault', async () => {
    const store = await createStore(db);
    const { data } = await ask(
      await store.key(SCOPES),
      'mutation { createCampaign(input: { name: "x", kind: LOYALTY, channel: EMAIL, variants: [{ name: "a" }] }) { ... on DomainError { code field message } } }',
    );
    expect(data).toMatchObject({ createCampaign: { code: 'BAD_CONTROL', field: ['control'] } });
  });
});

it('plans an experiment, with the share that is expected to order anyway where no baseline is given', async () => {
  const store = await createStore(
    db,
    Array.from({ length: 30 }, (_, i) => ({ id: `c${i}`, score: { churn: 0.5 } })),
  );
  const key = await store.key(SCOPES);
  const { data } = await ask<{ experimentDesign: { baseline: number; customersPerVariant: number[] } }>(
    key,
    '{ experimentDesign(input: { relativeEffect: 0.1, windowDays: 90 }) { baseline customers customersPerVariant customersInTotal power totalDays } }',
  );
  expect(data.experimentDesign).toMatchObject({ baseline: 0.5, customers: 30, totalDays: 90 });
  const told = await ask<{ experimentDesign: { customersPerVariant: number[] } }>(
    key,
    '{ experimentDesign(input: { baseline: 0.1, effect: 0.01 }) { customersPerVariant } }',
  );
  // The textbook's answer for 10% against 11%.
  expect(told.data.experimentDesign.customersPerVariant[0]).toBeGreaterThan(14_700);
  expect(told.data.experimentDesign.customersPerVariant[0]).toBeLessThan(14_800);
  const { errors } = await ask(key, '{ experimentDesign(input: { baseline: 2, effect: 0.01 }) { power } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_DESIGN', field: ['baseline'] });
});

describe('a subscription', () => {
  const subscribe = async (key: string, query: string) =>
    surface.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });

  /** The data of the next event. */
  async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      text += new TextDecoder().decode(value);
      const data = /data: (\{.*\})\n/.exec(text)?.[1];
      if (data !== undefined || done) return data ?? text;
    }
  }

  it('sends the results at once, and again when something is reported', async () => {
    const store = await createStore(db, [{ id: 'ann' }, { id: 'bob' }]);
    const { id } = await insertCampaign(db, store.workspaceId, { variants: [{ name: 'mail' }] });
    const key = await store.key(SCOPES);
    const global = Buffer.from(`Campaign:${id}`).toString('base64');
    const response = await subscribe(
      key,
      `subscription { campaignResults(campaign: "${global}") { variants { assigned } } }`,
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.getReader();
    expect(JSON.parse(await next(reader))).toEqual({ data: { campaignResults: { variants: [{ assigned: 0 }] } } });
    await ask(
      key,
      'mutation { recordExposures(exposures: [{ campaign: "Spring", customer: "ann", step: SENT, at: "2026-01-02T00:00:00Z" }]) { ... on RecordedExposures { recorded } } }',
    );
    expect(JSON.parse(await next(reader))).toEqual({ data: { campaignResults: { variants: [{ assigned: 1 }] } } });
    await reader.cancel();
  });

  it('is refused without the scope, for a campaign of another workspace, and where it would cost too much', async () => {
    const [mine, other] = [await createStore(db), await createStore(db)];
    const { id } = await insertCampaign(db, other.workspaceId, { variants: [{ name: 'mail' }] });
    const query = `subscription { campaignResults(campaign: "${Buffer.from(`Campaign:${id}`).toString('base64')}") { evidence } }`;
    const codeOf = async (key: string, text: string) => {
      const body = await (await subscribe(key, text)).text();
      return JSON.parse(/\{.*\}/.exec(body)![0]).errors[0].extensions.code;
    };
    expect(await codeOf(await other.key(['customers:read']), query)).toBe('FORBIDDEN');
    expect(await codeOf(await mine.key(SCOPES), query)).toBe('NO_SUCH_CAMPAIGN');
    const wrong = `subscription { campaignResults(campaign: "${randomUUID()}") { evidence } }`;
    expect(await codeOf(await mine.key(SCOPES), wrong)).toBe('BAD_ID');
  });
});
