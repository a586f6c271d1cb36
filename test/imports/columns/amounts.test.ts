import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type AmountSpelling, amountSurvey, readAmount } from '../../../server/imports/columns/amounts.ts';

const POINT: AmountSpelling = { decimal: '.' };
const COMMA: AmountSpelling = { decimal: ',' };

function decide(...values: string[]) {
  const survey = amountSurvey();
  for (const value of values) survey.add(value);
  return survey.decide();
}

describe('readAmount', () => {
  it.each([
    ['12.50', '12.50'],
    ['-0.5', '-0.5'],
    ['0', '0'],
    ['007.5', '7.5'],
    ['1,234.50', '1234.5'],
    ['12,345,678', '12345678'],
    ['12,34,567.50', '1234567.5'],
    ["1'234.50", '1234.5'],
    ['1’234.50', '1234.5'],
    ['1´234.50', '1234.5'],
    ['1 234.50', '1234.5'],
    ['1\u00A0234.50', '1234.5'],
    ['1\u202F234.50', '1234.5'],
    ['(12.50)', '-12.5'],
    ['(-12.50)', '-12.5'],
    ['12.50-', '-12.5'],
    ['- 12.50', '-12.5'],
    ['−12.50', '-12.5'],
    ['\u200E-12.50', '-12.5'],
    ['+12.50', '12.5'],
    ['-0.00', '0'],
    ['1e3', '1000'],
    ['1.5E-2', '0.015'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['12.–', '12'],
    [' 12.50 ', '12.5'],
    ['１２.５０', '12.5'],
    ['118.22999999999999', '118.23'],
    ['0.30000000000000004', '0.3'],
    ['1.00005', '1.0001'],
    ['-1.00005', '-1.0001'],
    ['999999999.9999', '999999999.9999'],
  ])('takes %j as %s', (text, amount) => {
    const read = readAmount(text, POINT);
    expect(Number(read?.amount)).toBe(Number(amount));
    expect(read).toMatchObject({ currency: null, isPercent: false });
  });

  it.each([
    ['12,50', '12.5'],
    ['1.234,50', '1234.5'],
    ['1.234.567', '1234567'],
    ['1 234,50', '1234.5'],
    ['(1.234,50)', '-1234.5'],
    [',5', '0.5'],
    ['118,22999999999999', '118.23'],
  ])('takes %j as %s where the comma is the decimal mark', (text, amount) => {
    expect(readAmount(text, COMMA)).toEqual({ amount, currency: null, isPercent: false });
  });

  it.each([
    ['$12.50', 'USD'],
    ['-$12.50', 'USD'],
    ['$-12.50', 'USD'],
    ['($12.50)', 'USD'],
    ['$(12.50)', 'USD'],
    ['US$ 12.50', 'USD'],
    ['12.50 EUR', 'EUR'],
    ['eur 12.50', 'EUR'],
    ['12.50€', 'EUR'],
    ['&#36;12.50', 'USD'],
    ['&pound;12.50', 'GBP'],
    ['12.50&nbsp;&euro;', 'EUR'],
    ['12.50&nbsp;&#122;&#322;', 'PLN'],
    ['CA$12.50', 'CAD'],
    ['R$ 12.50', 'BRL'],
    ['CHF 12.50', 'CHF'],
    ['Fr. 12.50', 'CHF'],
    ['Rs.12.50', 'INR'],
    ['S/. 12.50', 'PEN'],
    ['12.50 Kč', 'CZK'],
    ['￥12.50', 'JPY'],
    ['kr 12.50', null],
  ])('finds the currency of %j', (text, currency) => {
    const read = readAmount(text, POINT);
    expect(Math.abs(Number(read?.amount))).toBe(12.5);
    expect(read?.currency).toBe(currency);
  });

  it("takes a sign of several currencies for the shop's own", () => {
    expect(readAmount('$12.50', POINT, 'CAD')?.currency).toBe('CAD');
    expect(readAmount('12,50 kr.', COMMA, 'DKK')?.currency).toBe('DKK');
    expect(readAmount('$12.50', POINT, 'EUR')?.currency).toBe('USD');
    expect(readAmount('€12.50', POINT, 'CAD')?.currency).toBe('EUR');
  });

  it('says whether a number is a percentage', () => {
    expect(readAmount('12.5 %', POINT)).toEqual({ amount: '12.5', currency: null, isPercent: true });
    expect(readAmount('-10%', POINT)).toEqual({ amount: '-10', currency: null, isPercent: true });
  });

  it.each([
    '',
    '-',
    '.',
    'free',
    'n/a',
    '12.50 pieces',
    '12K',
    '--5',
    '-5-',
    '(+5)',
    '(5',
    '12,50',
    '1.234,50',
    '1.2.3',
    '1,23,4',
    "1,234'567",
    '1,2345.00',
    '0,123',
    '1/2',
    '2026-01-05',
    '10:30',
    'Infinity',
    'NaN',
    '0x10',
    '1000000000',
    '1e12',
    '1e999',
    '1 2 3',
    '$1 €2',
  ])('refuses %j', (text) => {
    expect(readAmount(text, POINT)).toBeNull();
  });

  it('reads back what it is given, in either spelling with any signs around it', () => {
    const affixes = fc.constantFrom(['', ''], ['$', ''], ['€ ', ''], ['', ' EUR'], ['', '\u00A0€'], ['USD ', '']);
    const units = fc.integer({ min: 0, max: 9_999_999_999_999 });
    const grouped = (text: string, mark: string) => text.replace(/\B(?=(\d{3})+$)/g, mark);
    const groups = fc.constantFrom('', ' ', "'", '\u202F', 'other');
    fc.assert(
      fc.property(units, fc.constantFrom(POINT, COMMA), groups, affixes, fc.constantFrom('', '-', '()'), (...drawn) => {
        const [size, spelling, group, [before, after], sign] = drawn;
        const [whole, decimals] = (size / 1e4).toFixed(4).split('.') as [string, string];
        const mark = group === 'other' ? { '.': ',', ',': '.' }[spelling.decimal] : group;
        const text = `${before}${grouped(whole, mark)}${spelling.decimal}${decimals}${after}`;
        const signed = sign === '()' ? `(${text})` : `${sign}${text}`;
        const value = Number(`${whole}.${decimals}`) * (sign === '' || size === 0 ? 1 : -1);
        expect(Number(readAmount(signed, spelling)?.amount) + 0).toBe(value);
      }),
    );
  });

  it('never throws', () => {
    const marks = fc.string({ unit: fc.constantFrom(..."0123456789.,-+()e% $€&#;'xkr\u200E") });
    fc.assert(fc.property(fc.oneof(fc.string(), marks), (text) => void readAmount(text, COMMA)));
  });
});

describe('amountSurvey', () => {
  it.each([
    [['12', '12.50'], '.', '12.50'],
    [['1,234', '1,234.50'], '.', '1,234.50'],
    [['1,234', '12.50'], '.', '12.50'],
    [['1,234', '12,50'], ',', '12,50'],
    [['1.234', '1.234.567'], ',', '1.234.567'],
    [['1,234,567'], '.', '1,234,567'],
    [['1 234,567'], ',', '1 234,567'],
    [['$1,234', '.5'], '.', '.5'],
    [['0,234'], ',', '0,234'],
    [['1234,567'], ',', '1234,567'],
    [['12,50 €', '-', ''], ',', '12,50 €'],
    [['118.22999999999999'], '.', '118.22999999999999'],
  ])('decides %j', (values, decimal, evidence) => {
    expect(decide(...values)).toEqual({ spelling: { decimal }, evidence });
  });

  it('takes a point where only whole numbers are, which read alike either way', () => {
    expect(decide('12', '1 234', '$5')).toEqual({ spelling: POINT, evidence: null });
    expect(decide()).toEqual({ spelling: POINT, evidence: null });
  });

  it('asks where a mark could be for thousands or for decimals', () => {
    expect(decide('1,234', '12', '5,000', '1,234')).toEqual({ ambiguous: ['1,234', '5,000'] });
    expect(decide('1.234 €')).toEqual({ ambiguous: ['1.234 €'] });
  });

  it('takes the usual spelling where no value tells, and only there', () => {
    const decideUsually = (...values: string[]) => {
      const { add, decide } = amountSurvey();
      values.forEach(add);
      return decide(COMMA);
    };
    expect(decideUsually('1.234', '12')).toEqual({ spelling: COMMA, evidence: null });
    expect(decideUsually('1.234', '12.50')).toEqual({ spelling: POINT, evidence: '12.50' });
  });

  it('goes with a clear majority, and asks where values contradict each other', () => {
    const spellings = ['$12.50', '1,234.50', '12,50', '12.50 EUR', '(12.50)', '1e3', '.5', '5.'];
    expect(decide(...spellings)).toEqual({ spelling: POINT, evidence: '$12.50' });
    expect(decide('12.50', '12,50', '13.50')).toEqual({ ambiguous: ['12.50', '12,50'] });
  });
});
