import { dayNumber } from '../../server/domain/day.ts';
import { sum } from '../../server/engine/analytics/accuracy.ts';
import { backtest, correctionOf } from '../../server/engine/analytics/backtest/backtest.ts';
import { coverageAt } from '../../server/engine/analytics/backtest/coverage.ts';
import { fitsAt } from '../../server/engine/analytics/backtest/fits.ts';
import { forecast, rateBaseline } from '../../server/engine/analytics/backtest/forecast.ts';
import { mixed } from '../../server/engine/analytics/backtest/own-share.ts';
import { snapshotAt } from '../../server/engine/analytics/backtest/snapshot.ts';
import type { OrderDays } from '../../server/engine/analytics/order-days.ts';
import { cdnowOrderDays } from '../support/cdnow.ts';
import { ONLINE_RETAIL_END, onlineRetailOrderDays } from '../support/online-retail.ts';
import type { Figures } from './figures.ts';

const EVERY_DAYS = 14;

/**
 * What 80% intervals of revenue would have covered, had an analysis been run every other week: each takes its model and error from
 * a backtest of what was known that day, and is held against the weeks that followed.
 */
async function coverage(customers: readonly OrderDays[], end: number): Promise<Figures> {
  const shares: number[] = [];
  let totals = 0;
  const known = (until: number) =>
    customers
      .filter(({ days }) => days[0]! <= until)
      .map(({ days, values }) => ({ days: Array.from(days).filter((day) => day <= until), values }));
  for (let origin = end - EVERY_DAYS; ; origin -= EVERY_DAYS) {
    const tested = backtest(known(origin), origin);
    if (tested.origins === null) break;
    const { chosen, errors, horizonWeeks, ownShare } = tested;
    if (origin + 7 * horizonWeeks > end) continue;
    const snapshot = snapshotAt(customers, origin, [horizonWeeks]);
    const fits = fitsAt(snapshot, null);
    const transactions = fits.transactions.find(({ model }) => model === chosen) ?? fits.transactions[0]!;
    const correction = { ownShare: ownShare.share, levels: correctionOf(ownShare.share, errors).levels.slice(0, 1) };
    const deviations = errors.slice(0, 1).map(({ deviation }) => deviation);
    const values = forecast(snapshot, transactions, fits.spend).expectedValue[0]!;
    const own = rateBaseline(snapshot).expectedValue[0]!;
    const predicted = correction.levels[0]! * sum(mixed(values, own, ownShare.share));
    const [covered] = coverageAt(snapshot, { transactions, spend: fits.spend, correction, deviations }, [predicted]);
    shares.push(covered!.customersHeld / covered!.customers);
    totals += Number(covered!.totalHeld);
  }
  const round = (share: number) => Math.round(1000 * share) / 1000;
  return {
    origins: shares.length,
    customers: round(shares.reduce((sum, share) => sum + share, 0) / shares.length),
    customersLowest: round(Math.min(...shares)),
    customersHighest: round(Math.max(...shares)),
    totals: round(totals / shares.length),
  };
}

export const cdnowCoverage = () => coverage(cdnowOrderDays('sample'), dayNumber('1998-06-30'));
export const onlineRetailCoverage = () => coverage(onlineRetailOrderDays(), dayNumber(ONLINE_RETAIL_END));
