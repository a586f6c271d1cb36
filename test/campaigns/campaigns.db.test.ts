import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallerWorkspace } from '../../server/access/caller.ts';
import { changeHoldoutShare } from '../../server/campaigns/change-holdout-share.ts';
import { createCampaign } from '../../server/campaigns/create-campaign.ts';
import { listAllCampaigns } from '../../server/campaigns/data/campaigns.ts';
import { mergeExposures } from '../../server/campaigns/data/exposure-writer.ts';
import { enrolCustomers, startCampaign } from '../../server/campaigns/enrol-customers.ts';
import { ExposureCollector } from '../../server/campaigns/exposure-collector.ts';
import { type ExposureReport, recordExposures } from '../../server/campaigns/record-exposures.ts';
import { stopCampaign } from '../../server/campaigns/stop-campaign.ts';
import type { CampaignRules } from '../../server/domain/campaigns.ts';
import { campaignId, customerId, variantId } from '../../server/domain/ids.ts';
import type { Database } from '../../server/store/database.ts';
import { inTransaction } from '../../server/store/transaction.ts';
import { workspaceNamed } from '../support/campaigns.ts';
import { freshDatabase } from '../support/database.ts';
import { type CustomerFixture, createStore, NOW } from '../support/store.ts';

let db: Database;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());

const RULES: CampaignRules = {
  name: 'Spring',
  kind: 'WIN_BACK',
  channel: 'EMAIL',
  trigger: 'BROADCAST',
  audience: {},
  control: 'VARIANT',
  stratifyBy: null,
  windowDays: 14,
  budget: null,
  costPerMessage: null,
  variants: [
    { name: 'mail', weight: 3, isControl: false },
    { name: 'control', weight: 1, isControl: true },
  ],
};

const customers = (count: number, score: CustomerFixture['score'] = {}): CustomerFixture[] =>
  Array.from({ length: count }, (_, i) => ({ id: `c${i}`, score }));

async function store(fixtures: readonly CustomerFixture[], name = randomUUID()): Promise<CallerWorkspace> {
  await createStore(db, fixtures, { name });
  return workspaceNamed(db, name);
}

const deps = () => ({ pool: db.pool, now: NOW });

async function variantsOf(workspace: CallerWorkspace): Promise<Record<string, string>> {
  const { rows } = await db.pool.query<{ customer: string; variant: string }>(
    `select c.external_id as customer, v.name as variant from campaign_exposure e join customer c on c.id = e.customer_id
     join campaign_variant v on v.id = e.variant_id where e.workspace_id = $1`,
    [workspace.id],
  );
  return Object.fromEntries(rows.map(({ customer, variant }) => [customer, variant]));
}

describe('a campaign', () => {
  it.each([
    [{ name: ' x' }, 'name', 'BAD_NAME'],
    [{ windowDays: 0 }, 'windowDays', 'BAD_WINDOW'],
    [{ budget: '-1' }, 'budget', 'BAD_AMOUNT'],
    [{ variants: [] }, 'variants', 'BAD_VARIANTS'],
    [{ variants: [RULES.variants[0]!, RULES.variants[0]!] }, 'variants', 'BAD_VARIANTS'],
    [{ variants: [{ name: 'a', weight: 0, isControl: false }] }, 'variants', 'BAD_WEIGHT'],
    [{ variants: [{ name: 'a', weight: 1, isControl: false }] }, 'control', 'BAD_CONTROL'],
    [{ control: 'NONE' as const }, 'control', 'BAD_CONTROL'],
    [{ control: 'HOLDOUT' as const, variants: [RULES.variants[0]!] }, 'control', 'BAD_CONTROL'],
    [{ audience: { countries: Array(101).fill('DE') } }, 'audience', 'BAD_AUDIENCE'],
    [{ audience: { countries: ['DE'] } }, 'countries', 'UNKNOWN_COUNTRY'],
    [{ audience: { channels: ['web'] } }, 'channels', 'UNKNOWN_CHANNEL'],
  ])('with %j is refused, naming %s', async (change, field, code) => {
    const workspace = await store([]);
    const refused = createCampaign(deps(), workspace, { ...RULES, ...change });
    await expect(refused).rejects.toMatchObject({ code, field: expect.arrayContaining([field]) });
  });

  it('has a name of its own', async () => {
    const workspace = await store([]);
    await createCampaign(deps(), workspace, RULES);
    await expect(createCampaign(deps(), workspace, RULES)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  it('with empty lists is for all customers', async () => {
    const workspace = await store(customers(20));
    const audience = { segments: [], countries: [], channels: [], bought: [], notBought: [] };
    const { id, audience: kept } = await createCampaign(deps(), workspace, { ...RULES, audience });
    expect(Object.values(kept)).toEqual([null, null, null, null, null]);
    expect((await startCampaign(deps(), workspace, id)).enrolled).toBe(20);
  });

  it('is listed with all others, newest first', async () => {
    const { id: workspaceId } = await store([]);
    const ages = Array.from({ length: 101 }, (_, day) => day);
    await db.prisma.campaign.createMany({
      data: ages.map((day) => ({
        ...{ id: randomUUID(), workspaceId, name: `c${day}`, kind: 'SEASONAL', channel: 'EMAIL', trigger: 'BROADCAST' },
        ...{ status: 'DRAFT', control: 'NONE', windowDays: 14, createdAt: new Date(Date.UTC(2025, 0, 1 + day)) },
      })),
    });
    const names = (await listAllCampaigns(db.pool, workspaceId)).map(({ name }) => name);
    expect(names).toEqual(ages.map((day) => `c${day}`).toReversed());
  });

  it('assigns its audience when it is started, in proportion to the weights, and nobody anew when it is started again', async () => {
    const workspace = await store([...customers(400), { id: 'fr', country: 'FR', score: {} }]);
    const { id } = await createCampaign(deps(), workspace, {
      ...RULES,
      audience: { segments: ['CHAMPION', 'LOYAL', 'NEW'] },
    });
    const { enrolled, campaign } = await startCampaign(deps(), workspace, id);
    expect(campaign).toMatchObject({ status: 'RUNNING', startedAt: NOW });
    const before = await variantsOf(workspace);
    expect(enrolled).toBe(Object.keys(before).length);
    const mailed = Object.values(before).filter((variant) => variant === 'mail').length;
    expect(Math.abs(mailed / enrolled - 0.75)).toBeLessThan(0.08);
    expect((await startCampaign(deps(), workspace, id)).enrolled).toBe(0);
    expect(await variantsOf(workspace)).toEqual(before);
  });

  it('balances its variants within each segment where that is asked for', async () => {
    const fixtures = [
      ...customers(60, { segment: 'LOYAL' }),
      ...customers(33, { segment: 'LOST' }).map((each) => ({ ...each, id: `l${each.id}` })),
    ];
    const workspace = await store(fixtures);
    const { id } = await createCampaign(deps(), workspace, { ...RULES, stratifyBy: 'SEGMENT' });
    await startCampaign(deps(), workspace, id);
    const variants = Object.entries(await variantsOf(workspace));
    const mailed = (prefix: string) =>
      variants.filter(([customer, variant]) => customer.startsWith(prefix) && variant === 'mail').length;
    expect(mailed('c')).toBe(45);
    expect(Math.abs(mailed('l') - 33 * 0.75)).toBeLessThan(1);
  });

  it('reaches nobody who is held out, and compares with them where they are its control group', async () => {
    const workspace = await store(customers(300));
    await changeHoldoutShare(db.pool, workspace.id, 0.2);
    const held = { ...workspace, globalHoldoutShare: 0.2 };
    const plain = await createCampaign(deps(), held, RULES);
    const { enrolled, inGlobalHoldout } = await startCampaign(deps(), held, plain.id);
    expect(enrolled + inGlobalHoldout).toBe(300);
    expect(inGlobalHoldout).toBeGreaterThan(35);
    const reached = await variantsOf(workspace);
    const { variants, id } = await createCampaign(deps(), held, {
      ...RULES,
      name: 'Held',
      control: 'HOLDOUT',
      variants: [{ name: 'mail', weight: 1, isControl: false }],
    });
    expect(variants.map(({ name, weight, isControl }) => ({ name, weight, isControl }))).toEqual([
      { name: 'mail', weight: 0.8, isControl: false },
      { name: 'holdout', weight: 0.2, isControl: true },
    ]);
    expect((await startCampaign(deps(), held, id)).enrolled).toBe(300);
    const { rows } = await db.pool.query<{ customer: string }>(
      `select c.external_id as customer from campaign_exposure e join customer c on c.id = e.customer_id
       join campaign_variant v on v.id = e.variant_id where e.workspace_id = $1 and v.name = 'holdout'`,
      [workspace.id],
    );
    expect(rows.length).toBe(inGlobalHoldout);
    expect(rows.filter(({ customer }) => customer in reached)).toEqual([]);
  });

  it('compares with the share that is held out when it starts, and does not start where nobody is', async () => {
    const workspace = { ...(await store(customers(40))), globalHoldoutShare: 0.1 };
    const { id } = await createCampaign(deps(), workspace, {
      ...RULES,
      control: 'HOLDOUT',
      variants: [{ name: 'mail', weight: 7, isControl: false }],
    });
    const none = startCampaign(deps(), { ...workspace, globalHoldoutShare: 0 }, id);
    await expect(none).rejects.toMatchObject({ code: 'BAD_CONTROL' });
    const { campaign } = await startCampaign(deps(), { ...workspace, globalHoldoutShare: 0.4 }, id);
    expect(campaign.variants.map(({ name, weight }) => [name, weight])).toEqual([
      ['mail', 0.6],
      ['holdout', 0.4],
    ]);
  });

  it('for buyers of a product that is not there is refused when it is made', async () => {
    const workspace = await store(customers(1));
    for (const audience of [{ bought: ['gold'] }, { replenishmentDue: { product: 'gold', withinDays: 7 } }]) {
      const refused = createCampaign(deps(), workspace, { ...RULES, audience });
      await expect(refused).rejects.toMatchObject({ code: 'NO_SUCH_PRODUCT' });
    }
    const many = { bought: Array.from({ length: 21 }, (_, i) => `p${i}`) };
    const refused = createCampaign(deps(), workspace, { ...RULES, audience: many });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_FILTER' });
  });

  it('that a trigger sends assigns those whose trigger fired, and returns the same when asked again', async () => {
    const workspace = await store([...customers(3, { segment: 'LOYAL' }), { id: 'lost', score: { segment: 'LOST' } }]);
    const { id } = await createCampaign(deps(), workspace, {
      ...RULES,
      trigger: 'ACTION',
      audience: { segments: ['LOYAL'] },
    });
    await expect(enrolCustomers(deps(), workspace, id, ['c0'])).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    expect((await startCampaign(deps(), workspace, id)).enrolled).toBe(0);
    const first = await enrolCustomers(deps(), workspace, id, ['c1', 'nobody', 'c0', 'lost']);
    expect(first.enrolled).toBe(2);
    expect(first.assigned.map(({ customer }) => customer)).toEqual(['c1', 'c0']);
    expect(first.rejected).toMatchObject([
      { index: 1, code: 'UNKNOWN_CUSTOMER' },
      { index: 3, code: 'NOT_IN_AUDIENCE' },
    ]);
    const again = await enrolCustomers(deps(), workspace, id, ['c1', 'c0']);
    expect(again).toEqual({ assigned: first.assigned, enrolled: 0, rejected: [] });
    await stopCampaign(deps(), workspace.id, id);
    await expect(startCampaign(deps(), workspace, id)).rejects.toMatchObject({ code: 'STOPPED' });
    await expect(stopCampaign(deps(), workspace.id, id)).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  });
});

describe('reported exposures', () => {
  const report = (change: Partial<ExposureReport> = {}): ExposureReport => ({
    campaign: 'Spring',
    customer: 'c0',
    variant: 'mail',
    step: 'SENT',
    at: new Date('2026-01-02T00:00:00Z'),
    group: null,
    priorValue: null,
    ...change,
  });

  it('are taken once, and the first time of each step counts', async () => {
    const workspace = await store(customers(1));
    await createCampaign(deps(), workspace, RULES);
    const record = (...reports: ExposureReport[]) => recordExposures(deps(), workspace.id, reports);
    expect(await record(report(), report({ step: 'OPENED', at: new Date('2026-01-03') }))).toEqual({
      recorded: 2,
      unchanged: 0,
      rejected: [],
    });
    expect(await record(report())).toEqual({ recorded: 0, unchanged: 1, rejected: [] });
    expect(await record(report({ at: new Date('2026-01-05') }))).toMatchObject({ recorded: 0, unchanged: 1 });
    expect(await record(report({ at: new Date('2026-01-01') }))).toMatchObject({ recorded: 1, unchanged: 0 });
  });

  it('that cannot be taken are named, and the others stored', async () => {
    const workspace = await store(customers(1));
    await createCampaign(deps(), workspace, RULES);
    const { recorded, rejected } = await recordExposures(deps(), workspace.id, [
      report({ campaign: 'Autumn' }),
      report({ customer: 'nobody' }),
      report({ variant: 'fax' }),
      report({ variant: null }),
      report({ at: new Date('2027-01-01') }),
      report(),
    ]);
    expect(recorded).toBe(1);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [0, 'UNKNOWN_CAMPAIGN'],
      [1, 'UNKNOWN_CUSTOMER'],
      [2, 'UNKNOWN_VARIANT'],
      [3, 'UNKNOWN_VARIANT'],
      [4, 'BAD_TIME'],
    ]);
    await expect(recordExposures(deps(), workspace.id, [])).rejects.toMatchObject({ code: 'BAD_EXPOSURES' });
  });

  it('in two variants are kept in both, marked as contaminated', async () => {
    const workspace = await store(customers(2));
    await createCampaign(deps(), workspace, RULES);
    await recordExposures(deps(), workspace.id, [report(), report({ customer: 'c1' })]);
    await recordExposures(deps(), workspace.id, [report({ variant: 'control', step: 'ASSIGNED' })]);
    const { rows } = await db.pool.query(
      `select c.external_id as customer, e.is_contaminated as marked from campaign_exposure e
       join customer c on c.id = e.customer_id where e.workspace_id = $1 order by 1, 2`,
      [workspace.id],
    );
    expect(rows).toEqual([
      { customer: 'c0', marked: true },
      { customer: 'c0', marked: true },
      { customer: 'c1', marked: false },
    ]);
  });

  it('in two variants at the same time are marked too', async () => {
    const workspace = await store(customers(1));
    await createCampaign(deps(), workspace, RULES);
    const campaign = campaignId(workspace.id, RULES.name);
    const merge = (tx: PoolClient, variant: string) => {
      const collector = new ExposureCollector();
      const key = {
        customerId: customerId(workspace.id, 'c0'),
        campaignId: campaign,
        variantId: variantId(campaign, variant),
      };
      collector.add({ ...key, times: { SENT: NOW }, group: null, givenPrior: null });
      return mergeExposures(tx, workspace.id, collector.take());
    };
    const first = await db.pool.connect();
    await first.query('begin');
    await merge(first, 'mail');
    const second = inTransaction(db.pool, (tx) => merge(tx, 'control'));
    const waiting = `select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await db.pool.query(waiting)).rows).toEqual([{ waiting: 1 }]);
    await first.query('commit');
    first.release();
    await second;
    const { rows } = await db.pool.query(
      'select is_contaminated as marked from campaign_exposure where workspace_id = $1',
      [workspace.id],
    );
    expect(rows).toEqual([{ marked: true }, { marked: true }]);
  });

  it('see the customer as of the earlier time when the assignment turns out to be earlier', async () => {
    const order = { id: 'o', at: '2026-01-05T00:00:00Z', lines: [{ price: '30' }] };
    const workspace = await store([{ id: 'c0', orders: [order] }]);
    await createCampaign(deps(), workspace, RULES);
    const prior = async () =>
      (
        await db.pool.query('select prior_revenue as prior from campaign_exposure where workspace_id = $1', [
          workspace.id,
        ])
      ).rows[0].prior;
    await recordExposures(deps(), workspace.id, [report({ step: 'OPENED', at: new Date('2026-01-08') })]);
    expect(await prior()).toBe(30);
    await recordExposures(deps(), workspace.id, [report({ at: new Date('2026-01-03') })]);
    expect(await prior()).toBe(0);
  });

  it('reach no campaign of another workspace', async () => {
    const mine = await store(customers(1));
    const other = await store(customers(1));
    await createCampaign(deps(), mine, RULES);
    const { rejected } = await recordExposures(deps(), other.id, [report()]);
    expect(rejected).toMatchObject([{ code: 'UNKNOWN_CAMPAIGN' }]);
  });
});
