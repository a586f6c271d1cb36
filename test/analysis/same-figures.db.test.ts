import { expect, it } from 'vitest';

import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { startAnalysis } from '../../server/analysis/run-analysis.ts';
import { sampleOrderDays } from '../../server/customers/data/order-days.ts';
import { workspaceId } from '../../server/domain/ids.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';
import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { simulated } from '../support/shop.ts';

/** A shop's file with other ids of customers and orders, in another order of rows. */
function renamed(csv: string): string {
  const [header, ...rows] = csv.trim().split('\n');
  const random = createRandom(7);
  const places = new Map(rows.map((row) => [row, random.uniform()]));
  const others = rows.toSorted((a, b) => places.get(a)! - places.get(b)!);
  return [header, ...others.map((row) => row.replace(/^c(\d+),/, 'new-$1-id,').replace(/,(\d+-\d+),/, ',N$1,'))].join(
    '\n',
  );
}

it('an analysis does not depend on ids, the order of rows or the name of the workspace', async () => {
  const { pool } = await testDatabase();
  const csv = simulated(400);
  const reportOf = async (workspace: string, text: string) => {
    await importFile(pool, { workspace, path: testFile(text), formats: formatsNamed('orders') });
    const covariates = ['channel'] as const;
    await (await startAnalysis(pool, await findWorkspace(pool, workspace), { covariates })).done;
    const id = workspaceId(workspace);
    const rows = async (sql: string) => {
      const { rows } = await pool.query<{ row: object }>(sql, [id]);
      return rows.map(({ row }) => row).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    };
    return {
      run: await rows(
        `select to_jsonb(r) - '{finished_at,heartbeat_at,id,started_at,workspace_id}'::text[] as row from analysis_run r where workspace_id = $1`,
      ),
      fits: await rows(
        `select to_jsonb(f) - '{run_id,workspace_id}'::text[] as row from model_fit f where workspace_id = $1`,
      ),
      backtests: await rows(
        `select to_jsonb(b) - '{run_id,workspace_id}'::text[] as row from backtest b where workspace_id = $1`,
      ),
      scores: await rows(
        `select to_jsonb(s) - '{customer_id,run_id,stratum,workspace_id}'::text[] as row from customer_score s where workspace_id = $1`,
      ),
      cells: await rows(
        `select to_jsonb(c) - '{id,run_id,workspace_id}'::text[] as row from score_cell c where workspace_id = $1`,
      ),
      // Of half of the customers, as a backtest takes them of a large base.
      sample: (await sampleOrderDays(pool, id, '2026-10-01', 200)).map(({ days }) => days.join()).sort(),
    };
  };
  const [first, second] = [await reportOf('one', csv), await reportOf('another', renamed(csv))];
  for (const part of Object.keys(first) as (keyof typeof first)[]) expect(second[part], part).toEqual(first[part]);
});
