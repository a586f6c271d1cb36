import type pg from 'pg';

const TABLES = {
  imported: [
    'customer',
    'product',
    '"order"',
    'order_line',
    'refund',
    'product_event',
    'campaign_exposure',
    'rejected_row',
  ],
  analysed: [
    'customer_summary',
    'customer_product',
    'customer_score',
    'score_cell',
    'cohort_cell',
    'recommendation',
    'replenishment',
  ],
} as const;

/** Lets the planner see what a bulk write has changed: the embedded engine never does so by itself, and a server only later. */
export async function refreshStatistics(pool: pg.Pool, kind: keyof typeof TABLES): Promise<void> {
  await pool.query(`analyze ${TABLES[kind].join(', ')}`);
}
