import { describe, expect, it } from 'vitest';

import { cdnowCustomers, cdnowIsThere, cdnowOrderDays, cdnowOrders, NO_CDNOW } from './cdnow.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe.skipIf(!cdnowIsThere)(`CDNOW is read as its papers and peers count it (${NO_CDNOW})`, () => {
  it.each([
    ['master', { rows: 69_659, customers: 23_570, orderDays: 67_591, cents: 250_031_563 }],
    ['sample', { rows: 6919, customers: 2357, orderDays: 6696, cents: 24_409_194 }],
  ] as const)('%s', (file, expected) => {
    const orders = cdnowOrders(file);
    const customers = cdnowOrderDays(file);
    expect({
      rows: orders.length,
      customers: customers.length,
      orderDays: sum(customers.map(({ days }) => days.length)),
      cents: sum(orders.map(({ cents }) => cents)),
    }).toEqual(expected);
  });

  it('repeat buyers of the sample by 39 weeks, and their purchases to come', () => {
    const customers = cdnowCustomers('sample');
    const repeat = customers.filter(({ x }) => x > 0);
    const x = sum(customers.map((customer) => customer.x));
    const holdout = sum(customers.map((customer) => customer.holdout));
    expect([repeat.length, x, customers.length - repeat.length]).toEqual([946, 2457, 1411]);
    expect([holdout, x + holdout]).toEqual([1882, 4339]);
    const m = repeat.map((customer) => customer.m).sort((a, b) => a - b);
    const [low, middle, high] = [m[0]!, (m[472]! + m[473]!) / 2, m.at(-1)!];
    expect([sum(m) / m.length, low, middle, high].map(Math.round)).toEqual([35, 3, 27, 300]);
  });
});
