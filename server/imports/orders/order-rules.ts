import type { OrderProfile } from '../profiles/profile.ts';
import type { OrderRow } from './order-row.ts';
import type { OrderState } from './states.ts';

/** How a file's amounts and states are read; decided once for the whole file. */
export interface OrderRules
  extends Pick<
    OrderProfile,
    'totalIncludes' | 'taxIncludedWhen' | 'hasSumRows' | 'areRefundsNegative' | 'refundsOfOrders'
  > {
  /** NONE: no amounts are wanted, and every order is worth 0. */
  readonly amounts: OrderProfile['amounts'] | 'NONE';
  /** Whether discounts are shares of the line, 0 to 1. */
  readonly isDiscountShare: boolean;
  /** Whether the number alone makes a row a refund. */
  isRefundNumber(number: string): boolean;
  /** undefined for a state that is not known. */
  stateOf(text: string): OrderState | undefined;
}

/** The values of a whole order: of each column the first that any of its rows has. */
export interface OrderHead extends Omit<OrderRow, 'row' | 'itemState' | 'products' | 'number' | 'at'> {
  readonly number: string;
  readonly at: Date;
}
