import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

import type { CampaignVariant } from '../../server/domain/campaigns.ts';
import { halfOf } from '../../server/experiments/assignment.ts';
import type { CampaignCell, CampaignCells, MetricSums } from '../../server/experiments/types.ts';
import { sharedData } from './files.ts';

export const HILLSTROM = sharedData('hillstrom/hillstrom.csv.gz');

/** A customer of the e-mail experiment. */
export interface HillstromRow {
  readonly arm: string;
  readonly historySegment: string;
  readonly channel: string;
  readonly history: number;
  readonly visit: number;
  readonly conversion: number;
  readonly spend: number;
}

export const ARMS = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'];

export const VARIANTS: readonly CampaignVariant[] = ARMS.map((name) => ({
  id: name,
  name,
  weight: 1,
  isControl: name === 'No E-Mail',
}));

export function hillstromRows(): HillstromRow[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(HILLSTROM)), { columns: true });
  return rows.map((row) => ({
    arm: row.segment!,
    historySegment: row.history_segment!,
    channel: row.channel!,
    history: Number(row.history),
    visit: Number(row.visit),
    conversion: Number(row.conversion),
    spend: Number(row.spend),
  }));
}

const NOTHING: MetricSums = { sum: 0, squares: 0, products: 0 };

const plus = ({ sum, squares, products }: MetricSums, y: number, x: number): MetricSums => ({
  sum: sum + y,
  squares: squares + y * y,
  products: products + x * y,
});

/** The experiment as the database would sum it up; everybody counts. */
export function hillstromCells(
  groupOf: (row: HillstromRow) => readonly string[] = () => [],
  halves = false,
): CampaignCells {
  const cells = new Map<string, CampaignCell>();
  for (const [i, row] of hillstromRows().entries()) {
    const group = groupOf(row);
    const half = halves ? halfOf((Math.imul(i + 1, 0x9e3779b1) >>> 28).toString(16)) : null;
    const key = JSON.stringify([row.arm, group, half]);
    const cell = cells.get(key);
    const add = (metric: 'CLICK' | 'CONVERSION' | 'ORDERS' | 'REVENUE' | 'MARGIN', y: number) =>
      plus(cell?.metrics[metric] ?? NOTHING, y, row.history);
    const sent = row.arm === 'No E-Mail' ? 0 : 1;
    const steps = { opened: 0, unsubscribed: 0, bounced: 0, complained: 0 };
    cells.set(key, {
      ...{ variantId: row.arm, group, half, customers: (cell?.customers ?? 0) + 1 },
      steps: {
        ...steps,
        sent: (cell?.steps.sent ?? 0) + sent,
        delivered: (cell?.steps.delivered ?? 0) + sent,
        clicked: (cell?.steps.clicked ?? 0) + row.visit,
        converted: (cell?.steps.converted ?? 0) + row.conversion,
      },
      covariate: {
        sum: (cell?.covariate.sum ?? 0) + row.history,
        squares: (cell?.covariate.squares ?? 0) + row.history ** 2,
      },
      metrics: {
        CLICK: add('CLICK', row.visit),
        CONVERSION: add('CONVERSION', row.conversion),
        ORDERS: add('ORDERS', row.conversion),
        REVENUE: add('REVENUE', row.spend),
        MARGIN: add('MARGIN', row.spend),
        CLV: null,
      },
    });
  }
  const all = [...cells.values()];
  const counts = ARMS.map((variantId) => ({
    variantId,
    assigned: all.reduce((sum, cell) => sum + (cell.variantId === variantId ? cell.customers : 0), 0),
    ...{ open: 0, contaminated: 0, convertedBeforeSend: 0 },
  }));
  return { cells: all, counts, observedUntil: new Date('2008-12-31'), knownCostShare: null, cutAt: null };
}
