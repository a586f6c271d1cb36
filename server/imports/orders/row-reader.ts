import Decimal from 'decimal.js';

import { readAmount } from '../columns/amounts.ts';
import { dateReader } from '../columns/dates.ts';
import { foldEmail, foldId, isMangledNumber } from '../columns/fold.ts';
import type { Spelling } from '../columns/spelling-survey.ts';
import { refuseAmount, refuseCurrency, refuseDate, refuseLength, refuseWidth, reject } from '../formats/cells.ts';
import type { MatchedColumns } from '../formats/columns.ts';
import type { Rejection } from '../formats/format.ts';
import type { OrderProfile } from '../profiles/profile.ts';
import type { Row } from '../reading/table.ts';
import { AMOUNT_COLUMNS, type AmountColumn, type NUMBER_COLUMNS, type OrderColumn } from './order-columns.ts';
import type { OrderedProduct, OrderRow } from './order-row.ts';

export const DATE_COLUMNS = ['placed at', 'refunded at'] as const;

/** How the cells of a file of orders are spelled, decided from all of them. */
export interface OrderSpelling extends Spelling<(typeof NUMBER_COLUMNS)[number], (typeof DATE_COLUMNS)[number]> {
  /** Whether `line total` is the order's, repeated on its lines. */
  readonly isLineTotalOfOrder: boolean;
  /** Currency that a sign of several currencies means where it can. */
  readonly home: string | null;
}

type Cell = (column: OrderColumn) => string | null;

/** Day and time of an order, which may stand in two columns. */
export function timeOf(cell: Cell): string | null {
  const [day, time] = [cell('placed at'), cell('time')];
  return day === null || time === null ? day : `${day} ${time}`;
}

/** A function that reads the cells of a row. */
export function rowReader(
  { header, columns, width, positions, value }: MatchedColumns<OrderColumn>,
  profile: OrderProfile,
  spelling: OrderSpelling,
): (row: Row) => OrderRow | Rejection {
  const instant = dateReader(spelling.dates['placed at'], spelling.timeZone);
  const refundInstant = dateReader(spelling.dates['refunded at'], spelling.timeZone);
  const suffix = profile.customerSuffix ?? '';
  const guests = new Set(['', ...(profile.guests ?? [])]);

  // A list of products is taken apart before it is stored.
  const listOfProducts = columns.find(({ column }) => column === 'products')?.header;
  const limited = { header, positions: positions.filter((position) => header[position] !== listOfProducts) };

  const has = (column: OrderColumn) => columns.some((each) => each.column === column && each.header !== null);
  const amountColumns = AMOUNT_COLUMNS.filter(has);
  const hasPaymentTime = has('payment time');
  /** Without a quantity a price is not what the line comes to; its total is. */
  const isTotalSure = has('line total') && !has('quantity');

  return (row) => {
    const fields = row.fields ?? [];
    if (row.fields === null) return reject('BAD_SYNTAX', row.fault ?? '');
    if (fields.length !== width) return refuseWidth(fields, width);
    const cell = (column: OrderColumn) => value(fields, column);
    const number = cell('order') ?? cell('record number');
    if (number !== null && isMangledNumber(number)) return reject('MANGLED_NUMBER', mangled(number));
    const id = cell('customer')?.replace(suffix, '') ?? '';
    const address = cell('email');
    const email = address === null ? null : foldEmail(address);
    const name = cell('name') ?? fullName(cell('first name'), cell('last name'));
    const customer = guests.has(id) ? (email ?? (profile.isNameCustomer ? name : null)) : foldId(id);
    if (customer === null && profile.needsCustomer) return NO_CUSTOMER;
    const time = timeOf(cell);
    const at = time === null ? null : instant(time, cell('time zone'));
    if (typeof at === 'string') return refuseDate(at, time!);
    const refundDay = cell('refunded at');
    const refundedAt = refundDay === null ? null : refundInstant(refundDay, cell('time zone'));
    if (typeof refundedAt === 'string') return refuseDate(refundedAt, refundDay!);
    const money = readMoney(amountColumns, cell, spelling);
    if ('reason' in money) return money;
    const { amounts, quantity } = money;
    const refundOf = cell('refund of');
    const currency = cell('currency')?.toUpperCase() ?? money.currency;
    const convertedCurrency = cell('converted currency')?.toUpperCase() ?? null;
    const product = cell('product') ?? cell('product name');
    const ids = [customer ?? '', number ?? '', product ?? ''];
    const fault = refuseLength(limited, fields, ids) ?? refuseCurrency(currency) ?? refuseCurrency(convertedCurrency);
    if (fault !== null) return fault;
    return {
      row,
      number: number === null ? null : foldId(number),
      customer,
      at,
      state: cell('state'),
      itemState: cell('item state'),
      isCancelled: cell('cancelled at') !== null,
      isPaid: !hasPaymentTime || cell('payment time') !== null,
      refundOf: refundOf === null || profile.agreement?.test(refundOf) ? null : foldId(refundOf),
      refundedAt,
      products: listedProducts(cell('products') ?? '', profile.product) ?? [
        { product: productOf(cell), quantity: quantity ?? '1', unitPrice: isTotalSure ? null : amounts['unit price'] },
      ],
      amounts,
      currency,
      convertedCurrency,
      channel: cell('channel'),
      country: cell('country'),
      name,
      email,
    };
  };
}

const NO_CUSTOMER = reject('MISSING_CUSTOMER', 'the customer is empty');

interface Money {
  readonly amounts: Readonly<Record<AmountColumn, string | null>>;
  readonly quantity: string | null;
  /** Named beside one of the amounts. */
  readonly currency: string | null;
}

const NO_AMOUNTS = Object.fromEntries(AMOUNT_COLUMNS.map((column) => [column, null])) as Record<AmountColumn, null>;

function readMoney(
  columns: readonly AmountColumn[],
  cell: Cell,
  { amounts: spellings, isLineTotalOfOrder, home }: OrderSpelling,
): Money | Rejection {
  const amounts: Record<AmountColumn, string | null> = { ...NO_AMOUNTS };
  let currency: string | null = null;
  for (const column of columns) {
    const text = cell(column);
    if (text === null) continue;
    const amount = readAmount(text, spellings[column], home);
    if (amount === null) return refuseAmount(column, text, spellings[column]);
    currency ??= amount.currency;
    amounts[column] = amount.isPercent ? new Decimal(amount.amount).div(100).toFixed() : amount.amount;
  }
  if (isLineTotalOfOrder) {
    amounts['order total'] = amounts['line total'];
    amounts['line total'] = null;
  }
  const text = cell('quantity');
  if (text === null) return { amounts, quantity: null, currency };
  const quantity = readAmount(text, spellings.quantity);
  return quantity === null || /\.\d{4}$/.test(quantity.amount)
    ? refuseAmount('quantity', text, spellings.quantity)
    : { amounts, quantity: quantity.amount, currency };
}

function productOf(cell: Cell): OrderedProduct['product'] {
  const id = cell('product') ?? cell('product name');
  return id === null ? null : { id: foldId(id), name: cell('product name'), category: cell('category') };
}

/** The products that one text lists, as a pattern with the groups quantity, id, name and price finds them; null without any. */
function listedProducts(text: string, pattern: RegExp | undefined): OrderedProduct[] | null {
  if (pattern === undefined) return null;
  const products = [...text.matchAll(pattern)].map(({ groups }): OrderedProduct => {
    const { quantity, id, name, price } = groups!;
    const product = id || name;
    return {
      product: product === undefined ? null : { id: foldId(product), name: name || null, category: null },
      quantity: quantity ?? '1',
      unitPrice: price ?? null,
    };
  });
  return products.length === 0 ? null : products;
}

const fullName = (...names: readonly (string | null)[]): string | null =>
  names.filter((name) => name !== null).join(' ') || null;

const mangled = (number: string) =>
  `"${number}" is an order number that a spreadsheet has rounded: export it again, or format the column as text`;
