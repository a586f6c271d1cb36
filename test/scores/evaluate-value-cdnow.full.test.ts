import { expect, it } from 'vitest';

import { dayNumber } from '../../server/domain/day.ts';
import { formatsNamed } from '../../server/import-formats.ts';
import { readOrders } from '../../server/imports/orders/read-orders.ts';
import { evaluateValue, isForetold } from '../../server/scores/evaluate-value.ts';
import { cdnowIsThere, cdnowOrders, NO_CDNOW } from '../support/cdnow.ts';
import { sharedData } from '../support/files.ts';

/** Whole days of 3, 6 and 12 months. */
const DAYS: Readonly<Record<number, number>> = { 3: 91, 6: 182, 12: 365 };

it.skipIf(!cdnowIsThere)(`measures CDNOW at five origins against what came (${NO_CDNOW})`, async () => {
  const path = sharedData('cdnow/CDNOW_sample.txt.gz');
  const { customers, lastDay } = await readOrders({ path, formats: formatsNamed('cdnow'), choices: {} });
  const { cells, summary } = await evaluateValue(customers, lastDay);
  expect(cells.map(({ asOf, months }) => `${asOf} ${months}`)).toEqual([
    ...['1997-03-26 3', '1997-03-26 6', '1997-03-26 12'],
    ...['1997-06-25 3', '1997-06-25 6', '1997-06-25 12'],
    ...['1997-09-24 3', '1997-09-24 6', '1997-12-24 3', '1997-12-24 6', '1998-03-26 3'],
  ]);
  const orders = cdnowOrders('sample');
  for (const { asOf, months, actual, customers: known, valueMae, baselineMae, areaUnderCurve } of cells.filter(
    isForetold,
  )) {
    const origin = dayNumber(asOf);
    const came = orders.filter(({ day }) => day > origin && day <= origin + DAYS[months]!);
    expect(actual).toBeCloseTo(came.reduce((sum, { cents }) => sum + cents, 0) / 100, 4);
    expect(known).toBe(2357);
    expect(valueMae).toBeLessThan(baselineMae);
    expect(areaUnderCurve).toBeGreaterThan(0.65);
  }
  expect(summary).toMatchObject({ totals: 11, beatBaseline: 11 });
  expect(summary.customersHeld).toBeGreaterThan(0.77);
  expect(summary.meanAbsLogMiss).toBeLessThan(0.25);
});
