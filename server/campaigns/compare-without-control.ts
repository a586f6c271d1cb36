import type { Pool } from 'pg';
import {
  type MatchedComparison,
  matchedComparison,
  type PrePost,
  prePost,
} from '../engine/experiments/without-control.ts';
import { readRfmEdges } from '../scores/data/rfm-cells.ts';
import type { WorkspaceView } from '../store/workspace-view.ts';
import { readMatched, type SegmentEdges } from './data/campaign-matched.ts';
import { readPrePost } from './data/campaign-pre-post.ts';

/** Comparisons for a campaign without a control group. Neither is causal. */
export interface ComparedWithoutControl {
  /** By variant. */
  readonly prePost: readonly PrePost[];
  /** Null before an analysis has found the edges of segments, and where nobody counts. */
  readonly matched: {
    /** The day that the others are seen on. */
    readonly on: string;
    readonly variants: readonly MatchedComparison[];
  } | null;
}

/** @param windowDays Days before and after the assignment, 1 to 365. */
export async function compareWithoutControl(
  { pool, view, now }: { readonly pool: Pool; readonly view: WorkspaceView; readonly now: Date },
  campaign: { readonly id: string },
  windowDays: number,
): Promise<ComparedWithoutControl> {
  const span = { windowDays, now };
  const sums = await readPrePost(pool, view, campaign, span);
  const run = await readRfmEdges(pool, view.workspaceId);
  const reading = run && (await readMatched(pool, view, campaign, span, run.edges as SegmentEdges));
  return {
    prePost: sums.map(prePost),
    matched: reading && { on: reading.on, variants: reading.variants.map(matchedComparison) },
  };
}
