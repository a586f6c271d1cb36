import Decimal from 'decimal.js';

import type { OrderLine } from '../../server/imports/formats/format.ts';

/** An amount of a stored line. */
const SCALE = 4;

/** A line with its amounts in another currency. @param rate How much of it one unit of the line's is worth. */
export function convertLine(line: OrderLine, rate: Decimal): OrderLine {
  if (rate.equals(1)) return line;
  const convert = (amount: string) => new Decimal(amount).times(rate).toDecimalPlaces(SCALE).toFixed();
  const orNull = (amount: string | null) => (amount === null ? null : convert(amount));
  return {
    ...line,
    unitPrice: orNull(line.unitPrice),
    total: orNull(line.total),
    discount: convert(line.discount),
    unitCost: orNull(line.unitCost),
    tax: convert(line.tax),
    shipping: convert(line.shipping),
  };
}
