import type { Pool } from 'pg';
import { SEGMENTS } from '../domain/segments.ts';
import { NEXT_BEST_DEFAULTS, nextBest } from '../engine/experiments/next-best.ts';
import type { NextBestPlan } from '../engine/experiments/next-best-types.ts';
import type { WorkspaceView } from '../store/workspace-view.ts';
import { readEffects } from './data/campaign-effects.ts';
import { readSegmentCounts } from './data/segment-counts.ts';

export interface PlanInput {
  /** What all messages may cost, decimal text; null for no limit. */
  readonly budget?: string | null | undefined;
  /** Share of each segment that is spread evenly, to go on learning. */
  readonly exploration?: number | null | undefined;
}

/** What to do with each segment next, by what the published run knows; null until one is published. @throws DomainError */
export async function planCampaigns(pool: Pool, view: WorkspaceView, input: PlanInput): Promise<NextBestPlan | null> {
  const segments = await readSegmentCounts(pool, view);
  if (segments === null) return null;
  return nextBest({
    effects: await readEffects(pool, view),
    segments: segments.toSorted((a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment)),
    budget: input.budget == null ? null : Number(input.budget),
    exploration: input.exploration ?? NEXT_BEST_DEFAULTS.exploration,
    seed: NEXT_BEST_DEFAULTS.seed,
  });
}
