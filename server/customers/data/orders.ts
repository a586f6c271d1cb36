import type { Pool } from 'pg';

import { type Page, type Slice, sliceOf } from '../../domain/page.ts';
import { grouped } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { type ProductRow, productJson } from './product-columns.ts';

export interface OrderRow {
  readonly customerId: string;
  readonly id: string;
  readonly externalId: string;
  readonly placedAt: Date;
  readonly currency: string;
  /** Decimal text, as are all amounts below. */
  readonly amount: string;
  readonly channel: string | null;
  readonly country: string | null;
}

export interface LineRow {
  readonly orderId: string;
  readonly lineNo: number;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly discount: string;
  readonly amount: string;
  readonly product: ProductRow | null;
}

export interface RefundRow {
  readonly orderId: string;
  readonly externalId: string;
  readonly refundedAt: Date;
  readonly currency: string;
  readonly amount: string;
}

/** Names an order: orders are stored with their customer. */
export type OrderKey = Pick<OrderRow, 'customerId' | 'id'>;

/** The same page of each customer's orders, newest first, in one statement. */
export async function findOrders(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  page: Page,
  customerIds: readonly string[],
): Promise<Slice<OrderRow>[]> {
  const { rows } = await pool.query<OrderRow>(
    `select o.* from unnest($2::uuid[]) k(customer_id) cross join lateral (
       select o.customer_id as "customerId", o.id, o.external_id as "externalId", o.placed_at as "placedAt", o.currency,
         o.amount::text, o.channel, o.country
       from "order" o
       where o.customer_id = k.customer_id and o.workspace_id = $1
         and ($3::timestamptz is null or (o.placed_at, o.id) < ($3, $4::uuid))
       order by o.placed_at desc, o.id desc limit $5
     ) o`,
    [workspaceId, customerIds, page.position?.[0], page.position?.[1], page.size + 1],
  );
  return grouped(customerIds, rows, (order) => order.customerId).map((orders) =>
    sliceOf(page, orders, (order) => [order.placedAt.toISOString(), order.id]),
  );
}

/** The lines of each order, by line number. */
export async function findLines(pool: Pool, view: WorkspaceView, orders: readonly OrderKey[]): Promise<LineRow[][]> {
  const { rows } = await pool.query<LineRow>(
    `select l.order_id as "orderId", l.line_no as "lineNo", l.quantity::float8 as quantity, l.unit_price::text as "unitPrice",
       l.discount::text, (l.quantity * l.unit_price - l.discount)::text as amount,
       case when p.id is not null then ${productJson('p')} end as product
     from unnest($2::uuid[], $3::uuid[]) k(customer_id, id)
     join order_line l on l.customer_id = k.customer_id and l.order_id = k.id and l.workspace_id = $1
     left join product p on p.id = l.product_id and p.workspace_id = $1
     order by l.order_id, l.line_no`,
    [view.workspaceId, ...columns(orders)],
  );
  return grouped(
    orders.map((order) => order.id),
    rows,
    (line) => line.orderId,
  );
}

/** The refunds of each order, oldest first. */
export async function findRefunds(
  pool: Pool,
  view: WorkspaceView,
  orders: readonly OrderKey[],
): Promise<RefundRow[][]> {
  const { rows } = await pool.query<RefundRow>(
    `select r.order_id as "orderId", r.external_id as "externalId", r.refunded_at as "refundedAt", r.currency,
       r.amount::text
     from unnest($2::uuid[], $3::uuid[]) k(customer_id, id)
     join refund r on r.customer_id = k.customer_id and r.order_id = k.id and r.workspace_id = $1
     order by r.refunded_at, r.id`,
    [view.workspaceId, ...columns(orders)],
  );
  return grouped(
    orders.map((order) => order.id),
    rows,
    (refund) => refund.orderId,
  );
}

const columns = (orders: readonly OrderKey[]) => [orders.map((order) => order.customerId), orders.map(({ id }) => id)];
