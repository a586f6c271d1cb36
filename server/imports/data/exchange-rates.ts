import type pg from 'pg';

import { type Columns, insertion } from '../../store/sql/unnest.ts';

/** How many units of a currency one euro bought on a day. */
export interface RateRow {
  readonly currency: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly rate: number;
}

const RATE: Columns<RateRow> = { currency: { repeated: 'text' }, day: 'date', rate: 'float8' };

/** @param rates At most one of a currency and day. */
export async function upsertRates(tx: pg.PoolClient, workspaceId: string, rates: readonly RateRow[]): Promise<void> {
  if (rates.length === 0) return;
  await tx.query(
    insertion(
      'exchange_rate as r',
      { workspace_id: workspaceId },
      RATE,
      rates,
      `on conflict (workspace_id, currency, day) do update set rate = excluded.rate
         where r.rate is distinct from excluded.rate`,
    ),
  );
}

/** Days since 1970-01-01 for which there are rates of a currency, ascending, and those rates. */
export interface CurrencyRates {
  readonly currency: string;
  readonly days: readonly number[];
  readonly rates: readonly number[];
}

/** @param currencies Only of these; null for all. */
export async function readRates(
  pool: pg.Pool,
  workspaceId: string,
  currencies: readonly string[] | null,
): Promise<CurrencyRates[]> {
  const { rows } = await pool.query<CurrencyRates>(
    `select currency::text as currency, array_agg(day - date '1970-01-01' order by day) as days, array_agg(rate order by day) as rates
     from exchange_rate where workspace_id = $1 and ($2::text[] is null or currency = any($2::text[]))
     group by currency order by currency`,
    [workspaceId, currencies],
  );
  return rows;
}
