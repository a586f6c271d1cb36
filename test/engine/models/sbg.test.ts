import { describe, expect, it } from 'vitest';

import { discountedPeriods, sbg } from '../../../server/engine/models/sbg.ts';
import { cohortGroups, cohortsAreThere, errorOfYears8To12, NO_COHORTS } from './fixtures/cohorts.ts';

const REGULAR = { alpha: 0.704, beta: 1.182 };
const HIGH_END = { alpha: 0.668, beta: 3.806 };
const TEN_PERCENT = Math.log(1.1);
const active = (tenure: number) => ({ tenure, churned: false });

describe('as published', () => {
  it.skipIf(!cohortsAreThere)(`fits seven years of both cohorts as the paper does (${NO_COHORTS})`, () => {
    for (const [cohort, expected] of [
      ['regular', REGULAR],
      ['highend', HIGH_END],
    ] as const) {
      const { parameters } = sbg.fit(cohortGroups(cohort));
      expect(Math.abs(parameters.alpha - expected.alpha)).toBeLessThan(1e-3);
      expect(Math.abs(parameters.beta - expected.beta)).toBeLessThan(1e-3);
    }
  });

  it("has the paper's values of a customer who renewed 0 to 4 times, at 10%", () => {
    for (const [tenure, value] of [2.964, 4.103, 4.87, 5.442, 5.894].entries()) {
      const worth = sbg.discountedExpectedTransactions(REGULAR, active(tenure), Number.POSITIVE_INFINITY, TEN_PERCENT);
      expect(Math.abs(worth - value)).toBeLessThan(1e-3);
    }
  });

  it('values a new customer at twice what the retention of the first year says', () => {
    const constant = 0.631 / (1 - 0.631 / 1.1);
    expect(constant).toBeCloseTo(1.48, 2);
    const worth = sbg.discountedExpectedTransactions(REGULAR, active(0), Number.POSITIVE_INFINITY, TEN_PERCENT);
    expect(worth / constant).toBeCloseTo(2, 2);
  });

  it.skipIf(!cohortsAreThere)(`misses years 8 to 12 of High End by 1.19 points (${NO_COHORTS})`, () => {
    const { parameters } = sbg.fit(cohortGroups('highend'));
    expect(errorOfYears8To12('highend', (year) => sbg.survival(parameters, year))).toBeCloseTo(1.19, 2);
  });
});

describe('against an independent implementation', () => {
  it.skipIf(!cohortsAreThere).each([
    ['highend', 7, 0.66809, 3.8061, -1611.1581],
    ['regular', 7, 0.70408, 1.18204, -1680.2652],
    ['highend', 4, 1.28098, 7.79038, -1225.1349],
  ] as const)(`fits %s to %i years (${NO_COHORTS})`, (cohort, years, alpha, beta, logLikelihood) => {
    const fit = sbg.fit(cohortGroups(cohort, years));
    expect(fit).toMatchObject({ model: 'sbg', status: 'converged', customers: 1000 });
    expect(Math.abs(fit.parameters.alpha / alpha - 1)).toBeLessThan(1e-4);
    expect(Math.abs(fit.parameters.beta / beta - 1)).toBeLessThan(1e-4);
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 4);
  });

  it.each([
    {
      name: 'High End',
      parameters: HIGH_END,
      survival: [
        100.0, 85.06928922664282, 74.68816295638389, 66.98169201803597, 60.99510247186952, 56.18689755669265,
        52.22522903570144, 48.894462089372574, 46.047895880927314, 43.581967193380464, 41.42130561662685,
        39.509641104266294, 37.80404201820904,
      ],
      retention: [
        0.8506928922664282, 0.8779685787358421, 0.8968180413963547, 0.9106234947819106, 0.921170639603493,
        0.9294912391809161, 0.9362230284514035, 0.9417814188600314, 0.9464486131152797, 0.9504230369600712,
        0.9538482796738981, 0.9568308129766059,
      ],
      lifetime: 5.9225964076127635,
      residual: [
        5.414856048374039, 5.9017531677530215, 6.294260616793185, 6.620280323188251, 6.897057397746093,
        7.136001899481224,
      ],
    },
    {
      name: 'Regular',
      parameters: REGULAR,
      survival: [
        100.0, 62.67232237539767, 47.38427145638175, 38.799987589862766, 33.20948589865045, 29.237437296433338,
        26.24830632682993, 23.905064169324444, 22.0111675707194, 20.44371238461921, 19.121613035108656,
        17.989052411121065, 17.00625768060506,
      ],
      retention: [
        0.6267232237539767, 0.7560637560637561, 0.8188368502316006, 0.8559148587801882, 0.8803941556235134,
        0.8977635782747604, 0.9107278721785442, 0.9207742516317803, 0.9287881853125632, 0.9353297813705677,
        0.9407706545515733, 0.9453670650318174,
      ],
      lifetime: 3.6951474055745743,
      residual: [
        2.964662146132031, 4.103458619598571, 4.870137366534203, 5.442391322120397, 5.894422859844161,
        6.264729881965844,
      ],
    },
  ])("has $name's curves", ({ parameters, survival, retention, lifetime, residual }) => {
    const near = (value: number, exact: number) => expect(Math.abs(value / exact - 1)).toBeLessThan(1e-13);
    for (const [year, percent] of survival.entries()) near(100 * sbg.survival(parameters, year), percent);
    for (const [i, rate] of retention.entries()) near(sbg.retentionRate(parameters, i + 1), rate);
    const worth = (n: number) =>
      sbg.discountedExpectedTransactions(parameters, active(n), Number.POSITIVE_INFINITY, TEN_PERCENT);
    for (const [n, value] of residual.entries()) near(worth(n), value);
    near(1 + worth(0) / 1.1, lifetime);
  });
});

describe('by property', () => {
  it('gives the renewals in period n of the well-known recursion', () => {
    const { alpha, beta } = REGULAR;
    let mass = alpha / (alpha + beta);
    for (let t = 1; t <= 20; t++) {
      expect(Math.exp(sbg.logLikelihood(REGULAR, [{ tenure: t, churned: true, count: 1 }])) / mass).toBeCloseTo(1, 13);
      mass *= (beta + t - 1) / (alpha + beta + t);
    }
  });

  it('knows no limit of undiscounted periods where alpha <= 1, and the exact one where alpha > 1', () => {
    expect(discountedPeriods(1, 4, Number.POSITIVE_INFINITY, 0)).toBe(Number.POSITIVE_INFINITY);
    const limit = discountedPeriods(3, 4, Number.POSITIVE_INFINITY, 0);
    expect(limit).toBe(3);
    expect(discountedPeriods(3, 4, Number.POSITIVE_INFINITY, 1e-9) / limit).toBeCloseTo(1, 8);
  });

  it('sums an endless horizon as a long one, whatever the rate', () => {
    for (const delta of [3, 0.1, 0.01, 0.001])
      for (const [alpha, beta] of [
        [0.5, 2],
        [1, 1],
        [1e-3, 1e6],
        [1e6, 1e-3],
      ] as const) {
        const long = discountedPeriods(alpha, beta, 50 / delta, delta);
        expect(discountedPeriods(alpha, beta, Number.POSITIVE_INFINITY, delta) / long).toBeCloseTo(1, 12);
      }
  });

  it('still sums at a rate of a hundred-millionth, where everybody stays', () => {
    const worth = discountedPeriods(1e-9, 1e9, Number.POSITIVE_INFINITY, 1e-8);
    expect(worth / 1e8).toBeCloseTo(1, 7);
  });
});
