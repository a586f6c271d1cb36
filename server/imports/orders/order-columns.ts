import { type ColumnSpec, optional, required } from '../formats/columns.ts';

/**
 * What a column of a file of orders may hold, and the common headers of each. A file has one row a line of an order, or one
 * row an order; values of the whole order may stand in its first row only, or be repeated on each.
 */
export const ORDER_COLUMNS = {
  customer: optional('customer id', 'client', 'client id', 'user id', 'buyer id', 'account'),
  email: optional('e-mail', 'email address', 'customer email', 'mail'),
  order: required(
    'order id',
    'order number',
    'order no',
    'invoice',
    'invoice no',
    'invoice number',
    'transaction id',
    'transactions id',
    'sale id',
    'receipt number',
  ),
  /** Number of an order that has none (yet). */
  'record number': optional(),
  'placed at': required(
    'order date',
    'ordered at',
    'created at',
    'date',
    'invoice date',
    'purchase date',
    'sale date',
    'transaction date',
    'order time stamp',
    'timestamp',
    'paid at',
  ),
  /** The time of day, where the date stands alone. */
  time: optional('order time', 'sale time', 'transaction time'),
  'time zone': optional(),
  /** Whether the order counts: paid, cancelled, pending, ... */
  state: optional('status', 'order status', 'financial status', 'payment status'),
  /** A second state, of the line or of the account; any that does not count leaves the row out. */
  'item state': optional(),
  /** A time; empty where the order was not cancelled. */
  'cancelled at': optional('canceled at'),
  /** A time; empty where the order is not paid. */
  'payment time': optional(),
  product: optional('product id', 'sku', 'stock code', 'item', 'item id', 'lineitem sku', 'variant'),
  'product name': optional('item name', 'lineitem name', 'description', 'title'),
  category: optional('product category', 'product type', 'department'),
  /** Products of the order in one text, which the profile knows how to read. */
  products: optional(),
  quantity: optional('qty', 'units', 'lineitem quantity', 'count'),
  'unit price': optional('price', 'lineitem price', 'item price', 'price per unit', 'price each'),
  /** Of the line, before its discount. */
  'line total': optional(
    'total',
    'amount',
    'value',
    'revenue',
    'sales',
    'lineitem total',
    'total amount',
    'total sale',
    'total price',
  ),
  /** Of the line. */
  discount: optional('discount amount', 'lineitem discount'),
  'unit cost': optional('cost', 'cogs', 'cost price', 'cost per item'),
  'line tax': optional(),
  'line shipping': optional(),
  /** Of the whole order. */
  'order total': optional('order total', 'grand total'),
  /** All that the customer paid, where that is another column than the order total. */
  paid: optional(),
  'order discount': optional('order discount', 'cart discount'),
  tax: optional('taxes', 'tax amount', 'total tax', 'vat'),
  shipping: optional('shipping cost', 'shipping amount', 'shipping total'),
  tip: optional('tips', 'gratuity'),
  refunded: optional('refunded amount', 'amount refunded', 'refund amount', 'total refunded'),
  /** What is left of all that was paid; 0 or empty where nothing went back. */
  'adjusted total': optional(),
  'refunded at': optional('refund date'),
  currency: optional('currency code'),
  /** What `order total`, `refunded` and the fees come to in the `converted currency`. */
  'converted total': optional(),
  'converted refunded': optional(),
  'converted currency': optional(),
  /** Number of the order that a row gives money back for. */
  'refund of': optional(),
  channel: optional('source', 'sales channel', 'utm source', 'medium'),
  country: optional('country code', 'shipping country', 'billing country', 'region'),
  name: optional('customer name', 'full name', 'billing name'),
  'first name': optional(),
  'last name': optional(),
} satisfies Record<string, ColumnSpec>;

export type OrderColumn = keyof typeof ORDER_COLUMNS;

/** The columns that hold money. */
export const AMOUNT_COLUMNS = [
  'unit price',
  'line total',
  'discount',
  'unit cost',
  'line tax',
  'line shipping',
  'order total',
  'paid',
  'order discount',
  'tax',
  'shipping',
  'tip',
  'refunded',
  'adjusted total',
  'converted total',
  'converted refunded',
] as const satisfies readonly OrderColumn[];
/** Columns of numbers. */
export const NUMBER_COLUMNS = [...AMOUNT_COLUMNS, 'quantity'] as const;
export type AmountColumn = (typeof AMOUNT_COLUMNS)[number];
/** Those that differ from line to line; the others are of the whole order. */
export const AMOUNTS_OF_LINE: ReadonlySet<AmountColumn> = new Set([
  'unit price',
  'line total',
  'discount',
  'unit cost',
  'line tax',
  'line shipping',
]);
