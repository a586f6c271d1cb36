import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../../server/domain/day.ts';
import { sum } from '../../../../server/engine/analytics/accuracy.ts';
import { coverageAt } from '../../../../server/engine/analytics/backtest/coverage.ts';
import { figuresOf } from '../../../../server/engine/analytics/backtest/figures.ts';
import { fitsAt } from '../../../../server/engine/analytics/backtest/fits.ts';
import { forecast, rateBaseline } from '../../../../server/engine/analytics/backtest/forecast.ts';
import { snapshotAt } from '../../../../server/engine/analytics/backtest/snapshot.ts';
import { cdnowIsThere, cdnowOrderDays, NO_CDNOW } from '../../../support/cdnow.ts';

/** CDNOW's 2,357 sampled customers, known for 39 weeks and predicted for the next 39. */
function validation() {
  const snapshot = snapshotAt(cdnowOrderDays('sample'), dayNumber('1997-09-30'), [39]);
  const fits = fitsAt(snapshot, null);
  const figures = fits.transactions.map((fit) => ({
    model: fit.model,
    ...figuresOf(forecast(snapshot, fit, fits.spend), snapshot),
  }));
  return { snapshot, fits, figures, baseline: figuresOf(rateBaseline(snapshot), snapshot) };
}

describe.skipIf(!cdnowIsThere)(`CDNOW, 39 and 39 weeks, as published (${NO_CDNOW})`, () => {
  const { snapshot, fits, figures, baseline } = cdnowIsThere ? validation() : ({} as ReturnType<typeof validation>);

  it.each([
    ['bg-nbd', -0.121, 0.7855, 1.608, 0.1612, 0.757, 0.502],
    ['mbg-nbd', -0.162, 0.7648, 1.607, 0.1614, 0.76, 0.502],
    ['pareto-nbd', -0.115, 0.7545, 1.603, 0.162, null, 0.503],
  ])('%s errs as the table says', (model, bias, mae, rmse, brier, auc, share) => {
    const figure = figures.find((candidate) => candidate.model === model)!;
    expect(figure.orders.actual).toBe(1882);
    expect(figure.orders.bias).toBeCloseTo(bias, 3);
    expect(figure.meanAbsoluteError).toBeCloseTo(mae, 4);
    expect(figure.rootMeanSquareError).toBeCloseTo(rmse, 3);
    expect(figure.brier).toBeCloseTo(brier, 3);
    if (auc !== null) expect(figure.areaUnderCurve).toBeCloseTo(auc, 3);
    // The table's top decile is 235 or 236 customers; here it is 235.7, the last in part.
    expect(Math.abs(figure.topDecileShare! - share)).toBeLessThan(0.0015);
  });

  it('own rate x horizon errs as the table says, more than any model', () => {
    expect(baseline.orders.bias).toBeCloseTo(0.557, 3);
    expect(baseline.meanAbsoluteError).toBeCloseTo(1.0237, 4);
    expect(baseline.rootMeanSquareError).toBeCloseTo(2.212, 3);
    expect(baseline.crps!).toBeLessThan(baseline.meanAbsoluteError!);
    for (const { crps, meanAbsoluteError, rootMeanSquareError } of figures) {
      expect(crps!).toBeLessThan(meanAbsoluteError!);
      expect(crps!).toBeLessThan(baseline.crps!);
      expect(meanAbsoluteError!).toBeLessThan(baseline.meanAbsoluteError!);
      expect(rootMeanSquareError!).toBeLessThan(baseline.rootMeanSquareError!);
    }
  });

  it('holds as many of the customers as it promises within 5 points, and the total with a deviation of 0.2', () => {
    for (const transactions of fits.transactions) {
      const question = { transactions, spend: fits.spend, correction: { ownShare: 0, levels: [1] }, deviations: [0.2] };
      const predicted = sum(forecast(snapshot, transactions, fits.spend).expectedValue[0]!);
      const [coverage] = coverageAt(snapshot, question, [predicted]);
      const { customers, customersHeld, customersPromised, centralShare, totalHeld } = coverage!;
      expect(Math.abs(customersHeld - customersPromised) / customers).toBeLessThan(0.05);
      expect(Math.abs(centralShare - 0.8)).toBeLessThan(0.05);
      expect(totalHeld).toBe(true);
    }
  });
});
