import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../server/domain/errors.ts';
import { checkAnnualRate, parseAnnualRate } from '../../../server/domain/rates/discount-rate.ts';

/** The message of the refusal, which must be a DomainError. */
function refusal(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('a rate', () => {
  it.each([0, 0.005, 0.1, 1, 5])('of %d is accepted as it is', (rate) => {
    expect(checkAnnualRate(rate)).toBe(rate);
  });

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('of %d is refused', (rate) => {
    const { code, field, message } = refusal(() => checkAnnualRate(rate));
    expect(code).toBe('BAD_DISCOUNT_RATE');
    expect(field).toEqual(['annualDiscountRate']);
    expect(message).toContain(`got ${rate}`);
    expect(message).toContain('Accepted: 0, or an annual rate from 0.005 to 5');
  });

  it('that is a percentage as a whole number is refused with the fraction meant', () => {
    const { message } = refusal(() => checkAnnualRate(10));
    expect(message).toContain('10 is 1000%; was 10% meant, 0.1?');
    expect(message).toContain('10% a year is 0.1');
  });

  it('that looks like one per week or month is refused with what it comes to in a year', () => {
    const { message } = refusal(() => checkAnnualRate(0.002));
    // 1.002^52.1786 = 1.10989, 1.002^12 = 1.02427.
    expect(message).toContain('per week it is 11% a year, per month 2.43% a year');
  });

  it('names the field it came from', () => {
    expect(refusal(() => checkAnnualRate(-1, ['input', 'annualDiscountRate'])).field).toEqual([
      'input',
      'annualDiscountRate',
    ]);
  });
});

describe('a text', () => {
  it.each([
    ['0', 0],
    ['0.1', 0.1],
    ['.1', 0.1],
    ['10%', 0.1],
    ['10 %', 0.1],
    ['12.5%', 0.125],
    ['10%/year', 0.1],
    ['10% per year', 0.1],
    ['0.1/year', 0.1],
    [' 10%/Year ', 0.1],
  ])('%j is read as %d', (text, rate) => {
    expect(parseAnnualRate(text)).toBeCloseTo(rate, 15);
  });

  it.each([
    ['0.2%/week', '11% a year'],
    ['0.002/week', '11% a year'],
    ['1%/month', '12.7% a year'],
    ['1% per month', '12.7% a year'],
    ['2%/quarter', '8.24% a year'],
    ['0.03%/day', '11.6% a year'],
  ])('%j is refused with its annual equivalent', (text, annual) => {
    const { code, message } = refusal(() => parseAnnualRate(text));
    expect(code).toBe('BAD_DISCOUNT_RATE');
    expect(message).toContain(`must be per year, got ${text}, which is ${annual}`);
  });

  it.each(['', '%', 'ten', '10%%', '0,1', '10%/fortnight', '0.1 year', '1e', 'Infinity'])('%j is refused', (text) => {
    expect(refusal(() => parseAnnualRate(text)).message).toContain(`Cannot read ${JSON.stringify(text)}`);
  });

  it.each(['10', '-5%', '0.2%', '600%', '-1%/month'])('%j is refused as the rate would be', (text) => {
    expect(refusal(() => parseAnnualRate(text)).code).toBe('BAD_DISCOUNT_RATE');
  });
});
