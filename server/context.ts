import DataLoader from 'dataloader';

import type { Context } from '../schema/context.ts';
import type { Caller, CallerWorkspace } from './access/caller.ts';
import { createKey } from './access/create-key.ts';
import { revokeKey } from './access/revoke-key.ts';
import type { AnalysisInput } from './analysis/settle-analysis.ts';
import { campaignResults, campaignUplift } from './campaigns/campaign-results.ts';
import { changeHoldoutShare } from './campaigns/change-holdout-share.ts';
import { compareWithoutControl } from './campaigns/compare-without-control.ts';
import { createCampaign } from './campaigns/create-campaign.ts';
import { designExperiment } from './campaigns/design-experiment.ts';
import { enrolCustomers, startCampaign } from './campaigns/enrol-customers.ts';
import { planCampaigns } from './campaigns/plan-campaigns.ts';
import { proposeCampaigns } from './campaigns/propose-campaigns.ts';
import { recordExposures } from './campaigns/record-exposures.ts';
import { stopCampaign } from './campaigns/stop-campaign.ts';
import { watchCampaign } from './campaigns/watch-campaign.ts';
import { createLoaders } from './loaders.ts';
import { createReader } from './reader.ts';
import { deletePlacement } from './recommendations/delete-placement.ts';
import { recordFeedback } from './recommendations/record-feedback.ts';
import { savePlacement } from './recommendations/save-placement.ts';
import type { Database } from './store/database.ts';

export interface ContextDependencies {
  readonly database: Pick<Database, 'pool' | 'prisma'>;
  /** Secret that API keys are hashed with. */
  readonly pepper: string;
  readonly clock: () => Date;
  /** Records a run and answers; the analysis goes on behind. */
  startAnalysis(workspace: CallerWorkspace, input: AnalysisInput): Promise<{ readonly runId: string }>;
}

/** What the resolvers of one request have. */
export function createContext(
  { database: { pool, prisma }, pepper, clock, startAnalysis }: ContextDependencies,
  { key, workspace }: Caller,
  requestId: string,
): Context {
  const { currency } = workspace;
  const tenant = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  return {
    requestId,
    key,
    workspace,
    prisma,
    read: createReader(pool, tenant),
    loaders: createLoaders(pool, tenant),
    createKey: (input) => createKey({ prisma, pepper, now: clock() }, workspace.id, input, key.scopes),
    revokeKey: (id) => revokeKey({ prisma, now: clock() }, workspace.id, id),
    savePlacement: (rules) => savePlacement({ pool, now: clock() }, workspace.id, rules),
    deletePlacement: (name) => deletePlacement(pool, workspace.id, name),
    recordFeedback: (events) => recordFeedback({ pool, now: clock() }, workspace.id, events),
    campaignResults: (campaign, request, runId = tenant.runId) =>
      campaignResults({ pool, tenant: { ...tenant, runId }, currency, now: clock() }, campaign, request),
    campaignUplift: (campaign, request, variant) =>
      campaignUplift({ pool, tenant, currency, now: clock() }, campaign, request, variant),
    planCampaigns: (input) => planCampaigns(pool, tenant, input),
    proposals: new DataLoader((customers) => proposeCampaigns(pool, tenant, customers)),
    compareWithoutControl: (campaign, windowDays) =>
      compareWithoutControl({ pool, tenant, now: clock() }, campaign, windowDays),
    watchCampaign: (id) => watchCampaign(pool, workspace.id, id),
    designExperiment: (input) => designExperiment(pool, tenant, input),
    createCampaign: (rules) => createCampaign({ pool, now: clock() }, workspace, rules),
    startCampaign: (id) => startCampaign({ pool, now: clock() }, workspace, id),
    stopCampaign: (id) => stopCampaign({ pool, now: clock() }, workspace.id, id),
    setHoldoutShare: (share) => changeHoldoutShare(pool, workspace.id, share),
    recordExposures: (exposures) => recordExposures({ pool, now: clock() }, workspace.id, exposures),
    enrolCustomers: (id, customers) => enrolCustomers({ pool, now: clock() }, workspace, id, customers),
    startAnalysis: (input) => startAnalysis(workspace, input),
  };
}
