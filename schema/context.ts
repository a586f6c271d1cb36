import type DataLoader from 'dataloader';

import type { PrismaClient } from '../prisma/generated/client/client.ts';
import type { Caller } from '../server/access/caller.ts';
import type { CreatedKey, NewKey } from '../server/access/create-key.ts';
import type { AnalysisInput } from '../server/analysis/settle-analysis.ts';
import type { ComparedWithoutControl } from '../server/campaigns/compare-without-control.ts';
import type { CampaignState } from '../server/campaigns/data/campaign-state.ts';
import type { DesignedExperiment, DesignInput } from '../server/campaigns/design-experiment.ts';
import type { EnrolledCustomers, StartedCampaign } from '../server/campaigns/enrol-customers.ts';
import type { PlanInput } from '../server/campaigns/plan-campaigns.ts';
import type { ExposureReport, RecordedExposures } from '../server/campaigns/record-exposures.ts';
import type { CustomerRow } from '../server/customers/data/customer-columns.ts';
import type { Campaign, CampaignRules } from '../server/domain/campaigns.ts';
import type { NextBestPlan, Proposal } from '../server/engine/experiments/next-best-types.ts';
import type { CampaignResults, Uplift } from '../server/engine/experiments/result-types.ts';
import type { ResultsRequest } from '../server/engine/experiments/types.ts';
import type { Loaders } from '../server/loaders.ts';
import type { Reader } from '../server/reader.ts';
import type { Placement, PlacementRules } from '../server/recommendations/placement.ts';
import type { FeedbackEvent, RecordedFeedback } from '../server/recommendations/record-feedback.ts';

/** What a resolver has: one request of one caller. */
export interface Context extends Caller {
  readonly requestId: string;
  /** Ordinary nouns; every query names `workspace.id`. */
  readonly prisma: PrismaClient;
  readonly read: Reader;
  readonly loaders: Loaders;
  /** @throws DomainError */
  createKey(key: NewKey): Promise<CreatedKey>;
  /** @throws DomainError */
  revokeKey(id: string): Promise<void>;
  /** @throws DomainError */
  savePlacement(rules: PlacementRules): Promise<Placement>;
  /** @throws DomainError */
  deletePlacement(name: string): Promise<void>;
  /** @throws DomainError */
  recordFeedback(events: readonly FeedbackEvent[]): Promise<RecordedFeedback>;
  /** @param runId The published run as of now, where the request has lasted longer; that of its beginning when absent. @throws DomainError */
  campaignResults(campaign: Campaign, request: ResultsRequest, runId?: string | null): Promise<CampaignResults>;
  /** Null until a run is published. @throws DomainError */
  planCampaigns(input: PlanInput): Promise<NextBestPlan | null>;
  /** What to send a customer next. */
  readonly proposals: DataLoader<CustomerRow, Proposal | null>;
  watchCampaign(id: string): AsyncIterable<CampaignState>;
  /** @throws DomainError */
  campaignUplift(
    campaign: Campaign,
    request: ResultsRequest,
    variant: string | null,
  ): Promise<Uplift & { readonly variant: string }>;
  /** None of it is causal. @param windowDays 1 to 365. */
  compareWithoutControl(campaign: Campaign, windowDays: number): Promise<ComparedWithoutControl>;
  /** @throws DomainError */
  designExperiment(input: DesignInput): Promise<DesignedExperiment>;
  /** @throws DomainError */
  createCampaign(rules: CampaignRules): Promise<Campaign>;
  /** @throws DomainError */
  startCampaign(id: string): Promise<StartedCampaign>;
  /** @throws DomainError */
  stopCampaign(id: string): Promise<Campaign>;
  /** @throws DomainError */
  setHoldoutShare(share: number): Promise<void>;
  /** @throws DomainError */
  recordExposures(exposures: readonly ExposureReport[]): Promise<RecordedExposures>;
  /** @throws DomainError */
  enrolCustomers(campaignId: string, customers: readonly string[]): Promise<EnrolledCustomers>;
  /** Starts an analysis of the caller's workspace and answers before it is done. @throws DomainError */
  startAnalysis(input: AnalysisInput): Promise<{ readonly runId: string }>;
}
