import { DomainError } from '../errors.ts';

const PERIODS_PER_YEAR = { day: 365.25, week: 365.25 / 7, month: 12, quarter: 4, year: 1 };

type RatePeriod = keyof typeof PERIODS_PER_YEAR;

/** Below it a rate is taken for one per week or month, above the other for a percentage written as a whole number. */
const LOWEST = 0.005;
const HIGHEST = 5;

const ACCEPTED = `Accepted: 0, or an annual rate from ${LOWEST} to ${HIGHEST}, where 10% a year is 0.1.`;

/** `0.1`, `10%`, `10%/year`, `10% per year`: number, percent sign, period. */
const RATE = /^([+-]?\d*\.?\d+(?:e[+-]?\d+)?)\s*(%)?(?:\s*(?:\/|per)\s*(day|week|month|quarter|year))?$/i;

/** What a rate per period comes to in a year, as a percentage. */
function annualEquivalent(rate: number, period: RatePeriod): string {
  const annual = Math.expm1(PERIODS_PER_YEAR[period] * Math.log1p(rate));
  return `${Number((100 * annual).toPrecision(3))}% a year`;
}

const refused = (what: string, field: readonly string[]) =>
  new DomainError('BAD_DISCOUNT_RATE', `${what} ${ACCEPTED}`, field);

/**
 * Refuses what cannot be meant as an annual effective discount rate.
 * @param rate as a fraction: 0.1 is 10% a year. 0, or in [0.005, 5].
 * @param field where it was given, for the error.
 * @returns the rate.
 * @throws DomainError BAD_DISCOUNT_RATE for anything else.
 */
export function checkAnnualRate(rate: number, field: readonly string[] = ['annualDiscountRate']): number {
  if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY))
    throw refused(`The annual discount rate must be a number of 0 or more, got ${rate}.`, field);
  if (rate > HIGHEST)
    throw refused(`The annual discount rate ${rate} is ${100 * rate}%; was ${rate}% meant, ${rate / 100}?`, field);
  if (rate > 0 && rate < LOWEST)
    throw refused(
      `The discount rate ${rate} looks like a rate per week or month, not per year: ` +
        `per week it is ${annualEquivalent(rate, 'week')}, per month ${annualEquivalent(rate, 'month')}.`,
      field,
    );
  return rate;
}

/**
 * Reads an annual effective discount rate as typed: `0.1`, `10%` or `10%/year`.
 * @throws DomainError BAD_DISCOUNT_RATE for other texts, for rates per another period (with the annual equivalent), and for
 * what `checkAnnualRate` refuses.
 */
export function parseAnnualRate(text: string, field: readonly string[] = ['annualDiscountRate']): number {
  const [, digits, percent, word] = RATE.exec(text.trim()) ?? [];
  if (digits === undefined) throw refused(`Cannot read ${JSON.stringify(text)} as an annual discount rate.`, field);
  const rate = percent === undefined ? Number(digits) : Number(digits) / 100;
  const period = (word?.toLowerCase() ?? 'year') as RatePeriod;
  if (period !== 'year' && rate >= 0)
    throw refused(
      `The discount rate must be per year, got ${text.trim()}, which is ${annualEquivalent(rate, period)}.`,
      field,
    );
  return checkAnnualRate(rate, field);
}
