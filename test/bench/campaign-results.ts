import type { Pool } from 'pg';
import { ensureWorkspace } from '../../server/access/data/workspaces.ts';
import { readCampaignCells } from '../../server/campaigns/data/campaign-cells.ts';
import type { Figures } from './figures.ts';
import { seconds, withStore } from './store.ts';

const CUSTOMERS = 1_000_000;
const ORDERS = 1_500_000;
const VARIANTS = ['control', 'a', 'b', 'c', 'd'];
const START = '2026-06-01';
const TRIES = 3;

/** Results of a campaign of a million customers in five variants, by ten segments; orders over a year, some in the windows. */
export const campaignResultsMillion = (): Promise<Figures> =>
  withStore('postgresql', async ({ pool }) => {
    const workspace = await ensureWorkspace(pool, 'bench', 'EUR');
    const campaign = await fill(pool, workspace.id);
    const read = async (by: readonly ('SEGMENT' | 'CHANNEL')[], winsorizeAt: number | null) => {
      const times: number[] = [];
      for (let i = 0; i < TRIES; i++) {
        const started = performance.now();
        const request = {
          metric: 'REVENUE',
          windowDays: 14,
          by,
          covariate: 'PRIOR_REVENUE',
          winsorizeAt,
          withClv: false,
        } as const;
        const cells = await readCampaignCells(pool, { workspaceId: workspace.id, runId: null }, campaign, request, {
          halves: false,
          now: new Date('2026-11-01'),
        });
        times.push(seconds(started));
        const counted = cells.cells.reduce((sum, { customers }) => sum + customers, 0);
        if (counted !== CUSTOMERS) throw new Error(`expected ${CUSTOMERS} customers to count, got ${counted}`);
      }
      return Math.min(...times);
    };
    return {
      customers: CUSTOMERS,
      orders: ORDERS,
      'results, s': await read([], null),
      'results by ten segments, s': await read(['SEGMENT'], null),
      'the same winsorized, s': await read(['SEGMENT'], 0.99),
    };
  });

export async function fill(pool: Pool, workspaceId: string) {
  const { rows } = await pool.query<{ id: string }>(
    `insert into campaign (id, workspace_id, name, kind, channel, trigger, status, control, window_days)
     values (gen_random_uuid(), $1, 'bench', 'SEASONAL', 'EMAIL', 'BROADCAST', 'RUNNING', 'VARIANT', 14) returning id`,
    [workspaceId],
  );
  const id = rows[0]!.id;
  const { rows: variants } = await pool.query<{ id: string }>(
    `insert into campaign_variant (id, campaign_id, workspace_id, name, position, weight, is_control)
     select gen_random_uuid(), $1, $2, name, i, 1, name = 'control' from unnest($3::text[]) with ordinality u (name, i) returning id`,
    [id, workspaceId, VARIANTS],
  );
  await pool.query(
    `insert into customer (id, workspace_id, external_id, last_active_on)
     select md5('c' || i)::uuid, $1, i::text, '2026-10-31' from generate_series(1, ${CUSTOMERS}) i`,
    [workspaceId],
  );
  await pool.query(
    `insert into "order" (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, cost, line_count)
     select md5('c' || 1 + (i::bigint * 7919) % ${CUSTOMERS})::uuid, md5('o' || i)::uuid, $1, $1, i::text,
       timestamptz '2025-11-01' + interval '1 day' * ((i::bigint * 104729) % 365), 'EUR', 5 + i % 90, case when i % 3 > 0 then 3 + i % 40 end, 1
     from generate_series(1, ${ORDERS}) i`,
    [workspaceId],
  );
  await pool.query(
    `insert into refund (customer_id, id, workspace_id, import_job_id, external_id, order_id, refunded_at, currency, amount)
     select customer_id, id, workspace_id, import_job_id, external_id, id, placed_at + interval '5 days', currency, amount / 2
     from "order" where right(external_id, 2) = '00'`,
  );
  await pool.query(
    `insert into campaign_exposure (customer_id, campaign_id, variant_id, workspace_id, assigned_at, sent_at, delivered_at, opened_at,
       clicked_at, segment, tier, channel, country, prior_revenue)
     select md5('c' || i)::uuid, $1, ($2::uuid[])[1 + i % 5], $3, at, at, at, case when i % 3 = 0 then at end,
       case when i % 17 = 0 then at end, 'SEGMENT_' || i % 10, 'M' || 1 + i % 4, 'Channel ' || i % 5, 'DE', (i % 97)::float8
     from generate_series(1, ${CUSTOMERS}) i, lateral (select timestamptz '${START}' + interval '1 hour' * (i % 240) as at) t`,
    [id, variants.map((variant) => variant.id), workspaceId],
  );
  await pool.query(`update workspace set orders_until = '2026-10-31' where id = $1`, [workspaceId]);
  await pool.query('vacuum analyze');
  return { id, variants };
}
