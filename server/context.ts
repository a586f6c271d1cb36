import DataLoader from 'dataloader';

import type { Caller, CallerWorkspace } from './access/caller.ts';
import { createKey, type NewKey } from './access/create-key.ts';
import { revokeKey } from './access/revoke-key.ts';
import { type SettingsChange, updateSettings } from './access/settings.ts';
import type { AnalysisInput } from './analysis/settle-analysis.ts';
import { campaignResults, campaignUplift, type MeasuredCampaign } from './campaigns/campaign-results.ts';
import { changeHoldoutShare } from './campaigns/change-holdout-share.ts';
import { compareWithoutControl } from './campaigns/compare-without-control.ts';
import { createCampaign } from './campaigns/create-campaign.ts';
import { type DesignInput, designExperiment } from './campaigns/design-experiment.ts';
import { enrolCustomers, startCampaign } from './campaigns/enrol-customers.ts';
import { type PlanInput, planCampaigns } from './campaigns/plan-campaigns.ts';
import { proposeCampaigns } from './campaigns/propose-campaigns.ts';
import { type ExposureReport, recordExposures } from './campaigns/record-exposures.ts';
import { stopCampaign } from './campaigns/stop-campaign.ts';
import { watchCampaign } from './campaigns/watch-campaign.ts';
import type { CustomerRow } from './customers/data/customer-columns.ts';
import type { CampaignRules } from './domain/campaigns.ts';
import type { ResultsRequest } from './engine/experiments/types.ts';
import { createLoaders } from './loaders.ts';
import { createReader } from './reader.ts';
import { deletePlacement } from './recommendations/delete-placement.ts';
import type { PlacementRules } from './recommendations/placement.ts';
import { type FeedbackEvent, recordFeedback } from './recommendations/record-feedback.ts';
import { savePlacement } from './recommendations/save-placement.ts';
import type { Database } from './store/database.ts';
import { type UploadDependencies, uploadedImports } from './uploaded-imports.ts';

export interface ContextDependencies extends Pick<UploadDependencies, 'uploads' | 'logger'> {
  readonly database: Pick<Database, 'pool' | 'prisma'>;
  /** Secret that API keys are hashed with. */
  readonly pepper: string;
  readonly clock: () => Date;
  /** Records a run and answers; the analysis goes on behind. */
  startAnalysis(workspace: CallerWorkspace, input: AnalysisInput): Promise<{ readonly runId: string }>;
}

/** What a resolver has: one request of one caller, with what each area can do for it. Every verb may throw a DomainError. */
export type Context = ReturnType<typeof createContext>;

export function createContext(
  { database: { pool, prisma }, uploads, logger, pepper, clock, startAnalysis }: ContextDependencies,
  { key, workspace }: Caller,
  { requestId, signal }: { readonly requestId: string; readonly signal: AbortSignal },
) {
  const { id: workspaceId, currency } = workspace;
  const view = { workspaceId, runId: workspace.publishedRunId };
  return {
    requestId,
    key,
    workspace,
    /** Ordinary nouns; every query names `workspace.id`. */
    prisma,
    read: createReader(pool, view),
    loaders: createLoaders(pool, view),
    access: {
      createKey: (input: NewKey) => createKey({ prisma, pepper, now: clock() }, workspaceId, input, key.scopes),
      revokeKey: (id: string) => revokeKey({ prisma, now: clock() }, workspaceId, id),
      updateSettings: (change: SettingsChange) => updateSettings(pool, workspaceId, change),
    },
    imports: uploadedImports({ pool, uploads, logger, signal }, workspace),
    recommendations: {
      savePlacement: (rules: PlacementRules) => savePlacement({ pool, now: clock() }, workspaceId, rules),
      deletePlacement: (name: string) => deletePlacement(pool, workspaceId, name),
      recordFeedback: (events: readonly FeedbackEvent[]) => recordFeedback({ pool, now: clock() }, workspaceId, events),
    },
    campaigns: {
      /** @param runId The run published now, where the request has lasted longer; that of its beginning when absent. */
      results: (campaign: MeasuredCampaign, request: ResultsRequest, runId = view.runId) =>
        campaignResults({ pool, view: { ...view, runId }, currency, now: clock() }, campaign, request),
      uplift: (campaign: MeasuredCampaign, request: ResultsRequest, variant: string | null) =>
        campaignUplift({ pool, view, currency, now: clock() }, campaign, request, variant),
      /** Nothing in it is causal. @param windowDays 1 to 365. */
      compareWithoutControl: (campaign: { readonly id: string }, windowDays: number) =>
        compareWithoutControl({ pool, view, now: clock() }, campaign, windowDays),
      watch: (id: string) => watchCampaign(pool, workspaceId, id),
      /** Null until a run is published. */
      plan: (input: PlanInput) => planCampaigns(pool, view, input),
      /** What to send a customer next. */
      proposals: new DataLoader((customers: readonly CustomerRow[]) => proposeCampaigns(pool, view, customers)),
      design: (input: DesignInput) => designExperiment(pool, view, input),
      create: (rules: CampaignRules) => createCampaign({ pool, now: clock() }, workspace, rules),
      start: (id: string) => startCampaign({ pool, now: clock() }, workspace, id),
      stop: (id: string) => stopCampaign({ pool, now: clock() }, workspaceId, id),
      enrol: (id: string, customers: readonly string[]) =>
        enrolCustomers({ pool, now: clock() }, workspace, id, customers),
      recordExposures: (exposures: readonly ExposureReport[]) =>
        recordExposures({ pool, now: clock() }, workspaceId, exposures),
      setGlobalHoldoutShare: (share: number) => changeHoldoutShare(pool, workspaceId, share),
    },
    analysis: {
      /** Starts an analysis of the caller's workspace and answers before it is done. */
      start: (input: AnalysisInput) => startAnalysis(workspace, input),
    },
  };
}
