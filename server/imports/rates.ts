import Decimal from 'decimal.js';
import type pg from 'pg';

import { readRates } from './data/exchange-rates.ts';

/** Rates hold over weekends and holidays, and no longer. */
const DAYS_VALID = 10;
const DAY_MS = 86_400_000;
/** Rates are per euro, so a euro is worth one without any. */
export const BASE = 'EUR';

export interface Rates {
  /** How much of one currency a unit of another is worth on the day of a time (UTC); null where no rate is known. */
  between(from: string, to: string, at: Date): Decimal | null;
}

/**
 * The rates of a workspace by day. Memory grows with currencies and days, not with orders.
 * @param currencies That are needed; null for all.
 */
export async function ratesFor(
  pool: pg.Pool,
  workspaceId: string,
  currencies: readonly string[] | null = null,
): Promise<Rates> {
  const found = await readRates(pool, workspaceId, currencies);
  const byCurrency = new Map(
    found.map(({ currency, days, rates }) => [
      currency,
      { days: Int32Array.from(days), rates: Float64Array.from(rates) },
    ]),
  );

  function perEuro(currency: string, day: number): number | null {
    const known = byCurrency.get(currency);
    if (known === undefined) return currency === BASE ? 1 : null;
    const index = lastUntil(known.days, day);
    return index < 0 || day - known.days[index]! > DAYS_VALID ? null : known.rates[index]!;
  }

  return {
    between(from, to, at) {
      if (from === to) return new Decimal(1);
      const day = Math.floor(at.getTime() / DAY_MS);
      const [own, other] = [perEuro(from, day), perEuro(to, day)];
      return own === null || other === null ? null : new Decimal(other).div(own);
    },
  };
}

/** Place of the last day that is not after another; -1 where all are. */
function lastUntil(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
