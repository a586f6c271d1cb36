import { DomainError } from '../../domain/errors.ts';
import { checkMarginRate } from '../../domain/rates/margin.ts';

export const DAYS_PER_WEEK = 7;
const DAYS_PER_YEAR = 365.25;
const WEEKS_PER_YEAR = DAYS_PER_YEAR / DAYS_PER_WEEK;

/**
 * Weeks in a number of calendar months, each the twelfth part of 365.25 days.
 * @param months >= 0, else a DomainError.
 */
export function weeksOfMonths(months: number): number {
  if (!(months >= 0))
    throw new DomainError('BAD_HORIZON', `horizonMonths must be 0 or more, got ${months}.`, ['horizonMonths']);
  return (months * WEEKS_PER_YEAR) / 12;
}

/**
 * Continuous discount rate per week, ln(1 + annual) / weeks per year.
 * @param annualDiscountRate annual effective rate, e.g. 0.1 for 10%, in [0, Infinity), else a DomainError.
 */
export function weeklyDiscountRate(annualDiscountRate: number): number {
  if (!(annualDiscountRate >= 0 && annualDiscountRate < Number.POSITIVE_INFINITY))
    throw new DomainError('BAD_DISCOUNT_RATE', `annualDiscountRate must be 0 or more, got ${annualDiscountRate}.`, [
      'annualDiscountRate',
    ]);
  return Math.log1p(annualDiscountRate) / WEEKS_PER_YEAR;
}

/**
 * Customer lifetime value: what the purchases still to come are worth today.
 * @param marginRate share of revenue that is kept, in [0, 1], else a DomainError.
 * @param discountedTransactions discounted purchases within the horizon, >= 0.
 * @param expectedSpend value of a purchase; the result is in its currency.
 */
export function clv(marginRate: number, discountedTransactions: number, expectedSpend: number): number {
  return checkMarginRate(marginRate) * discountedTransactions * expectedSpend;
}

/** Integral of e^(-delta u) over (0, t): the weeks in a horizon, discounted. */
export function discountedWeeks(t: number, delta: number): number {
  if (delta === 0 && t === Number.POSITIVE_INFINITY)
    throw new DomainError(
      'ENDLESS_UNDISCOUNTED',
      'An endless horizon needs a discount rate above 0: the sum has no limit.',
    );
  return delta === 0 ? t : -Math.expm1(-delta * t) / delta;
}
