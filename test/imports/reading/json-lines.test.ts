import { expect, it } from 'vitest';

import { read } from './read.ts';

const lines = (...objects: object[]) => `${objects.map((each) => JSON.stringify(each)).join('\n')}\n`;

it('are rows with the keys of all objects for columns', async () => {
  const { first, fields, layout } = await read(lines({ id: 1, name: 'tea' }, { name: 'pot', refunded: true }));
  expect(layout).toMatchObject({ kind: 'JSON_LINES', delimiter: null });
  expect(first).toEqual(['id', 'name', 'refunded']);
  expect(fields).toEqual([
    ['1', 'tea', ''],
    ['', 'pot', 'true'],
  ]);
});

it('give a nested value as JSON and null as nothing', async () => {
  const { fields } = await read(lines({ customer: { id: 7 }, items: [1, 2], note: null, price: 0.1 }));
  expect(fields).toEqual([['{"id":7}', '[1,2]', '', '0.1']]);
});

it('that are no objects cost their row alone', async () => {
  const { rows } = await read('{"a":1}\n{"a":\n\n[1]\n{"a":2}');
  expect(rows.map(({ line, fields, raw }) => [line, fields?.[0] ?? raw])).toEqual([
    [1, '1'],
    [2, '{"a":'],
    [4, '[1]'],
    [5, '2'],
  ]);
});

it('with a whole number too large to be read exactly are a fault', async () => {
  const { rows } = await read('{"id":12345678901234567890}\n{"id":"12345678901234567890"}\n');
  expect(rows.map(({ fields }) => fields)).toEqual([null, ['12345678901234567890']]);
});

it('may have keys that every object inherits', async () => {
  const { first, fields } = await read('{"constructor":"a"}\n{"__proto__":"b"}\n');
  expect(first).toEqual(['constructor', '__proto__']);
  expect(fields).toEqual([
    ['a', ''],
    ['', 'b'],
  ]);
});

it('with endless new keys are refused', async () => {
  const many = Array.from({ length: 1_001 }, (_, i) => ({ [`key${i}`]: i }));
  await expect(read(lines(...many))).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS' });
});
