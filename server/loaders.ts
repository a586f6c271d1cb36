import DataLoader from 'dataloader';
import type { Pool } from 'pg';

import { findPerformance } from './campaigns/data/campaign-reports.ts';
import { findCampaigns } from './campaigns/data/campaigns.ts';
import { findCustomerExposures } from './campaigns/data/customer-exposures.ts';
import { findCustomers } from './customers/data/customers.ts';
import { findLines, findOrders, findRefunds } from './customers/data/orders.ts';
import { findProductScores, findProducts } from './customers/data/products.ts';
import { findPurchaseDays } from './customers/data/purchase-days.ts';
import { findRejectedRows } from './imports/data/rejected-rows.ts';
import { findPlacementResults } from './recommendations/data/placement-results.ts';
import { findNeighbors, neighborKey } from './recommendations/data/product-neighbors.ts';
import { findOffers } from './recommendations/data/recommendations.ts';
import { findBacktests } from './scores/data/backtests.ts';
import { findRuns } from './scores/data/runs.ts';
import type { Tenant } from './store/tenant.ts';

/** What is read by key, batched over one request: one statement for all keys that are asked for at a time. */
export type Loaders = ReturnType<typeof createLoaders>;

type Find<Key, Row> = (pool: Pool, tenant: Tenant, keys: readonly Key[]) => Promise<Row[]>;

export function createLoaders(pool: Pool, tenant: Tenant) {
  const byId = <Row>(find: Find<string, Row>) => new DataLoader<string, Row>((ids) => find(pool, tenant, ids));
  const byKey = <Key, Row>(find: Find<Key, Row>, cacheKeyFn: (key: Key) => string) =>
    new DataLoader<Key, Exclude<Row, Error>, string>(
      (keys) => find(pool, tenant, keys) as Promise<(Exclude<Row, Error> | Error)[]>,
      { cacheKeyFn },
    );
  /** By id, for one argument such as a page. */
  const perArgument = <Argument, Row>(
    find: (pool: Pool, tenant: Tenant, argument: Argument, ids: readonly string[]) => Promise<Row[]>,
  ) => memoised((argument: Argument) => new DataLoader<string, Row>((ids) => find(pool, tenant, argument, ids)));
  return {
    customer: byId(findCustomers),
    run: byId(findRuns),
    /** By run. */
    backtests: byId(findBacktests),
    /** By customer. */
    orders: perArgument(findOrders),
    /** Order days up to the as-of day, by customer. */
    purchaseDays: perArgument(findPurchaseDays),
    lines: byKey(findLines, (order) => order.id),
    refunds: byKey(findRefunds, (order) => order.id),
    product: byId(findProducts),
    /** What the published run says of a product. */
    productScore: byId(findProductScores),
    neighbors: byKey(findNeighbors, neighborKey),
    /** By name of the placement. */
    placementResults: perArgument(findPlacementResults),
    campaign: byId(findCampaigns),
    /** By campaign. */
    performance: perArgument(findPerformance),
    /** By customer. */
    exposures: perArgument(findCustomerExposures),
    offers: byKey(findOffers, ({ customerId, placement }) =>
      placement === null ? customerId : `${customerId}/${placement}`,
    ),
    /** By import job. */
    rejectedRows: perArgument(findRejectedRows),
  };
}

/** One loader for each argument that is asked for, so that parents asking for the same share a statement. */
function memoised<Argument, Loader>(create: (argument: Argument) => Loader) {
  const loaders = new Map<string, Loader>();
  return (argument: Argument) => {
    const key = JSON.stringify(argument);
    const loader = loaders.get(key) ?? create(argument);
    loaders.set(key, loader);
    return loader;
  };
}
