import type pg from 'pg';
import { daysBetween } from '../domain/day.ts';
import { LOWEST_UUID } from '../domain/ids.ts';
import { type RfmEdges, rfmScores } from '../engine/analytics/rfm.ts';
import { readRfmEdges } from '../scores/data/rfm-cells.ts';
import {
  type ExposureHistory,
  type ExposureSnapshot,
  staleExposures,
  writeSnapshots,
} from './data/exposure-snapshots.ts';

/** What a run puts customers into segments by. */
export interface SegmentEdges extends RfmEdges {
  /** Whether M is the margin, as it is where all costs are known; else it is the revenue. */
  readonly isMargin: boolean;
}

const CUSTOMERS_AT_A_TIME = 2000;

/**
 * Notes with each exposure who the customer was just before: segment and tier by the edges of a run, what they had spent, and
 * where they came from. Only exposures of customers whose orders have changed since are made again.
 * @param customerIds Null for all.
 * @param run Of an analysis that is under way; the published run when absent. Without any, segments stay unknown.
 */
export async function snapshotExposures(
  pool: pg.Pool,
  workspaceId: string,
  customerIds: readonly string[] | null,
  run?: { readonly runId: string | null; readonly edges: SegmentEdges },
): Promise<void> {
  const { runId = null, edges = null } = run ?? (await publishedEdges(pool, workspaceId)) ?? {};
  let after = LOWEST_UUID;
  for (;;) {
    const page = { after, customerIds, withoutSegment: edges !== null, runId, size: CUSTOMERS_AT_A_TIME };
    const histories = await staleExposures(pool, workspaceId, page);
    if (histories.length === 0) return;
    await writeSnapshots(
      pool,
      workspaceId,
      histories.map((history) => toSnapshot(history, edges)),
    );
    after = histories.at(-1)!.customerId;
  }
}

const publishedEdges = (pool: pg.Pool, workspaceId: string) =>
  readRfmEdges(pool, workspaceId) as Promise<{ readonly runId: string; readonly edges: SegmentEdges } | null>;

function toSnapshot(history: ExposureHistory, edges: SegmentEdges | null): ExposureSnapshot {
  const { historyVersion, assignedOn, lastOrderOn, orderDays, netRevenue, netMargin, ...rest } = history;
  const known = { ...rest, snapshotVersion: historyVersion };
  if (edges === null) return { ...known, segment: null, tier: null };
  if (orderDays === 0 || lastOrderOn === null) return { ...known, segment: 'PROSPECT', tier: null };
  const monetaryValue = edges.isMargin ? (netMargin ?? netRevenue) : netRevenue;
  const daysSinceLastOrder = daysBetween(lastOrderOn, assignedOn);
  const { segment, m } = rfmScores({ daysSinceLastOrder, orderDays, monetaryValue }, edges);
  return { ...known, segment, tier: `M${m}` };
}
