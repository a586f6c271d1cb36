export interface Money {
  /** Decimal text with at least the currency's usual digits, e.g. `180.50`. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** An amount that was added up exactly: keeps every digit, and has at least the currency's. @param amount Decimal text. */
export function exactMoney(amount: string, currency: string): Money {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = fraction.replace(/0+$/, '').padEnd(fractionDigits(currency), '0');
  return { amount: digits === '' ? whole : `${whole}.${digits}`, currency };
}

/** An amount that a model made: rounded to the currency's smallest unit. @param amount Finite. */
export const roundedMoney = (amount: number, currency: string): Money => ({
  amount: amount.toFixed(fractionDigits(currency)),
  currency,
});

const known = new Map<string, number>();

function fractionDigits(currency: string): number {
  const digits =
    known.get(currency) ??
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2;
  known.set(currency, digits);
  return digits;
}
