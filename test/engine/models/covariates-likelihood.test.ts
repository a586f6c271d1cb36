import { expect, it } from 'vitest';

import { covariateLikelihood, covariateModel } from '../../../server/engine/models/covariates-likelihood.ts';

const GROUPS = [
  { x: 0, tx: 0, T: 38, count: 20 },
  { x: 1, tx: 4, T: 30, count: 9 },
  { x: 3, tx: 27, T: 39, count: 5 },
  { x: 12, tx: 31, T: 33, count: 1 },
];

const STRATA = [
  { groups: GROUPS, covariates: [0, 0] },
  { groups: GROUPS.slice(1), covariates: [1, 0] },
  { groups: GROUPS.slice(0, 3), covariates: [0, 1] },
  { groups: GROUPS.slice(0, 2), covariates: [1, -0.5] },
];

const MODELS = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'];
const PARAMETERS = [0.6, 9, 0.8, 3];

it.each(MODELS)('has the gradient that differences of the log-likelihood show: %s', (name) => {
  const likelihood = covariateLikelihood(covariateModel(name), STRATA);
  const point = [...PARAMETERS, 0.4, -0.2, -0.5, 0.3];
  const { gradient } = likelihood(point);
  for (const [i, value] of point.entries()) {
    const step = 1e-5 * Math.max(0.1, Math.abs(value));
    const slope =
      (likelihood(point.with(i, value + step)).value - likelihood(point.with(i, value - step)).value) / (2 * step);
    expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
  }
});

it.each(MODELS)('is the plain model at coefficients of 0: %s', (name) => {
  const model = covariateModel(name);
  const plain = model.likelihood(STRATA.flatMap((stratum) => stratum.groups))(PARAMETERS);
  const { value, gradient } = covariateLikelihood(model, STRATA)([...PARAMETERS, 0, 0, 0, 0]);
  expect(value / plain.value).toBeCloseTo(1, 12);
  for (const [i, slope] of plain.gradient.entries()) expect(gradient[i]! / slope).toBeCloseTo(1, 9);
});

it.each(MODELS)('takes a faster clock for more of both: %s', (name) => {
  // Twice the rate of purchases and of dropout is half the time, where dropout goes by time; else only the purchases.
  const byTime = name === 'pareto-nbd';
  const hasty = covariateLikelihood(covariateModel(name), [{ groups: GROUPS, covariates: [1] }]);
  const halved = GROUPS.map((group) => ({ ...group, tx: group.tx / 2, T: group.T / 2 }));
  const slow = covariateLikelihood(covariateModel(name), [{ groups: GROUPS, covariates: [0] }]);
  const shifted = covariateLikelihood(covariateModel(name), [{ groups: halved, covariates: [1] }]);
  const purchases = GROUPS.reduce((sum, group) => sum + group.count * group.x, 0);
  const point = [...PARAMETERS, Math.log(2), byTime ? Math.log(2) : 0];
  expect(shifted(point).value - purchases * Math.log(2)).toBeCloseTo(slow(point).value, 9);
  expect(hasty(point).value).not.toBeCloseTo(slow(point).value, 3);
});

it('refuses a model it does not know', () => {
  expect(() => covariateModel('pooled-rate')).toThrow(/pooled-rate takes no covariates; models that do: bg-nbd/);
});
