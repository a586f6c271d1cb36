import type { History, HistoryGroup } from '../../server/engine/models/types.ts';

/** More than there are days in any history here. */
const MOST_DAYS = 1000;

/** Customers with equal histories of whole days carry one count. */
export function dayGroups(histories: Iterable<History>): HistoryGroup[] {
  const groups = new Map<number, HistoryGroup & { count: number }>();
  for (const { x, tx, T } of histories) {
    const key = (x * MOST_DAYS + Math.round(7 * tx)) * MOST_DAYS + Math.round(7 * T);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { x, tx, T, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}
