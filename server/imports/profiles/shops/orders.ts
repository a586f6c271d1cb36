import { ORDER_COLUMNS, type OrderColumn } from '../../orders/order-columns.ts';
import type { OrderProfile } from '../profile.ts';

/** Any file of orders whose columns have common names: Perennial's own layout among them. */
export const orders: OrderProfile = {
  holds: 'orders',
  title: 'orders with common column names',
  recognisedBy: [],
  columns: Object.fromEntries(
    Object.entries(ORDER_COLUMNS).map(([column, { aliases }]) => [column, [column, ...aliases]]),
  ) as unknown as Record<OrderColumn, readonly string[]>,
  amounts: 'LINES',
  guests: ['0', 'guest'],
};
