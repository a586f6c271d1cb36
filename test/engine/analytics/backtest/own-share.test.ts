import { expect, it } from 'vitest';

import { ownShareOf } from '../../../../server/engine/analytics/backtest/own-share.ts';

const column = (...values: number[]) => Float64Array.from(values);
const trial = (model: number, own: number) => ({ model: column(model), own: column(own), actual: column(100) });

it('takes none of the own rates where the model is nearer at half of the origins or more', () => {
  expect(ownShareOf([trial(95, 60), trial(50, 90)])).toMatchObject({ share: 0, lost: 1, origins: 2 });
  expect(ownShareOf([])).toMatchObject({ share: 0, lost: 0, origins: 0 });
});

it('takes the share with the least error, with one origin more that says a half', () => {
  // The model is 40 low and own rates are 40 / 3 high: three quarters of these are right.
  const between = trial(60, 340 / 3);
  expect(ownShareOf([between, between, between]).share).toBeCloseTo((3 * 0.75 + 0.5) / 4, 12);
});

it('states both errors', () => {
  expect(ownShareOf([trial(60, 90), trial(80, 95)])).toMatchObject({ modelError: 30, ownError: 7.5, lost: 2 });
});
