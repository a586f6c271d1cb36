import type { Pool } from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { assertFilter } from '../customers/data/customer-list.ts';
import type { Campaign, CampaignRules } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { withoutEmptyLists } from '../domain/filter.ts';
import { campaignId } from '../domain/ids.ts';
import { inTransaction } from '../store/transaction.ts';
import { assertCampaign, storedVariants } from './campaign-rules.ts';
import { insertCampaign, insertVariants } from './data/campaign-writer.ts';
import { findCampaigns } from './data/campaigns.ts';

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

/** Makes a draft: nobody is assigned yet. @throws DomainError naming the argument that is not acceptable, NAME_TAKEN and those of `assertFilter` among them. */
export async function createCampaign(
  { pool, now }: Dependencies,
  { id: workspaceId, globalHoldoutShare, publishedRunId: runId }: CallerWorkspace,
  asked: CampaignRules,
): Promise<Campaign> {
  const rules = { ...asked, audience: withoutEmptyLists(asked.audience) };
  assertCampaign(rules, globalHoldoutShare);
  // A mistyped name would let nobody in, or everybody.
  await assertFilter(pool, { workspaceId, runId }, rules.audience);
  const id = campaignId(workspaceId, rules.name);
  await inTransaction(pool, async (tx) => {
    const isNew = await insertCampaign(tx, workspaceId, { ...rules, status: 'DRAFT', createdAt: now, startedAt: null });
    if (!isNew) throw new DomainError('NAME_TAKEN', `the workspace has a campaign "${rules.name}" already`, ['name']);
    await insertVariants(tx, workspaceId, id, storedVariants(rules, globalHoldoutShare));
  });
  return (await findCampaigns(pool, { workspaceId }, [id]))[0]!;
}
