import type { Pool } from 'pg';

import type { CampaignMetric } from '../../domain/campaigns.ts';
import type {
  CampaignCell,
  CampaignCells,
  MetricSums,
  ResultsRequest,
  VariantCounts,
} from '../../engine/experiments/types.ts';
import { parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { cellsSql } from './campaign-cells-sql.ts';

/** What is read of a campaign: its variants, so that empty ones are reported too. */
export interface CellsOf {
  readonly id: string;
  readonly variants: readonly { readonly id: string }[];
}

/** The largest number of groups; the customers of the rest make one together. */
const MOST_GROUPS = 100;
/** Stands for the rest in each dimension. */
const OTHER = 'OTHER';

interface Key {
  readonly variantId: string;
  readonly group: readonly (string | null)[];
  readonly half: 0 | 1 | null;
}

interface ExposedRow extends Key {
  readonly state: 'COUNTED' | 'OPEN' | 'CONTAMINATED';
  readonly customers: number;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly converted: number;
  readonly unsubscribed: number;
  readonly bounced: number;
  readonly complained: number;
  readonly convertedBeforeSend: number;
  /** Customers whose window ends after what the published run has seen. */
  readonly beyondRun: number;
  readonly x: number;
  readonly xx: number;
  readonly clickX: number;
  readonly convertedX: number;
  readonly clv: number;
  readonly clvSquares: number;
  readonly clvX: number;
}

interface BoughtRow extends Key {
  /** Buyers without a reported conversion. */
  readonly converted: number;
  readonly convertedX: number;
  readonly orders: number;
  readonly ordersSquares: number;
  readonly ordersX: number;
  readonly revenue: number;
  readonly revenueSquares: number;
  readonly revenueX: number;
  readonly margin: number;
  readonly marginSquares: number;
  readonly marginX: number;
  readonly netRevenue: number;
  readonly knownRevenue: number;
}

interface CellRows {
  readonly exposed: readonly ExposedRow[];
  readonly bought: readonly BoughtRow[];
  /** Null where nothing is cut, or nobody bought. */
  readonly cut: { readonly orders: number; readonly revenue: number; readonly margin: number } | null;
  readonly until: Date | null;
}

/**
 * The sums that results are made of, in one statement: one pass over the campaign's exposures, and one over the orders in
 * their windows. Only customers count whose window was over by what is known of orders, and who were in one variant only.
 * @param halves Whether to separate two halves of the customers, by the last bit of their ids, which are hashes.
 */
export async function readCampaignCells(
  pool: Pool,
  view: WorkspaceView,
  campaign: CellsOf,
  request: ResultsRequest,
  { halves, now }: { readonly halves: boolean; readonly now: Date },
): Promise<CampaignCells> {
  const { values, bind } = parameters();
  const { rows } = await pool.query<CellRows>(cellsSql(view, campaign.id, request, halves, now, bind), values);
  const { exposed, bought, cut, until } = rows[0]!;
  const counted = exposed.filter(({ state }) => state === 'COUNTED');
  const boughtBy = new Map(bought.map((row) => [keyOf(row), row]));
  const isClvKnown = request.withClv && view.runId !== null && counted.every(({ beyondRun }) => beyondRun === 0);
  const total = (column: 'netRevenue' | 'knownRevenue') => bought.reduce((sum, row) => sum + row[column], 0);
  return {
    cells: foldSmall(counted.map((row) => toCell(row, boughtBy.get(keyOf(row)) ?? null, isClvKnown))),
    counts: campaign.variants.map(({ id }) => countsOf(id, exposed)),
    observedUntil: until,
    knownCostShare: total('netRevenue') > 0 ? total('knownRevenue') / total('netRevenue') : null,
    cutAt: cut,
  };
}

const keyOf = ({ variantId, group, half }: Key) => JSON.stringify([variantId, group, half]);

/** A count is its own sum of squares. */
const share = (count: number, products: number): MetricSums => ({ sum: count, squares: count, products });

const NOTHING: MetricSums = { sum: 0, squares: 0, products: 0 };

function toCell(row: ExposedRow, bought: BoughtRow | null, isClvKnown: boolean): CampaignCell {
  const converted = row.converted + (bought?.converted ?? 0);
  const metrics: Record<CampaignMetric, MetricSums | null> = {
    CLICK: share(row.clicked, row.clickX),
    CONVERSION: share(converted, row.convertedX + (bought?.convertedX ?? 0)),
    ORDERS: bought && { sum: bought.orders, squares: bought.ordersSquares, products: bought.ordersX },
    REVENUE: bought && { sum: bought.revenue, squares: bought.revenueSquares, products: bought.revenueX },
    MARGIN: bought && { sum: bought.margin, squares: bought.marginSquares, products: bought.marginX },
    CLV: isClvKnown ? { sum: row.clv, squares: row.clvSquares, products: row.clvX } : null,
  };
  const { sent, delivered, opened, clicked, unsubscribed, bounced, complained } = row;
  return {
    variantId: row.variantId,
    group: row.group,
    half: row.half,
    customers: row.customers,
    steps: { sent, delivered, opened, clicked, converted, unsubscribed, bounced, complained },
    covariate: { sum: row.x, squares: row.xx },
    metrics: {
      ...metrics,
      ORDERS: metrics.ORDERS ?? NOTHING,
      REVENUE: metrics.REVENUE ?? NOTHING,
      MARGIN: metrics.MARGIN ?? NOTHING,
    },
  };
}

function countsOf(variantId: string, exposed: readonly ExposedRow[]): VariantCounts {
  const own = exposed.filter((row) => row.variantId === variantId);
  const customers = (rows: readonly ExposedRow[]) => rows.reduce((sum, row) => sum + row.customers, 0);
  return {
    variantId,
    assigned: customers(own),
    open: customers(own.filter(({ state }) => state === 'OPEN')),
    contaminated: customers(own.filter(({ state }) => state === 'CONTAMINATED')),
    convertedBeforeSend: own.reduce((sum, row) => sum + row.convertedBeforeSend, 0),
  };
}

/** Puts the smallest groups together where there are too many: their cells have OTHER and are added up by readers. */
function foldSmall(cells: readonly CampaignCell[]): CampaignCell[] {
  const sizes = new Map<string, number>();
  for (const { group, customers } of cells) {
    const key = JSON.stringify(group);
    sizes.set(key, (sizes.get(key) ?? 0) + customers);
  }
  if (sizes.size <= MOST_GROUPS) return [...cells];
  const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, MOST_GROUPS - 1);
  const kept = new Set(largest.map(([key]) => key));
  return cells.map((cell) =>
    kept.has(JSON.stringify(cell.group)) ? cell : { ...cell, group: cell.group.map(() => OTHER) },
  );
}
