import type { Pool } from 'pg';

import { HORIZONS } from '../../domain/period.ts';
import { type RfmScore, segmentOf } from '../../domain/rfm.ts';
import { SEGMENTS, type Segment } from '../../domain/segments.ts';
import type { SumWithLargest } from '../../engine/models/group-interval.ts';
import { hasValues } from '../../store/sql/has-values.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { type GroupTotal, type SpreadPart, sumWithLargest } from '../total-interval.ts';

export interface RfmCells {
  readonly customers: number;
  /** All segments from best to worst, empty ones included. */
  readonly segments: readonly RfmSegment[];
  /** The 25 cells of customers who ever bought, empty ones included, from the highest recency and the lowest other score. */
  readonly grid: readonly RfmCell[];
}

export interface RfmSegment {
  readonly segment: Segment;
  readonly customers: number;
  /** Of all customers, 0 to 1. */
  readonly share: number;
  /** Decimal text. */
  readonly netRevenue: string;
  /** 12-month CLV; null where there is nobody, and for Prospects. */
  readonly clv: SegmentClv | null;
}

export interface SegmentClv extends GroupTotal {
  readonly total: number;
  readonly mean: number;
}

export interface RfmCell {
  readonly recency: number;
  readonly frequencyMonetary: number;
  readonly segment: Segment;
  readonly customers: number;
  /** Decimal text. */
  readonly netRevenue: string;
}

interface Sums {
  readonly customers: number;
  readonly netRevenue: string;
  readonly hasValues: boolean;
  /** By spread class: the sums of 12-month CLV and its variance. */
  readonly parts: readonly PartRow[];
}

interface PartRow {
  readonly mean: number;
  readonly variance: number | null;
  /** The highest 12-month CLV; null in runs that did not record it. */
  readonly largest: number | null;
}

/** A key is null where the row is not grouped by it. */
interface GroupRow extends Sums {
  readonly bySegment: boolean;
  readonly segment: Segment | null;
  readonly recency: number | null;
  readonly fm: number | null;
}

/** Place of the 12 months among the horizons, as SQL counts. */
const CLV12 = HORIZONS.indexOf('P12M') + 1;
const NOBODY: Sums = { customers: 0, netRevenue: '0', hasValues: false, parts: [] };
const SCORES: readonly RfmScore[] = [1, 2, 3, 4, 5];

/** Customers and revenue by segment and by cell of the RFM grid, in one statement. */
export async function readRfmCells(pool: Pool, { workspaceId, runId }: WorkspaceView): Promise<RfmCells> {
  const { rows } = await pool.query<GroupRow>(
    `with part as (
       select grouping(segment) = 0 as "bySegment", segment, recency, fm, spread_class, sum(customers) as customers,
         sum(net_revenue) as net_revenue, sum(clv_12) as mean, sum(clv_variance[${CLV12}]) as variance, (max(largest_clv))[1] as largest
       from score_cell where workspace_id = $1 and run_id = $2
       group by grouping sets ((segment, spread_class), (recency, fm, segment <> 'PROSPECT', spread_class))
       having grouping(segment) = 0 or segment <> 'PROSPECT')
     select "bySegment", segment, recency, fm, sum(customers)::int as customers, sum(net_revenue)::text as "netRevenue",
       ${hasValues('$2', '$1')} as "hasValues", json_agg(json_build_object('mean', mean, 'variance', variance, 'largest', largest) order by spread_class) as parts
     from part group by "bySegment", segment, recency, fm`,
    [workspaceId, runId],
  );
  const segments = new Map(rows.filter((row) => row.bySegment).map((row) => [row.segment, row]));
  const cells = new Map(rows.filter((row) => !row.bySegment).map((row) => [`${row.recency}/${row.fm}`, row]));
  const customers = [...segments.values()].reduce((sum, row) => sum + row.customers, 0);
  const base = sumWithLargest(
    [...segments.values()].flatMap(({ parts }) =>
      parts.map(({ mean, largest }) => ({ total: mean, largest: largest ?? 0 })),
    ),
  );
  return {
    customers,
    segments: SEGMENTS.map((segment) => toSegment(segment, segments.get(segment) ?? NOBODY, { customers, base })),
    grid: SCORES.toReversed().flatMap((recency) =>
      SCORES.map((frequencyMonetary) => {
        const sums: Sums = cells.get(`${recency}/${frequencyMonetary}`) ?? NOBODY;
        const segment = segmentOf(recency, frequencyMonetary);
        return { recency, frequencyMonetary, segment, customers: sums.customers, netRevenue: sums.netRevenue };
      }),
    ),
  };
}

/** @param all of all segments. */
function toSegment(
  segment: Segment,
  sums: Sums,
  all: { readonly customers: number; readonly base: SumWithLargest },
): RfmSegment {
  const { customers, netRevenue, hasValues, parts } = sums;
  const total = parts.reduce((sum, { mean }) => sum + mean, 0);
  return {
    segment,
    customers,
    share: all.customers === 0 ? 0 : customers / all.customers,
    netRevenue,
    clv:
      segment === 'PROSPECT' || customers === 0 || !hasValues
        ? null
        : {
            total,
            mean: total / customers,
            parts: spreadParts(parts),
            base: all.base,
          },
  };
}

/** Null where the run has no intervals. */
function spreadParts(parts: readonly PartRow[]): readonly SpreadPart[] | null {
  if (parts.some(({ variance }) => variance === null)) return null;
  return parts.map(({ mean, variance, largest }) => ({
    mean,
    variance: variance!,
    largest: largest === null ? null : { clv12: largest, value: largest },
  }));
}

/** The edges that the published run puts customers into segments by; null without one. */
export async function readRfmEdges(
  pool: Pool,
  workspaceId: string,
): Promise<{ readonly runId: string; readonly edges: unknown } | null> {
  const { rows } = await pool.query<{ runId: string; edges: unknown }>(
    `select r.id as "runId", r.rfm_edges as edges from workspace w join analysis_run r on r.id = w.published_run_id
     where w.id = $1 and r.rfm_edges is not null`,
    [workspaceId],
  );
  return rows[0] ?? null;
}
