import { describe, expect, it } from 'vitest';

import { DomainError } from '../../../server/domain/errors.ts';
import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { fitCovariates, parametersOf } from '../../../server/engine/models/covariates.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import { pooledRate } from '../../../server/engine/models/pooled-rate.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { type Model, stratum, TRUTH } from '../../support/strata.ts';
import reference from './fixtures/covariates.json' with { type: 'json' };

const NO_EFFECT = { transaction: [0, 0], dropout: [0, 0] };
const ROWS = [
  [0, 0],
  [1, 0],
  [0, 1],
];

/** Three levels of a category; the second one buys more often, the third one drops out less. */
const threeLevels = (model: Model, customers: number) => {
  const random = createRandom(3);
  const effects = { transaction: [0.5, 0], dropout: [0.2, -0.8] };
  return ROWS.map((row) => stratum(model, random, customers, row, effects));
};

describe('against an independent implementation (30-digit arithmetic)', () => {
  it('fits MBG/NBD with one covariate, its standard errors and its test against the plain model', () => {
    const strata = [0, 1].map((z) => ({
      covariates: [z],
      groups: reference.customers
        .filter((customer) => customer[3] === z)
        .map(([x, tx, T]) => ({ x: x!, tx: tx! / 7, T: T! / 7, count: 1 })),
    }));
    const fit = fitCovariates(mbgNbd, ['z'], strata);
    expect(fit).toMatchObject({ model: 'mbg-nbd', status: 'converged', customers: 300, missingErrors: null });
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(fit.parameters[name] / reference.parameters[name]).toBeCloseTo(1, 5);
    const errors = [
      ...(['r', 'alpha', 'a', 'b'] as const).map((name) => fit.standardErrors![name] / fit.parameters[name]),
      ...fit.coefficients.map((c) => c.standardError!),
    ];
    for (const [i, error] of errors.entries()) expect(error / reference.standardErrors[i]!).toBeCloseTo(1, 5);
    for (const [i, { value }] of fit.coefficients.entries()) expect(value).toBeCloseTo(reference.coefficients[i]!, 6);
    expect(fit.logLikelihood).toBeCloseTo(reference.logLikelihood, 8);
    expect(fit.plain.logLikelihood).toBeCloseTo(reference.plainLogLikelihood, 8);
    expect(fit.likelihoodRatio.degrees).toBe(2);
    expect(fit.likelihoodRatio.pValue / reference.pValue).toBeCloseTo(1, 6);
  });
});

describe('by property', () => {
  it.each([bgNbd, mbgNbd])('recovers the effects that made 3,000 customers of $name, within four errors', (model) => {
    const fit = fitCovariates(model, ['ads', 'email'], threeLevels(model, 1000));
    expect(fit.status).toBe('converged');
    expect(fit.coefficients.map((c) => [c.process, c.name])).toEqual([
      ['transaction', 'ads'],
      ['transaction', 'email'],
      ['dropout', 'ads'],
      ['dropout', 'email'],
    ]);
    for (const [i, truth] of [0.5, 0, 0.2, -0.8].entries()) {
      const { value, standardError } = fit.coefficients[i]!;
      expect(Math.abs(value - truth)).toBeLessThan(4 * standardError!);
      expect(standardError).toBeLessThan(0.25);
    }
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(fit.parameters[name] - TRUTH[name])).toBeLessThan(4 * fit.standardErrors![name]);
    expect(fit.likelihoodRatio.pValue).toBeLessThan(1e-6);
  });

  it('recovers the effects on both rates of Pareto/NBD, within four errors', () => {
    const random = createRandom(6);
    const truth = { r: 2, alpha: 8, s: 1, beta: 20 };
    const effects = [0.5, -0.6];
    const scaled = { ...truth, alpha: truth.alpha * Math.exp(-effects[0]!), beta: truth.beta * Math.exp(-effects[1]!) };
    const strata = [truth, scaled].map((own, z) => ({
      covariates: [z],
      groups: Array.from({ length: 800 }, () => {
        const T = 30 + 40 * random.uniform();
        const times = paretoNbd.simulate(own, T, random);
        return { x: times.length, tx: times.at(-1) ?? 0, T, count: 1 };
      }),
    }));
    const fit = fitCovariates(paretoNbd, ['z'], strata);
    expect(fit).toMatchObject({ model: 'pareto-nbd', status: 'converged', missingErrors: null });
    for (const [i, { value, standardError }] of fit.coefficients.entries()) {
      expect(Math.abs(value - effects[i]!)).toBeLessThan(4 * standardError!);
      expect(standardError).toBeLessThan(0.25);
    }
    for (const name of ['r', 'alpha', 's', 'beta'] as const)
      expect(Math.abs(fit.parameters[name] - truth[name])).toBeLessThan(4 * fit.standardErrors![name]);
    expect(parametersOf(fit, [1]).beta / fit.parameters.beta).toBeCloseTo(Math.exp(-fit.coefficients[1]!.value), 12);
  });

  it('is at least as likely as the plain model, by no more than chance where nothing has an effect', () => {
    const random = createRandom(8);
    const strata = ROWS.map((row) => stratum(mbgNbd, random, 100, row, NO_EFFECT));
    const { logLikelihood, plain, likelihoodRatio } = fitCovariates(mbgNbd, ['ads', 'email'], strata);
    expect(logLikelihood).toBeGreaterThanOrEqual(plain.logLikelihood);
    expect(likelihoodRatio.statistic).toBeCloseTo(2 * (logLikelihood - plain.logLikelihood), 8);
    expect(likelihoodRatio.degrees).toBe(4);
    expect(likelihoodRatio.pValue).toBeGreaterThan(0.001);
  });

  it('is as likely whichever level is the reference, with the same parameters for each stratum', () => {
    const strata = threeLevels(mbgNbd, 200);
    const fit = fitCovariates(mbgNbd, ['ads', 'email'], strata);
    const shuffled = [
      [0, 1],
      [1, 0],
      [0, 0],
    ];
    const other = fitCovariates(
      mbgNbd,
      ['ads', 'shop'],
      strata.map(({ groups }, i) => ({ groups, covariates: shuffled[i]! })),
    );
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 6);
    expect(other.likelihoodRatio.pValue / fit.likelihoodRatio.pValue).toBeCloseTo(1, 5);
    for (const [i, row] of ROWS.entries()) {
      const [own, same] = [parametersOf(fit, row), parametersOf(other, shuffled[i]!)];
      for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(own[name] / same[name]).toBeCloseTo(1, 4);
    }
  });

  it('gives strata of their own the figures of the model at their parameters, also once stored', () => {
    const strata = threeLevels(bgNbd, 200);
    const fit = fitCovariates(bgNbd, ['ads', 'email'], strata);
    const { a, alpha, b, r } = fit.parameters;
    const stored = { ...fit, parameters: { a, alpha, b, r } };
    const total = strata.reduce(
      (sum, { groups, covariates }) => sum + bgNbd.logLikelihood(parametersOf(stored, covariates), groups),
      0,
    );
    expect(total).toBeCloseTo(fit.logLikelihood, 8);
    expect(parametersOf(fit, [0, 0])).toEqual(fit.parameters);
    const [ads, , adsDropout] = fit.coefficients;
    const scaled = parametersOf(fit, [1, 0]);
    expect(alpha / scaled.alpha).toBeCloseTo(Math.exp(ads!.value), 12);
    expect(scaled.a / scaled.b / (a / b)).toBeCloseTo(Math.exp(adsDropout!.value), 12);
  });
});

describe('for data that cannot carry it', () => {
  const random = createRandom(4);
  const some = (row: readonly number[], customers = 100) =>
    stratum(mbgNbd, random, customers, row, { transaction: row.map(() => 0), dropout: row.map(() => 0) });
  const code = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return error instanceof DomainError ? error.code : error;
    }
    return 'no error';
  };

  it('gives no standard errors for collinear covariates, says which, and counts what they add', () => {
    const strata = [some([0, 0, 1]), some([1, 0, 0]), some([0, 1, 0])];
    const fit = fitCovariates(mbgNbd, ['ads', 'email', 'shop'], strata);
    expect(fit.missingErrors).toMatch(/Collinear.*: shop\.$/);
    expect(fit.standardErrors).toBeNull();
    expect(fit.coefficients.every((c) => c.standardError === null && c.z === null && c.pValue === null)).toBe(true);
    expect(fit.likelihoodRatio.degrees).toBe(4);
    const two = fitCovariates(
      mbgNbd,
      ['ads', 'email'],
      strata.map(({ groups, covariates }) => ({ groups, covariates: covariates.slice(0, 2) })),
    );
    expect(fit.logLikelihood).toBeCloseTo(two.logLikelihood, 6);
  });

  it('gives no standard error for a level where nobody came back', () => {
    const silent = { covariates: [1], groups: [{ x: 0, tx: 0, T: 50, count: 40 }] };
    const fit = fitCovariates(bgNbd, ['gift'], [some([0], 300), silent]);
    const [transaction] = fit.coefficients;
    expect(transaction!.value).toBeLessThan(-3);
    expect(transaction!.standardError).toBeNull();
    expect(fit.missingErrors).not.toBeNull();
  });

  it('refuses a covariate that never varies, and rows that do not fit the names', () => {
    expect(code(() => fitCovariates(mbgNbd, ['z'], [some([1]), some([1])]))).toBe('CONSTANT_COVARIATE');
    expect(code(() => fitCovariates(mbgNbd, ['z'], [some([0]), some([1, 1])]))).toBe('BAD_COVARIATES');
    expect(code(() => fitCovariates(mbgNbd, ['z'], [some([0]), some([Number.NaN])]))).toBe('BAD_COVARIATES');
    expect(code(() => fitCovariates(mbgNbd, [], [some([])]))).toBe('NO_COVARIATES');
  });

  it('refuses what the plain model refuses, and models without a dropout process', () => {
    const silent = [0, 1].map((z) => ({ covariates: [z], groups: [{ x: 0, tx: 0, T: 50, count: 40 }] }));
    expect(code(() => fitCovariates(mbgNbd, ['z'], silent))).toBe('NO_REPEAT_BUYERS');
    expect(code(() => fitCovariates(mbgNbd, ['z'], []))).toBe('NO_CUSTOMERS');
    expect(code(() => fitCovariates(pooledRate as never, ['z'], silent))).toBe('NO_COVARIATE_MODEL');
  });
});
