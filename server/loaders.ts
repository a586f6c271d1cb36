import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import { findPerformance, type PerformanceRow } from './campaigns/data/campaign-reports.ts';
import { findCampaigns } from './campaigns/data/campaigns.ts';
import { type CustomerExposureRow, findCustomerExposures } from './campaigns/data/customer-exposures.ts';
import type { CustomerRow } from './customers/data/customer-columns.ts';
import { findCustomers } from './customers/data/customers.ts';
import {
  findLines,
  findOrders,
  findRefunds,
  type LineRow,
  type OrderKey,
  type OrderRow,
  type RefundRow,
} from './customers/data/orders.ts';
import type { ProductRow, ProductScore } from './customers/data/product-columns.ts';
import { findProductScores, findProducts } from './customers/data/products.ts';
import { findPurchaseDays, type PurchaseDays } from './customers/data/purchase-days.ts';
import type { Campaign } from './domain/campaigns.ts';
import type { Page, Slice } from './domain/page.ts';
import { findRejectedRows, type RejectedRow } from './imports/data/rejected-rows.ts';
import { findPlacementResults, type PlacementResultRow } from './recommendations/data/placement-results.ts';
import {
  findNeighbors,
  type NeighborKey,
  type NeighborRow,
  neighborKey,
} from './recommendations/data/product-neighbors.ts';
import { findOffers, type Offers, type OffersKey } from './recommendations/data/recommendations.ts';
import type { ResultsWindow } from './recommendations/results-window.ts';
import { type BacktestRow, findBacktests } from './scores/data/backtests.ts';
import { findRuns, type RunRow } from './scores/data/runs.ts';
import type { Tenant } from './store/tenant.ts';

/** What is read by key, batched over one request: one statement for all keys that are asked for at a time. */
export interface Loaders {
  readonly customer: DataLoader<string, CustomerRow | null>;
  readonly run: DataLoader<string, RunRow | null>;
  /** By run. */
  readonly backtests: DataLoader<string, BacktestRow[]>;
  /** By customer. */
  orders(page: Page): DataLoader<string, Slice<OrderRow>>;
  /** Purchase days up to the as-of day, by customer. */
  purchaseDays(asOf: string): DataLoader<string, PurchaseDays | null>;
  readonly lines: DataLoader<OrderKey, LineRow[], string>;
  readonly refunds: DataLoader<OrderKey, RefundRow[], string>;
  readonly product: DataLoader<string, ProductRow | null>;
  /** What the published run says of a product, by its id. */
  readonly productScore: DataLoader<string, ProductScore | null>;
  readonly neighbors: DataLoader<NeighborKey, NeighborRow[], string>;
  /** By name of the placement. */
  placementResults(window: ResultsWindow): DataLoader<string, PlacementResultRow[]>;
  readonly campaign: DataLoader<string, Campaign | null>;
  /** By campaign. */
  performance(unit: 'week' | 'month'): DataLoader<string, PerformanceRow[]>;
  /** By customer. */
  exposures(page: Page): DataLoader<string, Slice<CustomerExposureRow>>;
  readonly offers: DataLoader<OffersKey, Offers | null, string>;
  /** By import job. */
  rejectedRows(page: Page): DataLoader<string, Slice<RejectedRow>>;
}

export function createLoaders(pool: Pool, tenant: Tenant): Loaders {
  return {
    customer: new DataLoader((ids) => findCustomers(pool, tenant, ids)),
    run: new DataLoader((ids) => findRuns(pool, tenant, ids)),
    backtests: new DataLoader((runIds) => findBacktests(pool, tenant, runIds)),
    orders: perArgument((page: Page) => new DataLoader((ids) => findOrders(pool, tenant, page, ids))),
    purchaseDays: perArgument(
      (asOf: string) => new DataLoader((ids) => findPurchaseDays(pool, tenant.workspaceId, asOf, ids)),
    ),
    lines: new DataLoader((keys) => findLines(pool, tenant, keys), { cacheKeyFn: (order) => order.id }),
    refunds: new DataLoader((keys) => findRefunds(pool, tenant, keys), { cacheKeyFn: (order) => order.id }),
    product: new DataLoader((ids) => findProducts(pool, tenant, ids)),
    productScore: new DataLoader((ids) => findProductScores(pool, tenant, ids)),
    neighbors: new DataLoader((keys) => findNeighbors(pool, tenant, keys), { cacheKeyFn: neighborKey }),
    placementResults: perArgument(
      (window: ResultsWindow) => new DataLoader((names) => findPlacementResults(pool, tenant, window, names)),
    ),
    campaign: new DataLoader((ids) => findCampaigns(pool, tenant, ids)),
    performance: perArgument(
      (unit: 'week' | 'month') => new DataLoader((ids) => findPerformance(pool, tenant, unit, ids)),
    ),
    exposures: perArgument((page: Page) => new DataLoader((ids) => findCustomerExposures(pool, tenant, page, ids))),
    offers: new DataLoader<OffersKey, Offers | null, string>((keys) => findOffers(pool, tenant, keys), {
      cacheKeyFn: ({ customerId, placement }) => (placement === null ? customerId : `${customerId}/${placement}`),
    }),
    rejectedRows: perArgument((page: Page) => new DataLoader((ids) => findRejectedRows(pool, tenant, page, ids))),
  };
}

/** One loader for each argument that is asked for, such as a page, so that parents asking for the same share a statement. */
function perArgument<Argument, Row>(create: (argument: Argument) => DataLoader<string, Row>) {
  const loaders = new Map<string, DataLoader<string, Row>>();
  return (argument: Argument) => {
    const key = JSON.stringify(argument);
    const loader = loaders.get(key) ?? create(argument);
    loaders.set(key, loader);
    return loader;
  };
}
