import Decimal from 'decimal.js';

import type { OrderLine, Outcome } from '../formats/format.ts';
import { AMOUNT_COLUMNS, AMOUNTS_OF_LINE } from './order-columns.ts';
import { columnKey, hasRefundColumn, isOwnPayment, isReturn, refundedOf, refundKey } from './order-refund.ts';
import type { OrderRow } from './order-row.ts';
import type { OrderHead, OrderRules } from './order-rules.ts';
import { decimal, netSales, type PricedLine, priceLines, unsigned, worthOf } from './order-value.ts';
import { isExcluded, type OrderState } from './states.ts';

const NO_DATE = { reason: 'BAD_DATE', detail: 'no row of the order has a date' };

/**
 * What the rows of one order come to: lines of the order and its refunds, or the state for which they are left out.
 * @param rows At least one; the first has a number.
 * @returns One outcome a row.
 */
export function readGroup(rows: readonly OrderRow[], rules: OrderRules): Outcome<OrderLine>[] {
  const head = headOf(rows, rules);
  if (head.at === null) return rows.map(({ row }) => ({ row, rejection: NO_DATE }));
  const order: OrderHead = { ...head, at: head.at };
  const state = stateOf(order, rules);
  const stateOfRow = (row: OrderRow) => {
    if (isExcluded(state)) return state;
    return isOwnPayment(row, rules) ? 'NOT_AN_ORDER' : meaning(row.itemState, rules);
  };
  const counted = rows.filter((row) => !isExcluded(stateOfRow(row)));
  const linesOf = new Map(counted.map((row): [OrderRow, OrderLine[]] => [row, []]));

  const shared = sharedOf(order);
  const sold = priceLines(
    withoutSums(counted, rules).filter((row) => !isReturn(row, rules)),
    order,
    rules,
  );
  for (const [i, line] of sold.entries()) linesOf.get(line.from)!.push(soldLine(line, order, shared, i === 0));
  for (const row of counted)
    if (isReturn(row, rules)) linesOf.get(row)!.push(...returnedLines(row, order, shared, rules));
  if (state === 'REFUNDED' || hasRefundColumn(order)) {
    const refunded = refundedOf(order, Decimal.sum(0, ...sold.map(worthOf)), state === 'REFUNDED');
    if (!refunded.isZero()) linesOf.get(sold[0]!.from)!.push(moneyBack(order, shared, refunded));
  }

  return rows.map((row, i) => {
    const lines = linesOf.get(row);
    if (lines !== undefined) return { row: row.row, lines };
    return { row: row.row, excluded: stateOfRow(row), drop: counted.length === 0 && i === 0 ? order : undefined };
  });
}

const meaning = (text: string | null, rules: OrderRules): OrderState =>
  text === null ? 'COUNTS' : (rules.stateOf(text) ?? 'COUNTS');

/** A cancelled order whose money went back is a sale and a refund. */
function stateOf({ state, isCancelled, isPaid }: OrderHead, rules: OrderRules): OrderState {
  const own = meaning(state, rules);
  if (own !== 'COUNTS' || (isPaid && !isCancelled)) return own;
  return isCancelled ? 'CANCELLED' : 'PENDING';
}

/** A row that names no product sums up the others, where the source writes such rows. */
function withoutSums(rows: readonly OrderRow[], { hasSumRows }: OrderRules): readonly OrderRow[] {
  if (!hasSumRows) return rows;
  const lines = rows.filter(({ products }) => products.some(({ product }) => product !== null));
  return lines.length > 0 ? lines : rows;
}

function headOf(rows: readonly OrderRow[], rules: OrderRules): Omit<OrderHead, 'at'> & { readonly at: Date | null } {
  const [first] = rows as [OrderRow];
  // A refund that stands beside its order has a total of its own.
  const sold = rows.filter((row) => !isReturn(row, rules));
  const [priced, ...others] = (sold.length > 0 ? sold : rows) as [OrderRow, ...OrderRow[]];
  const head = { ...first, number: first.number!, amounts: { ...priced.amounts } };
  for (const row of others) for (const column of AMOUNTS_OF_ORDER) head.amounts[column] ??= row.amounts[column];
  for (const row of rows.slice(1)) {
    for (const column of OF_ORDER) fill(head, column, row);
    head.isCancelled ||= row.isCancelled;
    head.isPaid ||= row.isPaid;
  }
  return head;
}

const OF_ORDER = [
  'customer',
  'at',
  'state',
  'refundOf',
  'refundedAt',
  'currency',
  'convertedCurrency',
  'channel',
  'country',
  'name',
  'email',
] as const;
const AMOUNTS_OF_ORDER = AMOUNT_COLUMNS.filter((column) => !AMOUNTS_OF_LINE.has(column));

function fill<Column extends keyof OrderRow>(
  head: { -readonly [C in keyof OrderRow]: OrderRow[C] },
  column: Column,
  row: OrderRow,
) {
  head[column] ??= row[column];
}

type Shared = Pick<
  OrderLine,
  'customer' | 'number' | 'currency' | 'converted' | 'channel' | 'country' | 'name' | 'email'
>;

/** What all lines of an order share. */
function sharedOf({
  number,
  customer,
  currency,
  convertedCurrency,
  amounts,
  channel,
  country,
  name,
  email,
}: OrderHead): Shared {
  const converted = amounts['converted total'];
  const rate = convertedCurrency === null || converted === null ? null : rateOf(converted, amounts['order total']);
  return {
    ...{ customer, number, currency, channel, country, name, email },
    converted: rate === null ? null : { currency: convertedCurrency!, rate },
  };
}

/** Decimals of a rate: an amount of nine digits comes out to the fourth decimal. */
const RATE_DIGITS = 14;

function rateOf(converted: string, amount: string | null): string {
  const [to, from] = [decimal(converted), decimal(amount)];
  return from.isZero() ? '1' : to.div(from).toDecimalPlaces(RATE_DIGITS).toFixed();
}

type OfKind = Pick<OrderLine, 'kind' | 'number' | 'key' | 'tax' | 'shipping'>;

function soldLine(line: PricedLine, order: OrderHead, shared: Shared, isFirst: boolean): OrderLine {
  const { amounts } = line.from;
  return lineOf(line, order, shared, {
    kind: 'order',
    number: order.number,
    key: order.number,
    tax: unsigned(amounts['line tax'] ?? (isFirst ? order.amounts.tax : null)),
    shipping: unsigned(amounts['line shipping'] ?? (isFirst ? order.amounts.shipping : null)),
  });
}

const NOBODY = { customer: null, name: null, email: null, country: null };

/** What a row gives back: its products or, of an order that is worth its total, that. */
function returnedLines(row: OrderRow, order: OrderHead, ofOrder: Shared, rules: OrderRules): OrderLine[] {
  const shared = rules.refundsOfOrders ? { ...ofOrder, ...NOBODY } : ofOrder;
  const { number, key } = refundKey(row, order, rules);
  const refund: OfKind = { kind: 'refund', number, key, tax: '0', shipping: '0' };
  if (rules.amounts !== 'ORDER') {
    return priceLines([row], order, rules).map((line) => lineOf(line, order, shared, refund));
  }
  const total = netSales({ ...order, amounts: row.amounts }, rules);
  return [{ ...moneyBack(order, shared, total), at: row.at ?? order.at, ...refund }];
}

/** Every property by name: copies of objects by `...` take most of the time of an import. */
function lineOf(
  { from, product, quantity, unitPrice, total, discount }: PricedLine,
  order: OrderHead,
  { customer, currency, converted, channel, country, name, email }: Shared,
  { kind, number, key, tax, shipping }: OfKind,
): OrderLine {
  const unitCost = from.amounts['unit cost'];
  return {
    kind,
    customer,
    number,
    key,
    at: from.at ?? order.at,
    product,
    quantity,
    unitPrice,
    total,
    discount,
    unitCost: unitCost === null ? null : unsigned(unitCost),
    tax,
    shipping,
    currency,
    converted,
    channel,
    country,
    name,
    email,
  };
}

/** A refund of money alone: no product comes back, so no cost is saved. */
const moneyBack = (order: OrderHead, shared: Shared, amount: Decimal): OrderLine => ({
  ...shared,
  kind: 'refund',
  key: columnKey(order.number),
  at: order.refundedAt ?? order.at,
  product: null,
  quantity: '1',
  unitPrice: null,
  total: amount.toFixed(),
  discount: '0',
  unitCost: '0',
  tax: '0',
  shipping: '0',
});
