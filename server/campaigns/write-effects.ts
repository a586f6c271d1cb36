import type { Pool } from 'pg';
import { segmentEffects } from '../engine/experiments/segment-effects.ts';
import type { RunScope } from '../store/run-scope.ts';
import { readCampaignCells } from './data/campaign-cells.ts';
import { insertEffects } from './data/campaign-effects.ts';
import { listAllCampaigns } from './data/campaigns.ts';

/** Finds out what campaigns with a control group have added, each in its own window, and stores it with a run that nobody reads yet. */
export async function writeEffects(pool: Pool, run: RunScope, now: Date): Promise<void> {
  for (const campaign of await listAllCampaigns(pool, run.workspaceId)) {
    if (!campaign.variants.some(({ isControl }) => isControl)) continue;
    const cells = await readCampaignCells(
      pool,
      run,
      campaign,
      {
        metric: 'MARGIN',
        windowDays: campaign.windowDays,
        by: ['SEGMENT'],
        covariate: 'PRIOR_REVENUE',
        winsorizeAt: null,
        withClv: false,
      },
      { halves: false, now },
    );
    await insertEffects(pool, run, campaign.id, segmentEffects(campaign, cells));
  }
}
