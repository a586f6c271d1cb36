import { DAYS_PER_WEEK } from '../models/clv.ts';
import type { History, TransactionModel } from '../models/types.ts';

/** What falls later than this after the last purchase is as good as never. */
const HORIZON_WEEKS = (20 * 365.25) / DAYS_PER_WEEK;

/** Under a second. */
const TOLERANCE_WEEKS = 1e-6;

/**
 * When P(alive) falls under a threshold if nothing is bought: act before it. P(alive) falls as T grows, so the time is found by
 * bisection from the last purchase on, for every model alike.
 * @param history its T does not matter: the time may lie before it.
 * @param threshold in (0, 1).
 * @returns weeks after the first purchase, at least tx, to a millionth; null where it never falls so far, or not within 20 years
 * after the last purchase; NaN outside the domain.
 */
export function actBefore<P>(
  model: Pick<TransactionModel<P>, 'probabilityAlive'>,
  parameters: P,
  { x, tx }: History,
  threshold: number,
): number | null {
  if (!(threshold > 0 && threshold < 1)) return Number.NaN;
  const alive = (T: number) => model.probabilityAlive(parameters, { x, tx, T });
  const [start, end] = [alive(tx), alive(tx + HORIZON_WEEKS)];
  if (start === null || end === null || end >= threshold) return null;
  if (Number.isNaN(start) || Number.isNaN(end)) return Number.NaN;
  if (start < threshold) return tx;
  let [above, under] = [tx, tx + HORIZON_WEEKS];
  while (under - above > TOLERANCE_WEEKS) {
    const middle = (above + under) / 2;
    if (alive(middle)! < threshold) under = middle;
    else above = middle;
  }
  return under;
}

/** The first whole day number on which P(alive) is under the threshold. @param weeks as `actBefore` returns them. */
export function actBeforeDay(firstPurchaseDay: number, weeks: number): number {
  // Whole days come back from weeks with a rounding, and those of the search with its tolerance: neither is a day more.
  const slack = 10 * TOLERANCE_WEEKS;
  return firstPurchaseDay + Math.ceil((weeks - slack) * DAYS_PER_WEEK);
}
