import { readFileSync } from 'node:fs';

import type { HistoryGroup } from '../../server/engine/models/types.ts';
import { historyGroups } from './cdnow.ts';

const FILE = new URL('../../../shared/data/cdnow/cdnow_customers_summary.csv', import.meta.url);

/** CDNOW's sample as the papers used it: weeks in two decimals. */
export function cdnowSummary(): HistoryGroup[] {
  const rows = readFileSync(FILE, 'utf8').trim().split('\n').slice(1);
  const histories = rows.map((row) => row.split(',').map(Number));
  return historyGroups(histories.map(([, x, tx, T]) => ({ x: x!, tx: tx!, T: T! })));
}
