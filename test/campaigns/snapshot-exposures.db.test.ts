import { expect, it } from 'vitest';

import { readMatched, type SegmentEdges } from '../../server/campaigns/data/campaign-matched.ts';
import { campaignId } from '../../server/domain/ids.ts';
import { readRfmEdges } from '../../server/scores/data/rfm-cells.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published, simulated } from '../support/shop.ts';

const CUSTOMERS = 240;
/** After the last order. */
const AS_OF = '2026-10-20';

/** Every fifth order is returned, whole or in part. */
function ordersWithRefunds(): string {
  const [header, ...rows] = simulated(CUSTOMERS).trim().split('\n');
  const returned = rows
    .filter((_, i) => i % 5 === 0)
    .map((row, i) => {
      const [customer, order, day, price, channel] = row.split(',');
      return [customer, order, day, (Number(price) / (1 + (i % 2))).toFixed(2), channel, -1].join(',');
    });
  return [`${header},quantity`, ...rows.map((row) => `${row},1`), ...returned].join('\n');
}

it('puts customers into the segments and tiers that an analysis as of that day does, whether in the campaign or not', async () => {
  const db = await testDatabase();
  await load(db, testFile(ordersWithRefunds()));
  await analyse(db, { asOf: AS_OF });
  const rows = Array.from({ length: CUSTOMERS / 2 }, (_, i) => `Letter,c${i},sent,${AS_OF}T00:00:00Z,loyalty`);
  await load(db, testFile(['campaign,customer,event,at,kind', ...rows].join('\n')), 'campaign');
  const view = await published(db);

  const { rows: exposed } = await db.pool.query(
    `select e.segment, e.tier, s.segment as expected, case when s.segment <> 'PROSPECT' then 'M' || s.monetary end as "expectedTier"
     from campaign_exposure e join customer_score s on s.customer_id = e.customer_id and s.run_id = $1`,
    [view.runId],
  );
  expect(exposed).toHaveLength(CUSTOMERS / 2);
  expect(new Set(exposed.map(({ expected }) => expected)).size).toBeGreaterThan(6);
  for (const row of exposed) {
    expect(row.segment).toBe(row.expected);
    expect(row.tier).toBe(row.expectedTier);
  }

  const { rows: others } = await db.pool.query(
    `select s.segment, 'M' || s.monetary as tier, count(*)::int as customers from customer_score s
     where s.run_id = $1 and s.segment <> 'PROSPECT'
       and not exists (select from campaign_exposure e where e.customer_id = s.customer_id)
     group by 1, 2`,
    [view.runId],
  );
  const sizes = new Map(others.map(({ segment, tier, customers }) => [`${segment}/${tier}`, customers]));
  const run = (await readRfmEdges(db.pool, view.workspaceId))!;
  const reading = await readMatched(
    db.pool,
    view,
    { id: campaignId(view.workspaceId, 'Letter') },
    { windowDays: 1, now: new Date('2026-11-01') },
    run.edges as SegmentEdges,
  );
  const strata = reading!.variants[0]!.strata;
  expect(strata.length).toBeGreaterThan(6);
  for (const { segment, tier, others: alike } of strata) {
    expect(`${segment}/${tier}: ${alike.customers}`).toBe(`${segment}/${tier}: ${sizes.get(`${segment}/${tier}`)}`);
  }
});
