import type { OrderRules } from './orders/order-rules.ts';
import type { OrderState } from './orders/states.ts';

/** What amounts are of, by the name that whoever imports gives it. */
export const AMOUNTS = { line: 'LINES', order: 'ORDER', none: 'NONE' } as const satisfies Record<
  string,
  OrderRules['amounts']
>;

export type AmountsName = keyof typeof AMOUNTS;

/** What a state of an order means, by the name that whoever imports gives it. */
export const STATES: Readonly<Record<string, OrderState>> = {
  paid: 'COUNTS',
  refunded: 'REFUNDED',
  cancelled: 'CANCELLED',
  pending: 'PENDING',
  failed: 'FAILED',
  test: 'TEST',
};

/** The name that whoever imports gives a value. */
export const nameOfChoice = <Value>(names: Readonly<Record<string, Value>>, value: Value): string | undefined =>
  Object.keys(names).find((name) => names[name] === value);
