import { AMOUNT, refuseCurrency, refuseLength, refuseNumber, refuseWidth, reject } from './cells.ts';
import { type ColumnSpec, matchColumns, optional, required } from './columns.ts';
import type { Format, OrderLine, Rejection } from './format.ts';
import { DATE_FORMATS, instantReader } from './instant.ts';

export const COLUMNS = {
  customer: required(
    'customer id',
    'customer_id',
    'customerid',
    'client',
    'client id',
    'user id',
    'buyer id',
    'account',
  ),
  order: required(
    'order id',
    'order_id',
    'order number',
    'order no',
    'invoice',
    'invoice no',
    'invoice number',
    'transaction id',
  ),
  'placed at': required(
    'order date',
    'ordered at',
    'created at',
    'date',
    'invoice date',
    'purchase date',
    'timestamp',
    'paid at',
  ),
  product: optional('product id', 'sku', 'stock code', 'item', 'item id', 'lineitem sku', 'variant'),
  'product name': optional('item name', 'lineitem name', 'description', 'title'),
  category: optional('product category', 'product type', 'department'),
  quantity: optional('qty', 'units', 'lineitem quantity', 'count'),
  'unit price': optional('price', 'lineitem price', 'item price'),
  'line total': optional('total', 'amount', 'value', 'revenue', 'sales', 'lineitem total'),
  discount: optional('discount amount', 'lineitem discount'),
  currency: optional('currency code'),
  'unit cost': optional('cost', 'cogs', 'cost price', 'cost per item'),
  channel: optional('source', 'sales channel', 'utm source', 'medium'),
  country: optional('country code', 'shipping country', 'billing country', 'region'),
  name: optional('customer name', 'full name', 'billing name'),
  email: optional('e-mail', 'email address', 'customer email', 'mail'),
} satisfies Record<string, ColumnSpec>;

interface Dialect {
  readonly currency: string | null;
  readonly expects: string;
  /** Columns that this format must have beyond customer, order and placed at. */
  readonly required: readonly (keyof typeof COLUMNS)[];
  /** Whether the number alone shows that it is a refund. */
  isRefundNumber(number: string): boolean;
  customer(text: string): string;
}

const NUMBERS = {
  quantity: {
    pattern: /^[+-]?\d{1,9}(\.\d{1,3})?$/,
    accepted: 'digits with a decimal point, at most nine and three decimals',
  },
  'unit price': AMOUNT,
  'line total': AMOUNT,
  discount: AMOUNT,
  'unit cost': AMOUNT,
} as const;

const NUMBER_COLUMNS = Object.entries(NUMBERS) as [keyof typeof NUMBERS, (typeof NUMBERS)[keyof typeof NUMBERS]][];

/** CSV with one row an order line. A line with a negative quantity or amount is a return. */
export function orderLines(dialect: Dialect): Format<OrderLine> {
  const specs = { ...COLUMNS };
  for (const column of dialect.required) specs[column] = { ...specs[column], required: true };

  function open(header: readonly string[]) {
    const { columns, ignored, width, value } = matchColumns(header, specs);
    const instant = instantReader();

    function read(fields: readonly string[]): OrderLine | Rejection {
      if (fields.length !== width) return refuseWidth(fields, width);
      const customer = value(fields, 'customer');
      if (customer === null) return reject('MISSING_CUSTOMER', 'the customer is empty');
      const number = value(fields, 'order');
      if (number === null) return reject('MISSING_ORDER', 'the order number is empty');
      const placedAt = value(fields, 'placed at') ?? '';
      const at = instant(placedAt);
      if (at === null) return reject('BAD_DATE', `"${placedAt}" is not a date: expected ${DATE_FORMATS}`);
      const sku = value(fields, 'product') ?? value(fields, 'product name');
      const tooLong = refuseLength(header, fields, [customer, number, sku ?? '']);
      if (tooLong !== null) return tooLong;
      for (const [column, number] of NUMBER_COLUMNS) {
        const notNumber = refuseNumber(column, value(fields, column), number);
        if (notNumber !== null) return notNumber;
      }
      const currency = value(fields, 'currency')?.toUpperCase() ?? null;
      const notCurrency = refuseCurrency(currency);
      if (notCurrency !== null) return notCurrency;
      const quantity = value(fields, 'quantity') ?? '1';
      const unitPrice = value(fields, 'unit price');
      const total = unitPrice === null ? value(fields, 'line total') : null;
      const isReturn = isNegative(quantity) || isNegative(unitPrice ?? total ?? '0');
      const unitCost = value(fields, 'unit cost');
      const isRefundNumber = dialect.isRefundNumber(number);
      return {
        kind: isReturn || isRefundNumber ? 'refund' : 'order',
        customer: dialect.customer(customer),
        number,
        key: isReturn && !isRefundNumber ? `${number} ${at.toISOString()}` : number,
        at,
        product:
          sku === null ? null : { id: sku, name: value(fields, 'product name'), category: value(fields, 'category') },
        quantity: unsigned(quantity),
        unitPrice: unitPrice === null && total !== null ? null : unsigned(unitPrice ?? '0'),
        total: total === null ? null : unsigned(total),
        discount: unsigned(value(fields, 'discount') ?? '0'),
        unitCost: unitCost === null ? null : unsigned(unitCost),
        currency,
        channel: value(fields, 'channel'),
        country: value(fields, 'country'),
        name: value(fields, 'name'),
        email: value(fields, 'email'),
      };
    }

    return { columns, ignored, read };
  }

  return {
    holds: 'orders',
    syntax: 'csv',
    currency: dialect.currency,
    expects: dialect.expects,
    isData: () => false,
    open,
  };
}

const isNegative = (decimal: string) => decimal.startsWith('-') && /[1-9]/.test(decimal);

const unsigned = (decimal: string) => decimal.replace(/^[+-]/, '');
