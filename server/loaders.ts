import DataLoader from 'dataloader';
import type { Pool } from 'pg';

import { findPerformance } from './campaigns/data/campaign-reports.ts';
import { findCampaigns } from './campaigns/data/campaigns.ts';
import { findCustomerExposures } from './campaigns/data/customer-exposures.ts';
import { findCustomers } from './customers/data/customers.ts';
import { findOrderDays } from './customers/data/order-days.ts';
import { findLines, findOrders, findRefunds } from './customers/data/orders.ts';
import { findProductScores, findProducts } from './customers/data/products.ts';
import { findRejectedRows } from './imports/data/rejected-rows.ts';
import { findPlacementResults } from './recommendations/data/placement-results.ts';
import { findNeighbors, neighborKey } from './recommendations/data/product-neighbors.ts';
import { findListSources } from './recommendations/data/recommendations.ts';
import { findBacktests } from './scores/data/backtests.ts';
import { findCustomersOfClv } from './scores/data/customer-of-clv.ts';
import { findRuns } from './scores/data/runs.ts';
import type { WorkspaceView } from './store/workspace-view.ts';

/** What is read by key, batched over one request: one statement for all keys that are asked for at a time. */
export type Loaders = ReturnType<typeof createLoaders>;

type Find<Key, Row> = (pool: Pool, view: WorkspaceView, keys: readonly Key[]) => Promise<Row[]>;

export function createLoaders(pool: Pool, view: WorkspaceView) {
  const byId = <Row>(find: Find<string, Row>) => new DataLoader<string, Row>((ids) => find(pool, view, ids));
  const byKey = <Key, Row>(find: Find<Key, Row>, cacheKeyFn: (key: Key) => string) =>
    new DataLoader<Key, Exclude<Row, Error>, string>(
      (keys) => find(pool, view, keys) as Promise<(Exclude<Row, Error> | Error)[]>,
      { cacheKeyFn },
    );
  /** By id, for one argument such as a page. */
  const perArgument = <Argument, Row>(
    find: (pool: Pool, view: WorkspaceView, argument: Argument, ids: readonly string[]) => Promise<Row[]>,
  ) => memoised((argument: Argument) => new DataLoader<string, Row>((ids) => find(pool, view, argument, ids)));
  return {
    customer: byId(findCustomers),
    /** Id of the customer with exactly this 12-month CLV in the published run. */
    customerOfClv: new DataLoader<number, string | null>((clvs) => findCustomersOfClv(pool, view, clvs)),
    run: byId(findRuns),
    /** By run. */
    backtests: byId(findBacktests),
    /** By customer. */
    orders: perArgument(findOrders),
    /** Order days up to the as-of day, by customer. */
    orderDays: perArgument(findOrderDays),
    lines: byKey(findLines, (order) => order.id),
    refunds: byKey(findRefunds, (order) => order.id),
    product: byId(findProducts),
    /** The figures of a product in the published run. */
    productScore: byId(findProductScores),
    neighbors: byKey(findNeighbors, neighborKey),
    /** By name of the placement. */
    placementResults: perArgument(findPlacementResults),
    campaign: byId(findCampaigns),
    /** By campaign. */
    performance: perArgument(findPerformance),
    /** By customer. */
    exposures: perArgument(findCustomerExposures),
    listSources: byKey(findListSources, ({ customerId, placement }) =>
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
