import Decimal from 'decimal.js';

import { minus, times } from '../amounts/decimal-text.ts';
import { priceOf } from '../amounts/line-price.ts';
import type { OrderLine } from '../formats/format.ts';

/** A line in the currency of the workspace, as it waits for the others of its order. Amounts are decimal texts. */
export interface PricedLine
  extends Omit<OrderLine, 'at' | 'product' | 'unitPrice' | 'total' | 'currency' | 'converted'> {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The shop's id of the product. */
  readonly product: string | null;
  readonly unitPrice: string;
  /** What is taken off the line as it is stored; with a price that was rounded up, more than the discount. */
  readonly takenOff: string;
  readonly amount: string;
  /** The amount before it was converted; null where it was not. */
  readonly paid: { readonly currency: string; readonly amount: string } | null;
}

/** As amounts are stored. */
const SCALE = 4;

/** @param rate How much of the workspace's currency one unit of the line's is worth. */
export function pricedLine(line: OrderLine, rate: Decimal): PricedLine {
  const { kind, customer, number, key, quantity, currency, channel, country, name, email } = line;
  const isConverted = !rate.equals(1);
  const convert = (amount: Decimal.Value) => new Decimal(amount).times(rate).toDecimalPlaces(SCALE).toFixed();
  const own = isConverted ? convertedLine(line, convert) : line;
  const { unitPrice, discount: takenOff } = priceOf(own);
  const { discount, unitCost, tax, shipping } = own;
  return {
    kind,
    customer,
    number,
    key,
    quantity,
    channel,
    country,
    name,
    email,
    discount,
    unitCost,
    tax,
    shipping,
    at: line.at.getTime(),
    product: line.product?.id ?? null,
    unitPrice,
    takenOff,
    amount: minus(times(quantity, unitPrice), takenOff),
    paid:
      isConverted && currency !== null
        ? { currency, amount: grossOf(line).minus(line.discount).toDecimalPlaces(SCALE).toFixed() }
        : null,
  };
}

/** The total is converted and not the unit price: a rounded price would be off by as much as the quantity is large. */
function convertedLine(line: OrderLine, convert: (amount: Decimal.Value) => string): OrderLine {
  return {
    ...line,
    unitPrice: null,
    total: convert(grossOf(line)),
    discount: convert(line.discount),
    unitCost: line.unitCost === null ? null : convert(line.unitCost),
    tax: convert(line.tax),
    shipping: convert(line.shipping),
  };
}

const grossOf = ({ total, quantity, unitPrice }: OrderLine) =>
  total === null ? new Decimal(quantity).times(unitPrice ?? 0) : new Decimal(total);
