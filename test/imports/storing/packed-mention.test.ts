import { expect, test } from 'vitest';
import { packed, unpacked } from '../../../server/imports/storing/packed-mention.ts';
import type { PricedLine } from '../../../server/imports/storing/priced-line.ts';

const LINE: PricedLine = {
  at: 1_700_000_000_000,
  kind: 'order',
  customer: 'ann',
  number: '17',
  key: '17',
  product: 'tea',
  quantity: '2',
  unitPrice: '4.5',
  takenOff: '1',
  amount: '8',
  discount: '0.9',
  unitCost: null,
  tax: '0.7',
  shipping: '3',
  paid: null,
  channel: 'web',
  country: 'DE',
  name: 'Ann',
  email: 'ann@example.com',
};
const PAID = { currency: 'USD', amount: '9' };
/** Each property differs from the line's before it in one of them. */
const LINES: readonly PricedLine[] = [
  LINE,
  { ...LINE, product: 'pot', at: LINE.at + 1 },
  { ...LINE, quantity: '3', unitPrice: '4', takenOff: '0', amount: '12', discount: '0', unitCost: '2' },
  { ...LINE, kind: 'refund' },
  { ...LINE, kind: 'refund', key: '17 refunded' },
  { ...LINE, channel: null },
  { ...LINE, country: 'FR' },
  { ...LINE, name: null },
  { ...LINE, email: null },
  { ...LINE, paid: PAID },
  { ...LINE, paid: { ...PAID, amount: '8' } },
];

test('the lines of a place come back as they were, also around an order that does not count', () => {
  const mentions = LINES.map((line, i) => packed(line, LINES[i - 1] ?? null));
  const texts = JSON.stringify([...mentions.slice(0, 2), [LINE.at], ...mentions.slice(2)]);
  const found = unpacked(JSON.parse(texts), 'ann', '17', 4);
  expect(found.map(({ line }) => line)).toEqual([...LINES.slice(0, 2), null, ...LINES.slice(2)]);
  expect(found.map(({ at, place }) => [at, place])).toEqual(found.map(({ line }) => [line?.at ?? LINE.at, 4]));
});
