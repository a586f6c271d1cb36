import { expect, it } from 'vitest';

import { DomainError } from '../../../server/domain/errors.ts';
import { clv, weeklyDiscountRate, weeksOfMonths } from '../../../server/engine/models/clv.ts';

it('has 52.18 weeks in twelve months', () => {
  expect(weeksOfMonths(12)).toBeCloseTo(365.25 / 7, 12);
  expect(weeksOfMonths(3) * 4).toBeCloseTo(weeksOfMonths(12), 12);
});

it('discounts by the annual rate after a year of weeks, not after a week', () => {
  expect(Math.exp(-weeklyDiscountRate(0.1) * weeksOfMonths(12))).toBeCloseTo(1 / 1.1, 14);
  expect(weeklyDiscountRate(0)).toBe(0);
});

it('multiplies margin, discounted purchases and spend', () => {
  expect(clv(0.25, 4, 30)).toBe(30);
});

it.each([
  ['a negative horizon', () => weeksOfMonths(-1), 'horizonMonths must be 0 or more, got -1'],
  ['a horizon that is no number', () => weeksOfMonths(Number.NaN), 'got NaN'],
  ['a negative rate', () => weeklyDiscountRate(-0.05), 'annualDiscountRate must be 0 or more, got -0.05'],
  ['an infinite rate', () => weeklyDiscountRate(Number.POSITIVE_INFINITY), 'got Infinity'],
  ['a margin in percent', () => clv(30, 1, 1), 'from 0 to 1, got 30'],
  ['a negative margin', () => clv(-0.1, 1, 1), 'got -0.1'],
])('refuses %s', (_, act, message) => {
  expect(act).toThrow(DomainError);
  expect(act).toThrow(message);
});
