import { describe, expect, it } from 'vitest';

import { type Column, columnOf, Formats } from '../../widgets/shared/formats.ts';

const EURO = { amount: '1234.50', currency: 'EUR' };

describe('formats', () => {
  it('writes money in full as the locale does, never without its unit', () => {
    expect(Formats.of('en').money(EURO)).toBe('€1,234.50');
    expect(Formats.of('de').money(EURO)).toBe('1.234,50\u00a0€');
    expect(Formats.of('en', 'code').money(EURO)).toBe('EUR\u00a01,234.50');
  });

  it('shortens money to three digits and keeps its unit', () => {
    const shorten = (amount: number) => Formats.of('en').compactMoney({ amount, currency: 'EUR' });
    expect([0, 8.374, 812.4, 1234.5, 1_234_567].map(shorten)).toEqual(['€0', '€8.37', '€812', '€1.23K', '€1.23M']);
  });

  it('writes a column with cents throughout or without throughout, by its largest value', () => {
    const write = (amount: string, largest: number) =>
      Formats.of('en').columnMoney({ amount, currency: 'EUR' }, largest);
    expect([write('8.37', 99.95), write('99.95', 99.95)]).toEqual(['€8.37', '€99.95']);
    expect([write('8.37', 1234.5), write('1234.50', 1234.5)]).toEqual(['€8', '€1,235']);
    expect([write('1234.50', 123_456), write('123456', 123_456)]).toEqual(['€1.23K', '€123K']);
  });

  it('leaves the unit of a range to the value beside it, on whichever side the locale has it', () => {
    const range = (locale: string, low: number, high: number, largest = high) => {
      const money = (amount: number) => ({ amount, currency: 'EUR' });
      return Formats.of(locale).range(money(low), money(high), largest);
    };
    expect(range('en', 120.4, 1260.2)).toBe('120–1,260');
    expect(range('de', 120.4, 1260.2)).toBe('120–1.260');
    expect(range('en', 3.5, 9.25)).toBe('3.50–9.25');
    expect(range('en', 3.5, 9.25, 300)).toBe('4–9');
    expect(range('en', 4980, 26_120)).toBe('4,980–26,120');
    expect(range('en', 49_800, 261_200)).toBe('49.8K–261K');
    expect(range('de', 49_800, 261_200)).toBe('49.800–261.000');
    expect(range('ar', 120, 260)).toMatch(/^\P{L}*120–\P{L}*260$/u);
    expect(Formats.of('en', 'name').range({ ...EURO, amount: 1 }, { ...EURO, amount: 260 }, 260)).toBe('1–260');
  });

  it('gives a share exactly one decimal', () => {
    expect([0, 0.5, 0.6238, 1].map((share) => Formats.of('en').share(share))).toEqual([
      '0.0%',
      '50.0%',
      '62.4%',
      '100.0%',
    ]);
  });

  it('writes a column as finely as its largest figure needs, differences with their sign', () => {
    const write = (unit: Column['unit'], value: number, largest: number, isSigned = true) =>
      Formats.of('en').figure(value, { ...columnOf(unit, largest), currency: 'EUR', isSigned });
    expect([write('money', 0.5, 0.5), write('money', -12, 99), write('money', 0.4, 100)]).toEqual([
      '+€0.50',
      '-€12.00',
      '€0',
    ]);
    expect(write('money', 123_456, 123_456)).toBe('+€123K');
    expect([write('points', 0.0123, 0.02), write('points', 0.2, 0.2)]).toEqual(['+1.23', '+20.0']);
    expect([write('number', 0.0141, 0.02), write('number', 0, 0)]).toEqual(['+0.0141', '0.00']);
    expect(write('share', 0.6238, 1, false)).toBe('62.4%');
    const bare = (unit: Column['unit']) =>
      Formats.of('de').figure(0.5, { ...columnOf(unit, 1), currency: 'EUR' }, true);
    expect([bare('share'), bare('money')]).toEqual(['50,0', '0,50']);
  });

  it('claims no more of a change, a chance or a p-value than it knows', () => {
    const { change, chance, pValue } = Formats.prototype;
    const all = (write: (value: number) => string, ...values: number[]) =>
      values.map((value) => write.call(Formats.of('en'), value).replaceAll('\u00a0', ' '));
    expect(all(change, 1.184, -0.034, 0)).toEqual(['+118%', '-3.4%', '0.0%']);
    expect(all(chance, 0, 0.001, 0.9832, 0.9999, 1)).toEqual(['< 0.1%', '0.1%', '98.3%', '> 99.9%', '> 99.9%']);
    expect(all(pValue, 0, 0.0009, 0.0123, 1)).toEqual(['p < 0.001', 'p < 0.001', 'p = 0.012', 'p = 1.000']);
  });

  it('names a country by its code, and leaves alone what is none', () => {
    expect(Formats.of('de').country('FR')).toBe('Frankreich');
    expect(Formats.of('de').country('France')).toBe('France');
  });

  it('names the unit of months and days in the locale', () => {
    expect(Formats.of('en').months(12)).toBe('12 months');
    expect(Formats.of('de').days(90)).toBe('90 Tage');
    expect(Formats.of('ar').months(3)).toBe('3 أشهر');
  });

  it('shows a calendar date west of Greenwich as the same day', () => {
    expect(new Date('2026-10-31').getDate()).toBe(30);
    expect(Formats.of('en').date('2026-10-31')).toBe('Oct 31, 2026');
    expect(Formats.of('de').dayAndMonth('2026-10-31')).toBe('31. Okt.');
  });

  it('names months, quarters and years by their first day', () => {
    const period = (grain: 'month' | 'quarter' | 'year') => Formats.of('en').period('2026-10-01', grain);
    expect(period('month')).toBe('Oct 2026');
    expect(period('quarter')).toMatch(/^Oct\s–\sDec 2026$/u);
    expect(period('year')).toBe('2026');
  });
});
