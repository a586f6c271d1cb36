import DataLoader from 'dataloader';
import type { Pool } from 'pg';

import type { Page, Slice } from '../domain/page.ts';
import type { CustomerRow } from './customer-columns.ts';
import { findCustomers } from './customers.ts';
import {
  findLines,
  findOrders,
  findRefunds,
  type LineRow,
  type OrderKey,
  type OrderRow,
  type RefundRow,
} from './orders.ts';
import { findRejectedRows, type RejectedRow } from './rejected-rows.ts';
import { findRuns, type RunRow } from './runs.ts';
import type { Tenant } from './tenant.ts';

/** What is read by key, batched over one request: one statement for all keys that are asked for at a time. */
export interface Loaders {
  readonly customer: DataLoader<string, CustomerRow | null>;
  readonly run: DataLoader<string, RunRow | null>;
  /** By customer. */
  orders(page: Page): DataLoader<string, Slice<OrderRow>>;
  readonly lines: DataLoader<OrderKey, LineRow[], string>;
  readonly refunds: DataLoader<OrderKey, RefundRow[], string>;
  /** By import job. */
  rejectedRows(page: Page): DataLoader<string, Slice<RejectedRow>>;
}

export function createLoaders(pool: Pool, tenant: Tenant): Loaders {
  return {
    customer: new DataLoader((ids) => findCustomers(pool, tenant, ids)),
    run: new DataLoader((ids) => findRuns(pool, tenant, ids)),
    orders: perPage((page) => new DataLoader((ids) => findOrders(pool, tenant, page, ids))),
    lines: new DataLoader((keys) => findLines(pool, tenant, keys), { cacheKeyFn: (order) => order.id }),
    refunds: new DataLoader((keys) => findRefunds(pool, tenant, keys), { cacheKeyFn: (order) => order.id }),
    rejectedRows: perPage((page) => new DataLoader((ids) => findRejectedRows(pool, tenant, page, ids))),
  };
}

/** One loader for each page that is asked for, so that parents asking for the same page share a statement. */
function perPage<Row>(create: (page: Page) => DataLoader<string, Slice<Row>>) {
  const loaders = new Map<string, DataLoader<string, Slice<Row>>>();
  return (page: Page) => {
    const key = JSON.stringify(page);
    const loader = loaders.get(key) ?? create(page);
    loaders.set(key, loader);
    return loader;
  };
}
