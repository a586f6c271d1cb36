import type pg from 'pg';

import { type RateRow, upsertRates } from './data/exchange-rates.ts';
import { type JobScope, writeBatch } from './data/import-batch.ts';
import { NO_FIGURES } from './data/import-jobs.ts';
import type { RateLine } from './formats/format.ts';
import type { Intake } from './intake.ts';

/** Where a file has two rates of a currency and day, the last one counts. */
export function rateIntake(pool: pg.Pool, job: JobScope): Intake<RateLine> {
  let pending = new Map<string, RateRow>();
  return {
    take: ({ day, rates }) => {
      for (const { currency, rate } of rates) pending.set(`${currency} ${day}`, { currency, day, rate: Number(rate) });
      return null;
    },
    write: async (rows) => {
      const rates = [...pending.values()];
      pending = new Map();
      await writeBatch(pool, job, rows, (tx) => upsertRates(tx, job.workspaceId, rates));
    },
    close: async () => {},
    figures: () => NO_FIGURES,
  };
}
