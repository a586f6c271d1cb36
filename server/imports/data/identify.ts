import type pg from 'pg';

import { isFromColumn, SAME_ORDER_MS } from '../storing/gather-orders.ts';
import type { JobScope } from './import-batch.ts';
import type { OrderOrRefund } from './order-batch.ts';

export interface Identified extends OrderOrRefund {
  readonly id: string;
}

interface Kind {
  readonly table: string;
  /** Column of its time. */
  readonly at: string;
  idOf(customer: string, key: string): string;
}

/**
 * Which stored order or refund each of these is. One whose number is that of another long before or after it gets a key of its
 * own: whichever of the two came first into the database keeps the number. The day of a refund from a column may move.
 */
export async function identify(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  { table, at: column, idOf }: Kind,
  orders: readonly OrderOrRefund[],
): Promise<Identified[]> {
  const plainIds = orders.map(({ customerId, key }) => idOf(customerId, key));
  const { rows } = await tx.query<{ id: string; at: Date }>(
    `select id, ${column} as at from ${table} where workspace_id = $1 and customer_id = any($2::uuid[]) and id = any($3::uuid[])`,
    [workspaceId, [...new Set(orders.map(({ customerId }) => customerId))], plainIds],
  );
  const storedAt = new Map(rows.map(({ id, at }) => [id, at.getTime()]));
  const taken = new Set<string>();
  return orders.map((order, index) => {
    const { customerId, key, at, isAgain } = order;
    const plainId = plainIds[index]!;
    const stored = storedAt.get(plainId);
    const isOther =
      !isFromColumn(order) &&
      stored !== undefined &&
      (Math.abs(stored - at.getTime()) > SAME_ORDER_MS || taken.has(plainId));
    const id = isOther || (isAgain && stored === undefined) ? idOf(customerId, keyAgain(key, at)) : plainId;
    taken.add(id);
    return { ...order, id };
  });
}

/** The key of one whose number an earlier one of the customer has: the month distinguishes them. */
const keyAgain = (key: string, at: Date): string => `${key} ${at.toISOString().slice(0, 7)}`;
