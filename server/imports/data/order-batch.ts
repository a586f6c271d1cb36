/** A customer with what a file has of them. */
export interface CustomerRow {
  readonly id: string;
  readonly externalId: string;
  readonly isAnonymous: boolean;
  /** `YYYY-MM-DD` */
  readonly lastActiveOn: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly channel: string | null;
  /** Time of the latest order that gave a name, e-mail address or country; null where none did. */
  readonly namedAt: Date | null;
  /** Time of the order that the channel is from. */
  readonly channelAt: Date | null;
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

/** An order or refund with all that the file has of it. */
export interface OrderOrRefund {
  readonly kind: 'order' | 'refund';
  readonly customerId: string;
  readonly number: string;
  /** The number of an order; what distinguishes a refund from others. */
  readonly key: string;
  /** Whether the file has an earlier one with this key, so long ago that it is another. */
  readonly isAgain: boolean;
  readonly at: Date;
  readonly amount: string;
  readonly cost: string | null;
  readonly discount: string;
  readonly tax: string;
  readonly shipping: string;
  readonly paidCurrency: string | null;
  readonly paidAmount: string | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly lines: readonly LineRow[];
}

export interface LineRow {
  readonly productId: string | null;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount: string;
  readonly unitCost: string | null;
}

/** An order that does not count. */
export interface ExcludedOrder {
  readonly customerId: string;
  readonly number: string;
  readonly at: Date;
}

export interface OrderBatch {
  readonly customers: readonly CustomerRow[];
  readonly orders: readonly OrderOrRefund[];
  readonly refunds: readonly OrderOrRefund[];
  readonly excluded: readonly ExcludedOrder[];
}
