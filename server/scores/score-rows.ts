import type { CustomerColumns, Valuation } from '../compute/score-columns.ts';
import { daysBetween } from '../domain/day.ts';
import { spendSeen } from '../engine/models/free-start.ts';
import type { Fit, History, Spend } from '../engine/models/types.ts';
import type { SummaryRow } from './data/summaries.ts';

/** What is known of a customer who has bought, now or by the run before. */
type BuyerSummary = Pick<SummaryRow, 'firstOrderOn' | 'lastOrderOn' | 'orderDays' | 'purchaseValue' | 'monetaryValue'>;

/** Time in weeks, as the models take it. */
export function historyOf({ firstOrderOn, lastOrderOn, orderDays }: BuyerSummary, asOf: string): History {
  if (firstOrderOn === null || lastOrderOn === null)
    throw new RangeError('a customer without a purchase has no history');
  return { x: orderDays - 1, tx: daysBetween(firstOrderOn, lastOrderOn) / 7, T: daysBetween(firstOrderOn, asOf) / 7 };
}

export const repeatSpendOf = ({ orderDays, monetaryValue }: BuyerSummary): Spend => ({
  x: orderDays - 1,
  m: monetaryValue ?? 0,
});

export const spendOf = ({ orderDays, purchaseValue }: BuyerSummary): Spend => ({
  x: orderDays,
  m: purchaseValue / orderDays,
});

/** What a model of spend takes of customers. */
export function spendSummaryOf({ model }: Fit<unknown>, paidShareAfterFree: number) {
  const seenOf = model === 'gamma-gamma' ? repeatSpendOf : spendOf;
  return (summary: BuyerSummary) => spendSeen(spendOf(summary), seenOf(summary), paidShareAfterFree);
}

/** The customers as the models take them; x is NaN where there is no summary. */
export function columnsOf(
  summaries: readonly (BuyerSummary | null)[],
  asOf: string,
  { spend }: Pick<Valuation, 'spend'>,
  paidShareAfterFree: number,
  stratum: readonly number[],
): CustomerColumns {
  const spendSummary = spendSummaryOf(spend, paidShareAfterFree);
  const column = () => new Float64Array(summaries.length);
  const columns = { x: column(), tx: column(), T: column(), spendX: column(), m: column(), paying: column() };
  for (const [i, summary] of summaries.entries()) {
    if (summary === null) {
      columns.x[i] = Number.NaN;
      continue;
    }
    const { x, tx, T } = historyOf(summary, asOf);
    const { x: spendX, m, paying = 1 } = spendSummary(summary);
    columns.x[i] = x;
    columns.tx[i] = tx;
    columns.T[i] = T;
    columns.spendX[i] = spendX;
    columns.m[i] = m;
    columns.paying[i] = paying;
  }
  return { ...columns, stratum: Uint16Array.from(stratum) };
}
