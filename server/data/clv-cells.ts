import type { Pool } from 'pg';

import { HORIZON_MONTHS, HORIZONS, type Horizon } from '../domain/horizon.ts';
import { SEGMENTS, type Segment } from '../domain/segments.ts';
import type { Tenant } from './tenant.ts';

export interface ClvFilter {
  readonly segments?: readonly Segment[] | null | undefined;
  readonly countries?: readonly string[] | null | undefined;
}

/** Sums over a group of customers. */
export interface ClvGroup {
  readonly customers: number;
  /** Of the customers of the report, 0 to 1. */
  readonly share: number;
  /** Decimal text. */
  readonly netRevenue: string;
  /** By horizon, shortest first; empty when the group is. */
  readonly curve: readonly ClvPoint[];
}

export interface ClvPoint {
  readonly horizon: Horizon;
  readonly total: number;
  /** Per customer. */
  readonly mean: number;
  readonly meanExpectedOrders: number;
}

export interface ClvCells {
  readonly all: ClvGroup;
  readonly bySegment: readonly (ClvGroup & { readonly segment: Segment })[];
  /** By month of the first order, oldest first. */
  readonly byCohort: readonly (ClvGroup & { readonly cohort: string })[];
  /** By 12-month CLV, highest first. */
  readonly byCountry: readonly (ClvGroup & { readonly country: string | null })[];
  /** Customers and their 12-month CLV by number of the bin. */
  readonly byBin: ReadonlyMap<number, { readonly customers: number; readonly total: number }>;
}

interface GroupRow {
  readonly grouping: number;
  readonly segment: Segment;
  readonly cohort: string;
  readonly country: string | null;
  readonly bin: number;
  readonly customers: number;
  readonly netRevenue: string;
  readonly clv: readonly (number | null)[];
  readonly orders: readonly (number | null)[];
}

/** Which columns a row is not grouped by, as `grouping(segment, cohort, country, clv_bin)` tells. */
const GROUPING = { all: 0b1111, segment: 0b0111, cohort: 0b1011, country: 0b1101, bin: 0b1110 } as const;

const sums = (column: string) => HORIZONS.map((horizon) => `sum(${column}_${HORIZON_MONTHS[horizon]})`).join(', ');

/** CLV of the customers who ever bought, in all and by group, in one statement. Prospects have no CLV and are not counted. */
export async function readClvCells(pool: Pool, { workspaceId, runId }: Tenant, filter: ClvFilter): Promise<ClvCells> {
  const { rows } = await pool.query<GroupRow>(
    `select grouping(segment, cohort, country, clv_bin) as grouping, segment, cohort, country, clv_bin as bin,
       coalesce(sum(customers), 0)::int as customers, coalesce(sum(net_revenue), 0)::text as "netRevenue",
       array[${sums('clv')}] as clv, array[${sums('expected_orders')}] as orders
     from score_cell
     where workspace_id = $1 and run_id = $2 and segment <> 'PROSPECT'
       and ($3::text[] is null or segment = any($3)) and ($4::text[] is null or country = any($4))
     group by grouping sets ((), (segment), (cohort), (country), (clv_bin))`,
    [workspaceId, runId, filter.segments, filter.countries],
  );
  const of = (grouping: number) => rows.filter((row) => row.grouping === grouping);
  const all = of(GROUPING.all)[0]!;
  const group = (row: GroupRow): ClvGroup => toGroup(row, all.customers);
  return {
    all: group(all),
    bySegment: of(GROUPING.segment)
      .map((row) => ({ ...group(row), segment: row.segment }))
      .sort((a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment)),
    byCohort: of(GROUPING.cohort)
      .map((row) => ({ ...group(row), cohort: row.cohort }))
      .sort((a, b) => a.cohort.localeCompare(b.cohort)),
    byCountry: of(GROUPING.country)
      .sort((a, b) => yearly(b) - yearly(a))
      .map((row) => ({ ...group(row), country: row.country })),
    byBin: new Map(of(GROUPING.bin).map((row) => [row.bin, { customers: row.customers, total: yearly(row) }])),
  };
}

const yearly = (row: GroupRow): number => row.clv[HORIZONS.indexOf('P12M')] ?? 0;

function toGroup({ customers, netRevenue, clv, orders }: GroupRow, of: number): ClvGroup {
  if (customers === 0) return { customers, share: 0, netRevenue, curve: [] };
  const curve = HORIZONS.map((horizon, index) => ({
    horizon,
    total: clv[index]!,
    mean: clv[index]! / customers,
    meanExpectedOrders: orders[index]! / customers,
  }));
  return { customers, share: customers / of, netRevenue, curve };
}
