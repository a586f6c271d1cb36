import Decimal from 'decimal.js';

/** Decimals of a quantity, of an amount, and of what the two come to. */
const QUANTITY = 3;
const AMOUNT = 4;
const PRODUCT = QUANTITY + AMOUNT;
/** Numbers of fewer digits are decimal texts exactly. */
const MOST = 1e15;

/**
 * Exact arithmetic on decimal texts such as `-12.5`. Those of orders are short enough for whole numbers of the smallest
 * unit, which take half the time of Decimal; it does the others.
 */
export function times(quantity: string, amount: string): string {
  return textOf(units(quantity, QUANTITY) * units(amount, AMOUNT)) ?? new Decimal(quantity).times(amount).toFixed();
}

export function minus(amount: string, other: string): string {
  if (other === '0') return shortest(amount);
  return textOf(units(amount, PRODUCT) - units(other, PRODUCT)) ?? new Decimal(amount).minus(other).toFixed();
}

export function sum(amounts: readonly string[]): string {
  let total = 0;
  for (const amount of amounts) {
    if (amount !== '0') total += units(amount, PRODUCT);
    if (!(Math.abs(total) < MOST)) return Decimal.sum(...amounts).toFixed();
  }
  return textOf(total) ?? Decimal.sum(...amounts).toFixed();
}

/** 2.50 is 2.5 */
export const shortest = (amount: string): string =>
  SHORTEST.test(amount) ? amount : (textOf(units(amount, PRODUCT)) ?? new Decimal(amount).toFixed());

const SHORTEST = /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** @returns NaN where a text has more decimals, or too many digits. */
function units(text: string, decimals: number): number {
  const point = text.indexOf('.');
  if (point >= 0 && text.length - point - 1 > decimals) return Number.NaN;
  const whole = Math.round(Number(text) * 10 ** decimals);
  return Math.abs(whole) < MOST ? whole : Number.NaN;
}

/** @returns null for a number that is too large, and for one so small that JavaScript writes it with an exponent. */
function textOf(inUnits: number): string | null {
  const size = Math.abs(inUnits);
  return size < MOST && (size >= 10 || size === 0) ? String(inUnits / 10 ** PRODUCT) : null;
}
