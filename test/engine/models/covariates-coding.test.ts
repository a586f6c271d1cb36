import { expect, it } from 'vitest';

import { dummyCode, dummyRow } from '../../../server/engine/models/covariates-coding.ts';

it('takes the most frequent level as reference and the others by frequency', () => {
  const values = [
    { value: 'email', count: 40 },
    { value: 'ads', count: 900 },
    { value: 'shop', count: 200 },
  ];
  const levels = dummyCode(values);
  expect(levels).toEqual(['ads', 'shop', 'email']);
  expect(dummyRow(levels, 'ads')).toEqual([0, 0]);
  expect(dummyRow(levels, 'shop')).toEqual([1, 0]);
  expect(dummyRow(levels, 'email')).toEqual([0, 1]);
});

it('orders equally frequent levels by name, whatever the order of the rows', () => {
  const values = ['b', 'c', 'a'].map((value) => ({ value, count: 50 }));
  expect(dummyCode(values)).toEqual(['a', 'b', 'c']);
  expect(dummyCode(values.toReversed())).toEqual(['a', 'b', 'c']);
});

it('groups levels of fewer than 30 customers, and those beyond the most, to other', () => {
  const values = [
    { value: 'DE', count: 500 },
    { value: 'FR', count: 300 },
    { value: 'IT', count: 200 },
    { value: 'AT', count: 29 },
    { value: 'CH', count: 5 },
  ];
  expect(dummyCode(values)).toEqual(['DE', 'FR', 'IT', 'other']);
  const levels = dummyCode(values, 2);
  expect(levels).toEqual(['DE', 'FR', 'other']);
  for (const value of ['IT', 'AT', 'seen later']) expect(dummyRow(levels, value)).toEqual([0, 1]);
});

it('counts too few others as the reference', () => {
  const levels = dummyCode([
    { value: 'DE', count: 500 },
    { value: 'FR', count: 300 },
    { value: 'CH', count: 5 },
  ]);
  expect(levels).toEqual(['DE', 'FR']);
  expect(dummyRow(levels, 'CH')).toEqual([0]);
});

it('keeps a missing value as a level of its own, together with one that is called so', () => {
  const levels = dummyCode([
    { value: 'DE', count: 500 },
    { value: null, count: 25 },
    { value: 'unknown', count: 10 },
  ]);
  expect(levels).toEqual(['DE', 'unknown']);
  expect(dummyRow(levels, null)).toEqual([1]);
});

it('joins a level that is called other with the others, and never takes it as reference', () => {
  const levels = dummyCode([
    { value: 'other', count: 600 },
    { value: 'DE', count: 500 },
    { value: 'CH', count: 5 },
  ]);
  expect(levels).toEqual(['DE', 'other']);
  expect(dummyRow(levels, 'CH')).toEqual([1]);
});

it('leaves a category that never varies without a column', () => {
  expect(dummyRow(dummyCode([{ value: 'DE', count: 500 }]), 'DE')).toEqual([]);
  expect(dummyCode([{ value: 'DE', count: 3 }])).toEqual([]);
  expect(dummyRow([], 'DE')).toEqual([]);
});
