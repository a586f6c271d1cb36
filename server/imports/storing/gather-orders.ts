import Decimal from 'decimal.js';
import { sum, times } from '../amounts/decimal-text.ts';
import type { OrderOrRefund } from '../data/order-batch.ts';
import { columnKey } from '../orders/order-refund.ts';
import type { PricedLine } from './priced-line.ts';

/** A line of an order number of a customer. */
export interface Mention {
  /** null where the order does not count. */
  readonly line: PricedLine | null;
  readonly at: number;
  /** Counts the places where the file has the number: lines of one place follow one another. */
  readonly place: number;
}

export interface GatheredOrder extends OrderOrRefund {
  /** Whether its lines are so many days apart that they may be two orders. */
  readonly isApart: boolean;
  /** Rows and money of places that repeat an earlier one. */
  readonly repeated: { readonly rows: number; readonly amount: Decimal };
}

const DAY_MS = 86_400_000;
/** Lines of one number that are further apart are two orders: the shop has begun to count anew. */
export const SAME_ORDER_MS = 180 * DAY_MS;
const APART_MS = 31 * DAY_MS;

/** The orders and refunds that all mentions of one order number of a customer make. */
export function gatherOrders(
  customerId: string,
  mentions: readonly Mention[],
  productId: (externalId: string) => string,
): readonly GatheredOrder[] {
  const byKey = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (mention.line === null) continue;
    const key = `${mention.line.kind}\n${mention.line.key}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [mention]);
    else known.push(mention);
  }
  const orders = [...byKey.values()].flatMap((found) =>
    apart(found).map((lines, index) => toOrder(customerId, lines, index > 0, productId)),
  );
  const hasRows = orders.some((order) => order.kind === 'refund' && !isFromColumn(order));
  return capped(hasRows ? orders.filter((order) => !isFromColumn(order)) : orders);
}

/** What went back may hold tax and shipping, which net sales do not: of these no more goes back than there were. */
function capped(orders: readonly GatheredOrder[]): readonly GatheredOrder[] {
  const sold = orders.filter(({ kind }) => kind === 'order');
  if (sold.length !== 1 || orders.length === 1) return orders;
  let left = new Decimal(sold[0]!.amount);
  return orders.map((order) => {
    if (order.kind === 'order') return order;
    const amount = Decimal.min(order.amount, left);
    left = left.minus(amount);
    if (amount.equals(order.amount)) return order;
    const paid = order.paidAmount && amount.times(order.paidAmount).div(order.amount).toDecimalPlaces(4).toFixed();
    return { ...order, amount: amount.toFixed(), paidAmount: paid };
  });
}

/** Whether a refund is from a column of its order, which counts all that went back: refunds with rows of their own go before it. */
export const isFromColumn = ({ kind, number, key }: OrderOrRefund): boolean =>
  kind === 'refund' && key === columnKey(number);

/** Parts mentions where there is a gap that no order has; the earliest first. */
function apart(mentions: readonly Mention[]): (readonly Mention[])[] {
  if (spanOf(mentions) <= SAME_ORDER_MS) return [mentions];
  const times = mentions.map(({ at }) => at).sort((a, b) => a - b);
  const starts = times.filter((at, index) => index === 0 || at - times[index - 1]! > SAME_ORDER_MS);
  return starts.map((start, index) => mentions.filter(({ at }) => at >= start && at < (starts[index + 1] ?? Infinity)));
}

function spanOf(mentions: readonly Mention[]): number {
  let [first, last] = [Infinity, -Infinity];
  for (const { at } of mentions) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return last - first;
}

function toOrder(
  customerId: string,
  mentions: readonly Mention[],
  isAgain: boolean,
  productId: (externalId: string) => string,
): GatheredOrder {
  const lines = mentions.map(({ line }) => line!);
  const [first] = lines;
  const costs = lines.map(({ unitCost, quantity }) => (unitCost === null ? null : times(quantity, unitCost)));
  const paidCurrency = first!.paid?.currency ?? null;
  const isPaidInOne = paidCurrency !== null && lines.every(({ paid }) => paid?.currency === paidCurrency);
  return {
    kind: first!.kind,
    customerId,
    number: first!.number,
    key: first!.key,
    isAgain,
    at: new Date(mentions.reduce((earliest, { at }) => Math.min(earliest, at), mentions[0]!.at)),
    amount: sum(lines.map(({ amount }) => amount)),
    cost: costs.includes(null) ? null : sum(costs as string[]),
    discount: sum(lines.map(({ discount }) => discount)),
    tax: sum(lines.map(({ tax }) => tax)),
    shipping: sum(lines.map(({ shipping }) => shipping)),
    paidCurrency: isPaidInOne ? paidCurrency : null,
    paidAmount: isPaidInOne ? sum(lines.map(({ paid }) => paid!.amount)) : null,
    channel: lines.find(({ channel }) => channel !== null)?.channel ?? null,
    country: lines.find(({ country }) => country !== null)?.country ?? null,
    lines: lines.map(({ product, quantity, unitPrice, takenOff, unitCost }) => ({
      productId: product === null ? null : productId(product),
      quantity,
      unitPrice,
      discount: takenOff,
      unitCost,
    })),
    isApart: spanOf(mentions) > APART_MS,
    repeated: repeatsOf(mentions),
  };
}

/** Places of the file that repeat of an order exactly what an earlier place has. */
function repeatsOf(mentions: readonly Mention[]): GatheredOrder['repeated'] {
  let repeated = { rows: 0, amount: new Decimal(0) };
  if (mentions[0]!.place === mentions.at(-1)!.place) return repeated;
  const places = new Map<number, PricedLine[]>();
  for (const { place, line } of mentions) places.set(place, [...(places.get(place) ?? []), line!]);
  const seen = new Set<string>();
  for (const lines of places.values()) {
    const words = JSON.stringify(lines);
    if (seen.has(words)) {
      const amount = lines.reduce((total, line) => total.plus(line.amount), repeated.amount);
      repeated = { rows: repeated.rows + lines.length, amount };
    }
    seen.add(words);
  }
  return repeated;
}
