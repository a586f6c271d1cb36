import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';

import { type CampaignState, readCampaignState } from './data/campaign-state.ts';

const POLL_MS = 2000;
/** A page that watches longer connects anew, with a key that is checked anew. */
const LONGEST_MS = 3_600_000;

/**
 * The state of a campaign now, and again whenever what its results are made of has changed: exposures, orders, or the
 * published run. Ends where the campaign is no more, and after an hour.
 */
export async function* watchCampaign(
  pool: Pool,
  workspaceId: string,
  campaignId: string,
  pollMs = POLL_MS,
): AsyncGenerator<CampaignState> {
  const end = performance.now() + LONGEST_MS;
  let version: string | undefined;
  while (performance.now() < end) {
    const state = await readCampaignState(pool, workspaceId, campaignId);
    if (state === null) return;
    if (state.version !== version) yield state;
    version = state.version;
    await setTimeout(pollMs);
  }
}
