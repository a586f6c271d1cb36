import type { Pool } from 'pg';

import { type CampaignMembers, inCampaign } from './campaigns/data/campaign-filter.ts';
import { readFirstCampaigns, readTriggers } from './campaigns/data/campaign-reports.ts';
import { type CampaignFilter, listCampaigns } from './campaigns/data/campaigns.ts';
import { type CustomerDimensions, readCustomerDimensions } from './customers/data/customer-dimensions.ts';
import { type CustomerListRequest, listCustomers } from './customers/data/customer-list.ts';
import { countCustomers } from './customers/data/customers.ts';
import type { Page } from './domain/page.ts';
import type { Granularity } from './domain/period.ts';
import { readRecommendationFindings } from './recommendations/data/recommendation-findings.ts';
import { type ClvFilter, readClvCells } from './scores/data/clv-cells.ts';
import { readCohorts } from './scores/data/cohort-cells.ts';
import { readRfmCells } from './scores/data/rfm-cells.ts';
import type { WorkspaceView } from './store/workspace-view.ts';

interface CustomersRequest extends CustomerListRequest {
  readonly campaign?: CampaignMembers | null | undefined;
}

/** Hand-written statements of one caller: none can leave the caller's workspace or run. */
export type Reader = ReturnType<typeof createReader>;

export const createReader = (pool: Pool, view: WorkspaceView) => ({
  customers: ({ campaign, ...request }: CustomersRequest) =>
    listCustomers(pool, view, { ...request, condition: campaign == null ? undefined : inCampaign(campaign) }),
  customerDimensions: (wanted: (name: keyof CustomerDimensions) => boolean) =>
    readCustomerDimensions(pool, view, wanted),
  customerCount: () => countCustomers(pool, view),
  clv: (filter: ClvFilter) => readClvCells(pool, view, filter),
  rfm: () => readRfmCells(pool, view),
  cohorts: (granularity: Granularity) => readCohorts(pool, view, granularity),
  campaigns: (filter: CampaignFilter, page: Page) => listCampaigns(pool, view, filter, page),
  triggers: (period: { readonly from: string | null; readonly to: string | null }) => readTriggers(pool, view, period),
  firstCampaigns: () => readFirstCampaigns(pool, view),
  recommendationFindings: () => readRecommendationFindings(pool, view),
});
