import type { Row } from '../reading/table.ts';
import type { AmountColumn } from './order-columns.ts';

/** A row of a file of orders with its cells read; null where a cell is empty. Amounts are decimal texts. */
export interface OrderRow {
  readonly row: Row;
  readonly number: string | null;
  /** Folded id, else e-mail address. */
  readonly customer: string | null;
  readonly at: Date | null;
  readonly state: string | null;
  /** Of the line alone. */
  readonly itemState: string | null;
  readonly isCancelled: boolean;
  readonly isPaid: boolean;
  /** Number of the order that the row gives money back for. */
  readonly refundOf: string | null;
  readonly refundedAt: Date | null;
  readonly products: readonly OrderedProduct[];
  readonly amounts: Readonly<Record<AmountColumn, string | null>>;
  readonly currency: string | null;
  readonly convertedCurrency: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** A product on a row: one, or several where the row is a whole order that lists them. */
export interface OrderedProduct {
  /** null where the row names none. */
  readonly product: { readonly id: string; readonly name: string | null; readonly category: string | null } | null;
  /** With its sign; 1 where the file has none. */
  readonly quantity: string;
  readonly unitPrice: string | null;
}
