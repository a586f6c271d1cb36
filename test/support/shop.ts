import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { startAnalysis } from '../../server/analysis/run-analysis.ts';
import type { AnalysisInput } from '../../server/analysis/settle-analysis.ts';
import { SEGMENT_NAME } from '../../server/domain/segments.ts';
import { mbgNbd } from '../../server/engine/models/mbg-nbd.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';
import { formatsNamed, type ImportFormatName } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { readRfmCells } from '../../server/scores/data/rfm-cells.ts';
import type { Database } from '../../server/store/database.ts';

export const load = ({ pool }: Database, path: string, name: ImportFormatName = 'orders') =>
  importFile(pool, { workspace: 'shop', path, formats: formatsNamed(name) });

export async function analyse({ pool }: Database, input: AnalysisInput = {}) {
  const { done } = await startAnalysis(pool, await findWorkspace(pool, 'shop'), input);
  return done;
}

/** What readers of the shop see. */
export const published = async ({ pool }: Database) => {
  const { id, publishedRunId } = await findWorkspace(pool, 'shop');
  return { workspaceId: id, runId: publishedRunId };
};

/** Customers by the name of their segment, without empty segments. */
export async function segments(db: Database): Promise<Record<string, number>> {
  const { segments } = await readRfmCells(db.pool, await published(db));
  return Object.fromEntries(
    segments
      .filter(({ customers }) => customers > 0)
      .map(({ segment, customers }) => [SEGMENT_NAME[segment], customers]),
  );
}

export const HEADER = 'customer,order,placed at,unit price';

const WEEK_MS = 7 * 86_400_000;

/**
 * A shop's orders as MBG/NBD and Gamma-Gamma would have them, of 40 weeks from 2026-01-01 on.
 * @param pace Factor on the purchase rate of the customers whose channel is Search; the others came by Newsletter.
 */
export function simulated(customers: number, pace = 1): string {
  const random = createRandom(1);
  const rows = [`${HEADER},channel`];
  for (let customer = 0; customer < customers; customer++) {
    const first = Date.UTC(2026, 0, 1 + (customer % 60));
    const search = customer % 2 === 0;
    const alpha = search ? 6 / pace : 6;
    const weeks = mbgNbd.simulate({ r: 1.5, alpha, a: 0.9, b: 4 }, 40 - (customer % 60) / 7, random);
    const mean = 10 + random.gamma(4, 0.2);
    for (const [order, week] of [0, ...weeks].entries()) {
      const day = new Date(first + week * WEEK_MS).toISOString().slice(0, 10);
      const price = (mean * random.gamma(5, 5)).toFixed(2);
      rows.push(`c${customer},${customer}-${order},${day},${price},${search ? 'Search' : 'Newsletter'}`);
    }
  }
  return `${rows.join('\n')}\n`;
}
