import Decimal from 'decimal.js';

import { allocate } from './allocate.ts';
import type { OrderedProduct, OrderRow } from './order-row.ts';
import type { OrderHead, OrderRules } from './order-rules.ts';

/** A product on a row with its price, as texts without a sign. */
export interface PricedLine {
  readonly from: OrderRow;
  readonly product: OrderedProduct['product'];
  readonly quantity: string;
  /** null where `total` stands for it. */
  readonly unitPrice: string | null;
  /** Before the discount. */
  readonly total: string | null;
  readonly discount: string;
}

export const decimal = (text: string | null): Decimal => new Decimal(text ?? 0);
export const unsigned = (text: string | null): string =>
  text === null ? '0' : text.startsWith('-') ? text.slice(1) : text;

/** The products of an order's rows with their prices; together they are worth what the order is. */
export function priceLines(rows: readonly OrderRow[], order: OrderHead, rules: OrderRules): PricedLine[] {
  const lines = rows.flatMap((row) => row.products.map((product) => written(product, row)));
  if (rules.amounts === 'NONE') return lines.map((line) => ({ ...line, unitPrice: '0', total: null, discount: '0' }));
  if (rules.amounts === 'ORDER') return shareOut(lines, netSales(order, rules), taxIn(order, rules));
  const discounted = rules.isDiscountShare ? lines.map(shareOff) : lines;
  if (order.amounts['order discount'] === null) return discounted;
  const shares = allocate(
    decimal(order.amounts['order discount']).abs(),
    discounted.map((line) => Decimal.max(worthOf(line), 0)),
  );
  return discounted.map((line, i) => ({ ...line, discount: shares[i]!.plus(line.discount).toFixed() }));
}

/** As the row has it. */
const written = ({ product, quantity, unitPrice }: OrderedProduct, from: OrderRow): PricedLine => {
  const total = unitPrice === null ? from.amounts['line total'] : null;
  return {
    from,
    product,
    quantity: unsigned(quantity),
    unitPrice: total === null ? unsigned(unitPrice) : null,
    total: total === null ? null : unsigned(total),
    discount: unsigned(from.amounts.discount),
  };
};

const grossOf = ({ quantity, unitPrice, total }: PricedLine): Decimal =>
  total === null ? decimal(unitPrice).times(quantity) : new Decimal(total);

export const worthOf = (line: PricedLine): Decimal => grossOf(line).minus(line.discount);

/** A total is what the customer pays: the share is off already. */
const shareOff = (line: PricedLine): PricedLine => ({
  ...line,
  discount: line.total === null ? grossOf(line).times(line.discount).toDecimalPlaces(4).toFixed() : '0',
});

/** An order's total without what is no sale: tax, shipping, tips, and a discount that is not yet taken off. */
export function netSales(order: OrderHead, rules: OrderRules): Decimal {
  const { amounts } = order;
  const others = (rules.totalIncludes ?? []).map((column) => decimal(amounts[column]).abs());
  const total = decimal(amounts['order total']).abs();
  return Decimal.max(0, total.minus(Decimal.sum(0, ...others)).minus(taxIn(order, rules)));
}

/** The tax that is part of the prices and the total of an order; 0 where it comes on top. */
function taxIn({ amounts }: OrderHead, { taxIncludedWhen }: OrderRules): Decimal {
  if (taxIncludedWhen === undefined || amounts.tax === null) return decimal(null);
  const sum = Decimal.sum(0, ...taxIncludedWhen.map((column) => decimal(amounts[column])));
  return decimal(decimal(amounts.paid).equals(sum) ? amounts.tax : null);
}

/**
 * Splits what an order is worth over its lines, in proportion to their prices or, where these are unknown, quantities.
 * @param tax What prices hold of it: it comes off them, and is no discount.
 */
function shareOut(lines: readonly PricedLine[], worth: Decimal, tax: Decimal): PricedLine[] {
  const gross = lines.map(grossOf);
  const isPriced = gross.some((amount) => !amount.isZero());
  const weights = isPriced ? gross : lines.map(({ quantity }) => new Decimal(quantity));
  const shares = allocate(worth, weights);
  const taxes = tax.isZero() ? null : allocate(tax, weights);
  return lines.map((line, i) => {
    const price = taxes === null ? gross[i]! : gross[i]!.minus(taxes[i]!);
    const off = price.minus(shares[i]!);
    if (taxes === null && !off.isNegative()) return { ...line, discount: off.toFixed() };
    const quantity = Number(line.quantity) === 0 ? '1' : line.quantity;
    const total = Decimal.max(price, shares[i]!).toFixed();
    return { ...line, quantity, unitPrice: null, total, discount: Decimal.max(off, 0).toFixed() };
  });
}
