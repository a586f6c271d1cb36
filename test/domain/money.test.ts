import { expect, it } from 'vitest';

import { exactMoney, roundedMoney } from '../../server/domain/money.ts';

it('keeps every digit of an exact amount, and has at least those of the currency', () => {
  const exact = (amount: string, currency = 'EUR') => exactMoney(amount, currency).amount;
  expect(exact('180.5000')).toBe('180.50');
  expect(exact('180')).toBe('180.00');
  expect(exact('0.0125')).toBe('0.0125');
  expect(exact('-0.1000')).toBe('-0.10');
  expect(exact('1500.0000', 'JPY')).toBe('1500');
  expect(exact('1500.5000', 'JPY')).toBe('1500.5');
  expect(exact('1.5', 'KWD')).toBe('1.500');
  expect(exact('99999999999999.9999')).toBe('99999999999999.9999');
});

it('rounds what a model made to the smallest coin', () => {
  expect(roundedMoney(42.125, 'EUR')).toEqual({ amount: '42.13', currency: 'EUR' });
  expect(roundedMoney(1 / 3, 'EUR').amount).toBe('0.33');
  expect(roundedMoney(1234.5678, 'JPY').amount).toBe('1235');
  expect(roundedMoney(0, 'EUR').amount).toBe('0.00');
});
