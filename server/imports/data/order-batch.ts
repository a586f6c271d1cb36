export interface NewCustomer {
  readonly id: string;
  readonly externalId: string;
  readonly day: string;
}

export interface CustomerDetails {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly channel: string | null;
}

export interface ProductDetails {
  readonly id: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly category: string | null;
}

export interface NamedProduct extends ProductDetails {
  /** Time of the latest order or refund that named the product; null where none did. */
  readonly namedAt: Date | null;
}

/** An order or refund with its totals over all lines read so far. */
export interface OrderOrRefund {
  readonly kind: 'order' | 'refund';
  readonly customerId: string;
  readonly id: string;
  /** Of this one among those of the customer; see OrderLine. */
  readonly key: string;
  readonly externalId: string;
  readonly at: Date;
  readonly amount: string;
  readonly cost: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly lines: number;
}

export interface LineRow {
  readonly customerId: string;
  readonly orderId: string;
  readonly lineNo: number;
  readonly productId: string | null;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount: string;
  readonly unitCost: string | null;
}

export interface OrderBatch {
  readonly customers: readonly NewCustomer[];
  readonly products: readonly ProductDetails[];
  readonly ordersAndRefunds: readonly OrderOrRefund[];
  readonly lines: readonly LineRow[];
}

/** What the end of a file knows: the last word on names, and the orders and refunds that its batches have not settled. */
export interface Closing {
  readonly customers: readonly CustomerDetails[];
  readonly products: readonly NamedProduct[];
  readonly ordersAndRefunds: readonly OrderOrRefund[];
}
