import type { Pool } from 'pg';
import type { Campaign } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { setStatus } from './data/campaign-writer.ts';
import { findCampaigns } from './data/campaigns.ts';

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

/** Ends the assigning of a running campaign. @throws DomainError where there is no such campaign, or it is not running. */
export async function stopCampaign({ pool, now }: Dependencies, workspaceId: string, id: string): Promise<Campaign> {
  const isStopped = await setStatus(pool, workspaceId, id, { from: ['RUNNING'], to: 'STOPPED' }, now);
  const [campaign] = await findCampaigns(pool, { workspaceId }, [id]);
  if (campaign == null) throw new DomainError('UNKNOWN_CAMPAIGN', 'the workspace has no such campaign', ['id']);
  if (!isStopped) {
    throw new DomainError('NOT_RUNNING', `"${campaign.name}" is ${campaign.status}: only what runs can be stopped`, [
      'id',
    ]);
  }
  return campaign;
}
