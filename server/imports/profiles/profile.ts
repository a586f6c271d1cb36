import type { AmountColumn, OrderColumn } from '../orders/order-columns.ts';
import type { OrderState } from '../orders/states.ts';

/** How the orders of one source are written: data only. Text is compared without case, blanks and punctuation. */
export interface OrderProfile {
  readonly holds: 'orders';
  /** As people call it: "Shopify orders". */
  readonly title: string;
  /** Headers that a file of this source has, all of them, and hardly any other file; of a list, one is enough. */
  readonly recognisedBy: readonly (string | readonly string[])[];
  /** Headers of each column, best first; a column that is not named here goes by its common headers only where it must be there. */
  readonly columns: Readonly<Partial<Record<OrderColumn, readonly string[]>>>;
  /**
   * What an order is worth. LINES: what its lines come to, less discounts. ORDER: its total, less what `totalIncludes`;
   * the lines share it in proportion to their prices.
   */
  readonly amounts: 'LINES' | 'ORDER';
  readonly totalIncludes?: readonly ('tax' | 'shipping' | 'tip' | 'order discount')[];
  /** Where prices may hold tax: they do in an order for which the customer paid the sum of these columns. */
  readonly taxIncludedWhen?: readonly AmountColumn[];
  /** What the source's states mean, beside the common ones. */
  readonly states?: Readonly<Record<string, OrderState>>;
  /** How days are written where every value can be read two ways; absent: whoever imports is asked. */
  readonly dateOrder?: 'DMY' | 'MDY';
  /** Headers of the languages in which the source writes the day first, whatever `dateOrder` is. */
  readonly dayFirstBy?: readonly string[];
  /** Zone of times without an offset; absent: the workspace's. */
  readonly timeZone?: string;
  /** Lines that are no rows: how many there are, whose they are. */
  readonly remarks?: RegExp;
  /** Whether a row without a product sums up the other rows of its order. */
  readonly hasSumRows?: boolean;
  /** What `refund of` may name that is no order. */
  readonly agreement?: RegExp;
  /** Whether refunds have a negative total, and all else with a negative total is paid by the shop. */
  readonly areRefundsNegative?: boolean;
  /** Whether a refund is of the customer of the order that it names, whoever its own row names. */
  readonly refundsOfOrders?: boolean;
  /** Numbers that are refunds which name no order. */
  readonly refundNumber?: RegExp;
  /** One product in the column `products`: groups quantity, id, name, price. */
  readonly product?: RegExp;
  /** Currency of a file that names none. */
  readonly currency?: string;
  /** What spreadsheets have put behind customers' ids. */
  readonly customerSuffix?: RegExp;
  /** Whether rows without a customer are rejected instead of kept as anonymous. */
  readonly needsCustomer?: boolean;
  /** Whether a customer without id and e-mail address is known by name. */
  readonly isNameCustomer?: boolean;
  /** Values of `customer` that stand for a guest. */
  readonly guests?: readonly string[];
}
