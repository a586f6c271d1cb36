import { expect, it } from 'vitest';

import { readCampaignCells } from '../../server/campaigns/data/campaign-cells.ts';
import { readEffects } from '../../server/campaigns/data/campaign-effects.ts';
import { listAllCampaigns } from '../../server/campaigns/data/campaigns.ts';
import { campaignResults } from '../../server/engine/experiments/campaign-results.ts';
import type { ResultsRequest } from '../../server/engine/experiments/types.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published, simulated } from '../support/shop.ts';
import { createStore } from '../support/store.ts';

const REQUEST: ResultsRequest = {
  metric: 'MARGIN',
  windowDays: 14,
  by: ['SEGMENT'],
  covariate: 'PRIOR_REVENUE',
  winsorizeAt: null,
  withClv: false,
};

it('keeps with each run what campaigns with a control group have added by segment, as their results say', async () => {
  const db = await testDatabase();
  await load(db, testFile(simulated(360)));
  const exposed = (campaign: string, variant: (i: number) => string) =>
    Array.from({ length: 360 }, (_, i) => `${campaign},c${i},${variant(i)},sent,2026-06-01,win_back,0.25`);
  const rows = [...exposed('Half', (i) => (i % 3 === 0 ? 'control' : 'mail')), ...exposed('All', () => 'mail')];
  await load(
    db,
    testFile(['campaign,customer,variant,event,at,kind,cost per message', ...rows].join('\n')),
    'campaign',
  );
  await analyse(db);
  await analyse(db);

  const view = await published(db);
  const effects = await readEffects(db.pool, view);
  const campaign = (await listAllCampaigns(db.pool, view.workspaceId)).find(({ name }) => name === 'Half')!;
  const cells = await readCampaignCells(db.pool, view, campaign, REQUEST, { halves: false, now: new Date() });
  const { variants, groups } = campaignResults(campaign, cells, REQUEST, 'USD');
  const expected = [{ group: [null], variants }, ...groups].flatMap(({ group, variants: among }) =>
    among.flatMap(({ lift, variantId, customers }) =>
      lift === null ? [] : { variantId, segment: group[0], customers, margin: expect.closeTo(lift.absolute.value, 9) },
    ),
  );
  expect(expected.length).toBeGreaterThan(4);
  expect(effects).toHaveLength(expected.length);
  expect(effects).toEqual(expect.arrayContaining(expected.map((each) => expect.objectContaining(each))));
  for (const effect of effects) expect(effect).toMatchObject({ campaign: 'Half', kind: 'WIN_BACK', cost: 0.25 });

  const { rows: kept } = await db.pool.query('select count(distinct run_id)::int as runs from campaign_effect');
  expect(kept[0].runs).toBe(2);
  await analyse(db);
  expect((await db.pool.query('select count(distinct run_id)::int as runs from campaign_effect')).rows[0].runs).toBe(2);
  expect(await readEffects(db.pool, await createStore(db))).toEqual([]);
});
