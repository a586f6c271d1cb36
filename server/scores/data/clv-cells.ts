import type { Pool } from 'pg';

import { refuseUnknown, type UnknownNames, unknownNames } from '../../customers/data/unknown-names.ts';
import { withoutEmptyLists } from '../../domain/filter.ts';
import { type Granularity, HORIZON_MONTHS, HORIZONS, type Horizon } from '../../domain/period.ts';
import { SEGMENTS, type Segment } from '../../domain/segments.ts';
import { hasValues } from '../../store/sql/has-values.ts';
import { parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

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
  /** By horizon, shortest first; empty when the group is, and where the run has no values. */
  readonly curve: readonly ClvPoint[];
}

export interface ClvPoint {
  readonly horizon: Horizon;
  readonly total: number;
  /** Sum of the customers' own variances; null where the run has no intervals. */
  readonly variance: number | null;
  /** Per customer. */
  readonly mean: number;
  readonly meanExpectedOrderDays: number;
}

export interface ClvCells {
  readonly all: ClvGroup;
  readonly bySegment: readonly (ClvGroup & { readonly segment: Segment })[];
  /** By month, quarter or year of the first order, oldest first. */
  readonly byCohort: Readonly<Record<Granularity, readonly (ClvGroup & { readonly startsOn: string })[]>>;
  /** By 12-month CLV, highest first. */
  readonly byCountry: readonly (ClvGroup & { readonly country: string | null })[];
  /** Customers and their 12-month CLV by number of the bin. */
  readonly byBin: ReadonlyMap<number, { readonly customers: number; readonly total: number }>;
}

/** A key is null where the row is not grouped by it. */
interface GroupRow {
  readonly grouping: number;
  readonly segment: Segment | null;
  readonly month: string | null;
  readonly quarter: string | null;
  readonly year: string | null;
  readonly country: string | null;
  readonly bin: number | null;
  readonly customers: number;
  readonly netRevenue: string;
  /** Null where the run has no values. */
  readonly clv: readonly (number | null)[] | null;
  readonly variance: readonly (number | null)[];
  readonly orders: readonly (number | null)[];
  readonly unknown: UnknownNames;
}

const KEYS = ['segment', 'month', 'quarter', 'year', 'country', 'bin'] as const;
/** Which keys a row is not grouped by, as `grouping(...)` of them returns. */
const ALL = 2 ** KEYS.length - 1;
const groupingBy = (key: (typeof KEYS)[number]) => ALL - 2 ** (KEYS.length - 1 - KEYS.indexOf(key));

const sums = (column: string) => HORIZONS.map((horizon) => `sum(${column}_${HORIZON_MONTHS[horizon]})`).join(', ');

const variances = HORIZONS.map((_, index) => `sum(clv_variance[${index + 1}])`).join(', ');

/**
 * CLV of the customers who ever bought, in all and by group, in one statement. Prospects have no CLV and are not counted.
 * @throws DomainError BAD_FILTER or UNKNOWN_COUNTRY
 */
export async function readClvCells(pool: Pool, view: WorkspaceView, asked: ClvFilter): Promise<ClvCells> {
  const { segments = null, countries = null } = withoutEmptyLists(asked);
  const { values, bind } = parameters();
  for (const value of [view.workspaceId, view.runId, segments, countries]) bind(value);
  const { rows } = await pool.query<GroupRow>(
    `with cell as (
       select *, cohort as month, date_trunc('quarter', cohort)::date as quarter, date_trunc('year', cohort)::date as year, clv_bin as bin
       from score_cell where workspace_id = $1 and run_id = $2 and segment <> 'PROSPECT'
         and ($3::text[] is null or segment = any($3)) and ($4::text[] is null or country = any($4)))
     select grouping(${KEYS.join(', ')}) as grouping, ${KEYS.join(', ')},
       coalesce(sum(customers), 0)::int as customers, coalesce(sum(net_revenue), 0)::text as "netRevenue",
       ${unknownNames({ countries }, view, bind)} as unknown,
       case when ${hasValues('$2', '$1')} then array[${sums('clv')}] end as clv, array[${variances}] as variance, array[${sums('expected_order_days')}] as orders
     from cell group by grouping sets ((), ${KEYS.map((key) => `(${key})`).join(', ')})`,
    values,
  );
  const all = rows.find((row) => row.grouping === ALL)!;
  await refuseUnknown(pool, view, { countries }, all.unknown);
  const of = (key: (typeof KEYS)[number]) => rows.filter((row) => row.grouping === groupingBy(key));
  const group = (row: GroupRow): ClvGroup => toGroup(row, all.customers);
  const cohortsBy = (key: 'month' | 'quarter' | 'year') =>
    of(key)
      .map((row) => ({ ...group(row), startsOn: row[key]! }))
      .sort((a, b) => a.startsOn.localeCompare(b.startsOn));
  return {
    all: group(all),
    bySegment: of('segment')
      .map((row) => ({ ...group(row), segment: row.segment! }))
      .sort((a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment)),
    byCohort: { MONTH: cohortsBy('month'), QUARTER: cohortsBy('quarter'), YEAR: cohortsBy('year') },
    byCountry: of('country')
      .sort((a, b) => yearly(b) - yearly(a))
      .map((row) => ({ ...group(row), country: row.country })),
    byBin: new Map(of('bin').map((row) => [row.bin!, { customers: row.customers, total: yearly(row) }])),
  };
}

const yearly = (row: GroupRow): number => row.clv?.[HORIZONS.indexOf('P12M')] ?? 0;

function toGroup({ customers, netRevenue, clv, variance, orders }: GroupRow, of: number): ClvGroup {
  if (customers === 0) return { customers, share: 0, netRevenue, curve: [] };
  const share = customers / of;
  if (clv === null) return { customers, share, netRevenue, curve: [] };
  const curve = HORIZONS.map((horizon, index) => ({
    horizon,
    total: clv[index]!,
    variance: variance[index] ?? null,
    mean: clv[index]! / customers,
    meanExpectedOrderDays: orders[index]! / customers,
  }));
  return { customers, share, netRevenue, curve };
}
