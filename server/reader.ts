import type { Pool } from 'pg';

import { type CampaignMembers, inCampaign } from './campaigns/data/campaign-filter.ts';
import {
  type FirstCampaignRow,
  readFirstCampaigns,
  readTriggers,
  type TriggerRow,
} from './campaigns/data/campaign-reports.ts';
import { type CampaignFilter, listCampaigns } from './campaigns/data/campaigns.ts';
import { type CustomerList, type CustomerListRequest, listCustomers } from './customers/data/customer-list.ts';
import { countCustomers } from './customers/data/customers.ts';
import type { Campaign } from './domain/campaigns.ts';
import type { Granularity } from './domain/granularity.ts';
import type { Page, Slice } from './domain/page.ts';
import type { RecommendationFindings } from './engine/recommenders/evaluation/findings.ts';
import { listPlacements } from './recommendations/data/placements.ts';
import { readRecommendationFindings } from './recommendations/data/recommendation-findings.ts';
import type { Placement } from './recommendations/placement.ts';
import { type ClvCells, type ClvFilter, readClvCells } from './scores/data/clv-cells.ts';
import { type Cohort, readCohorts } from './scores/data/cohort-cells.ts';
import { type RfmCells, readRfmCells } from './scores/data/rfm-cells.ts';
import { listRuns, type RunRow } from './scores/data/runs.ts';
import type { Tenant } from './store/tenant.ts';

interface CustomersRequest extends CustomerListRequest {
  readonly campaign?: CampaignMembers | null | undefined;
}

/** Hand-written statements of one caller: none can leave the caller's workspace or run. */
export interface Reader {
  customers(request: CustomersRequest): Promise<CustomerList>;
  customerCount(): Promise<number>;
  runs(page: Page): Promise<Slice<RunRow>>;
  clv(filter: ClvFilter): Promise<ClvCells>;
  rfm(): Promise<RfmCells>;
  cohorts(granularity: Granularity): Promise<Cohort[]>;
  placements(): Promise<Placement[]>;
  campaigns(filter: CampaignFilter, page: Page): Promise<Slice<Campaign>>;
  triggers(period: { readonly from: string | null; readonly to: string | null }): Promise<TriggerRow[]>;
  firstCampaigns(): Promise<FirstCampaignRow[]>;
  recommendationFindings(): Promise<RecommendationFindings | null>;
}

export const createReader = (pool: Pool, tenant: Tenant): Reader => ({
  customers: ({ campaign, ...request }) =>
    listCustomers(pool, tenant, { ...request, condition: campaign == null ? undefined : inCampaign(campaign) }),
  customerCount: () => countCustomers(pool, tenant),
  runs: (page) => listRuns(pool, tenant, page),
  clv: (filter) => readClvCells(pool, tenant, filter),
  rfm: () => readRfmCells(pool, tenant),
  cohorts: (granularity) => readCohorts(pool, tenant, granularity),
  placements: () => listPlacements(pool, tenant.workspaceId),
  campaigns: (filter, page) => listCampaigns(pool, tenant, filter, page),
  triggers: (period) => readTriggers(pool, tenant, period),
  firstCampaigns: () => readFirstCampaigns(pool, tenant),
  recommendationFindings: () => readRecommendationFindings(pool, tenant),
});
