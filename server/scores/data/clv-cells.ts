import type { Pool } from 'pg';

import { refuseUnknown, type UnknownNames, unknownNames } from '../../customers/data/unknown-names.ts';
import { withoutEmptyLists } from '../../domain/filter.ts';
import { type Granularity, HORIZON_MONTHS, HORIZONS, type Horizon } from '../../domain/period.ts';
import { SEGMENTS, type Segment } from '../../domain/segments.ts';
import { hasValues } from '../../store/sql/has-values.ts';
import { parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import type { GroupTotal, SpreadPart } from '../total-interval.ts';

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

export interface ClvPoint extends GroupTotal {
  readonly horizon: Horizon;
  readonly total: number;
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
  readonly hasValues: boolean;
  /** All customers of the run, whatever the filter. */
  readonly base: Pick<PartRow, 'clv' | 'largest'>;
  /** By spread class. */
  readonly parts: readonly PartRow[];
  readonly unknown: UnknownNames;
}

/** By horizon. */
interface PartRow {
  readonly clv: readonly number[];
  readonly variance: readonly (number | null)[];
  readonly orders: readonly number[];
  /** Of the customer of the highest 12-month CLV, which comes first; null in runs that did not record it. */
  readonly largest: readonly number[] | null;
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
         and ($3::text[] is null or segment = any($3)) and ($4::text[] is null or country = any($4))),
     part as (
       select grouping(${KEYS.join(', ')}) as grouping, ${KEYS.join(', ')}, spread_class, sum(customers) as customers, sum(net_revenue) as net_revenue,
         array[${sums('clv')}] as clv, array[${variances}] as variance, array[${sums('expected_order_days')}] as orders, nullif(max(largest_clv), '{}') as largest
       from cell group by grouping sets ((spread_class), ${KEYS.map((key) => `(${key}, spread_class)`).join(', ')})),
     "group" as (
       select grouping, ${KEYS.join(', ')}, sum(customers)::int as customers, sum(net_revenue)::text as "netRevenue",
         json_agg(json_build_object('clv', clv, 'variance', variance, 'orders', orders, 'largest', largest) order by spread_class) as parts
       from part group by grouping, ${KEYS.join(', ')})
     select coalesce(grouping, ${ALL}) as grouping, ${KEYS.join(', ')}, coalesce(customers, 0) as customers, coalesce("netRevenue", '0') as "netRevenue",
       coalesce(parts, '[]') as parts, ${hasValues('$2', '$1')} as "hasValues", ${unknownNames({ countries }, view, bind)} as unknown,
       (select json_build_object('clv', array[${sums('clv')}], 'largest', nullif(max(largest_clv), '{}')) from score_cell where workspace_id = $1 and run_id = $2 and segment <> 'PROSPECT') as base
     from (select 1) asked left join "group" on true`,
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

const CLV12 = HORIZONS.indexOf('P12M');
const totalOf = ({ parts }: GroupRow, index: number) => sumOf(parts, ({ clv }) => clv[index]!);
const yearly = (row: GroupRow): number => (row.hasValues ? totalOf(row, CLV12) : 0);

const sumOf = (parts: readonly PartRow[], of: (part: PartRow) => number) =>
  parts.reduce((sum, part) => sum + of(part), 0);

/** At a horizon; null where the run has no intervals. */
function partsAt(parts: readonly PartRow[], index: number): readonly SpreadPart[] | null {
  if (parts.some(({ variance }) => variance[index] === null)) return null;
  return parts.map(({ clv, variance, largest }) => ({
    mean: clv[index]!,
    variance: variance[index]!,
    largest: largest && { clv12: largest[0]!, value: largest[index + 1]! },
  }));
}

function toGroup(row: GroupRow, of: number): ClvGroup {
  const { customers, netRevenue, parts } = row;
  if (customers === 0) return { customers, share: 0, netRevenue, curve: [] };
  const share = customers / of;
  if (!row.hasValues) return { customers, share, netRevenue, curve: [] };
  const curve = HORIZONS.map((horizon, index) => ({
    horizon,
    total: totalOf(row, index),
    parts: partsAt(parts, index),
    base: { total: row.base.clv[index]!, largest: row.base.largest?.[index + 1] ?? 0 },
    mean: totalOf(row, index) / customers,
    meanExpectedOrderDays: sumOf(parts, ({ orders }) => orders[index]!) / customers,
  }));
  return { customers, share, netRevenue, curve };
}
