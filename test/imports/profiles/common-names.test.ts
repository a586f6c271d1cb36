import { describe, expect, it } from 'vitest';

import { openOrders } from '../../../server/imports/profiles/order-format.ts';
import { orders as commonOrders } from '../../../server/imports/profiles/shops/orders.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';
import { countFile } from '../../support/order-file.ts';

const orders = (...rows: string[]) => ['customer,order,placed at,amount', ...rows].join('\n');

describe('amounts', () => {
  it('round what binary fractions add', async () => {
    const file = orders('a,1,2026-04-01,45.129999999999995', 'a,2,2026-04-02,0.7000000000000001');
    expect(await countFile(file)).toMatchObject({ gross: '45.8300' });
  });

  it('are read one way in the whole column; those that are spelled otherwise are rejected', async () => {
    const spelled = ['"1.234,50"', '"7,25"', '"8,10"', '"9,05"', '"1,234.50"'];
    const counted = await countFile(orders(...spelled.map((amount, i) => `a,${i},2026-04-01,${amount}`)));
    expect(counted).toMatchObject({ gross: '1258.9000', rejected: { BAD_NUMBER: 1 } });
    expect(counted.readings).toContainEqual({ column: 'line total', reading: 'decimal comma', evidence: '1.234,50' });
  });

  it('are asked about where the column contradicts itself', async () => {
    const file = orders('a,1,2026-04-01,"7,25"', 'a,2,2026-04-01,8.10');
    await expect(countFile(file)).rejects.toMatchObject({ code: 'AMBIGUOUS_AMOUNTS' });
    expect(await countFile(file, { decimal: ',' })).toMatchObject({ gross: '7.2500', rejected: { BAD_NUMBER: 1 } });
  });

  it('in brackets are negative: a refund', async () => {
    const file = orders('a,1,2026-04-01,20.00', 'a,2,2026-04-01,(5.00)');
    expect(await countFile(file)).toMatchObject({ orders: 1, refunds: 1, net: '15.0000' });
  });

  it('are asked for where no row has one', async () => {
    const file = orders('a,1,2026-04-01,', 'a,2,2026-04-02,');
    await expect(countFile(file)).rejects.toMatchObject({ code: 'NO_AMOUNTS' });
    expect(await countFile(file, { amounts: 'NONE' })).toMatchObject({ orders: 2, gross: '0.0000' });
  });

  it('of an order that each of its lines repeats count once, with a warning', async () => {
    const file =
      'customer,order id,date,total,sku\nann,7,2026-04-01,50.00,CAP\nann,7,2026-04-01,50.00,MUG\nbo,8,2026-04-02,9.00,CAP';
    expect(await countFile(file)).toMatchObject({ orders: 2, gross: '59.0000', warnings: ['TOTALS_REPEATED'] });
  });

  it('name the currency of the file by their sign, where all of them have the same', async () => {
    const file = orders('a,1,2026-04-01,$5.00', 'a,2,2026-04-02,$7.00');
    expect((await countFile(file)).currencies).toEqual(new Map([['USD', 2]]));
    expect((await countFile(file, { home: 'CAD' })).currencies).toEqual(new Map([['CAD', 2]]));
    expect((await countFile(orders('a,1,2026-04-01,$5.00', 'a,2,2026-04-02,€7.00'))).currencies.size).toBe(0);
  });

  it('of a discount within 0 and 1 are shares, with a warning', async () => {
    const file =
      'customer,order,placed at,quantity,unit price,discount\na,1,2026-04-01,2,50,0.1\nb,2,2026-04-02,1,30,0.5';
    expect(await countFile(file)).toMatchObject({
      gross: '105.0000',
      discount: '25.0000',
      warnings: ['DISCOUNTS_ARE_SHARES'],
    });
  });

  it('of lines have no share taken off again: the total is what was paid', async () => {
    const file = 'customer,order,placed at,quantity,sales,discount\na,1,2026-04-01,2,90,0.1\nb,2,2026-04-02,1,15,0.5';
    expect(await countFile(file)).toMatchObject({ gross: '105.0000', warnings: ['DISCOUNTS_ARE_SHARES'] });
  });
});

it('counts a line by its total where the file has prices and no quantities', async () => {
  const file = 'customer,order,placed at,price per unit,total sale\na,1,2026-04-01,50,150\nb,2,2026-04-02,30,30';
  expect(await countFile(file)).toMatchObject({ orders: 2, gross: '180.0000' });
});

describe('a column "State"', () => {
  const file = 'customer,order,placed at,amount,State\na,1,2026-04-01,5,Kentucky\nb,2,2026-04-02,6,New York';

  it('of parts of a country leaves no order out, with a warning', async () => {
    expect(await countFile(file)).toMatchObject({ orders: 2, gross: '11.0000', warnings: ['STATES_ARE_PLACES'] });
  });

  it('is asked about where it is chosen, or where one of its values is known', async () => {
    const chosen = countFile(file, { mapping: { state: 'State' } });
    await expect(chosen).rejects.toMatchObject({ code: 'UNKNOWN_STATES' });
    await expect(countFile(`${file}\na,3,2026-04-03,7,paid`)).rejects.toMatchObject({ code: 'UNKNOWN_STATES' });
  });
});

it('takes rows with notes of any length, as they are not stored', async () => {
  const note = 'x'.repeat(2000);
  const file = `customer,order,placed at,amount,notes,channel\na,1,2026-04-01,5,${note},web\na,2,2026-04-01,5,,${note}`;
  expect(await countFile(file)).toMatchObject({ orders: 1, rejected: { TOO_LONG: 1 } });
});

describe('dates', () => {
  it('are understood in the spellings of many tools', async () => {
    const dates = [
      '2026-04-01 10:00:00 UTC',
      '2026/04/01',
      '"Wed, 1 Apr 2026 10:00:00 +0000"',
      '1775037600',
      '2026-4-1',
      '"Apr 1, 2026"',
      '2026-03-31T23:59:60Z',
    ];
    const file = orders(...dates.map((date, i) => `a,${i},${date},1`));
    expect(await countFile(file)).toMatchObject({ orders: dates.length, rejected: {} });
  });

  it('are asked about where each can be read day first and month first', async () => {
    const file = orders('a,1,03/04/2026,1', 'a,2,05/04/2026,1');
    await expect(countFile(file)).rejects.toMatchObject({ code: 'AMBIGUOUS_DATES' });
    const { lines } = await countFile(file, { dateFormat: 'dd/MM/yyyy' });
    expect(lines[0]).toMatchObject({ at: new Date('2026-04-03T00:00:00Z') });
  });

  it('keep their offset; without one they are of the time zone that is given', async () => {
    const file = orders('a,1,2026-01-31T23:30:00-08:00,1', 'a,2,2026-01-31 23:30:00,1');
    const { lines } = await countFile(file, { timeZone: 'Europe/Berlin' });
    expect(lines).toMatchObject([{ at: new Date('2026-02-01T07:30:00Z') }, { at: new Date('2026-01-31T22:30:00Z') }]);
  });

  it('in the future and before 1990 are rejected by name', async () => {
    const file = orders('a,1,2026-04-01,1', 'a,2,2190-04-01,1', 'a,3,1970-01-01,1');
    expect(await countFile(file)).toMatchObject({ orders: 1, rejected: { IN_FUTURE: 1, TOO_EARLY: 1 } });
  });
});

describe('customers', () => {
  it('are one whatever the letters are composed of and whatever is invisible', async () => {
    const ids = ['Zo\u00EB', 'Zoe\u0308', 'Zo\u00EB\u200E', '\uFEFFZo\u00EB', ' Zo\u00EB '];
    expect(await countFile(orders(...ids.map((id, i) => `${id},${i},2026-04-01,1`)))).toMatchObject({
      customers: 1,
      orders: 5,
    });
  });

  it('are one whatever the case of an address, and another with a tag', async () => {
    const ids = ['Bo@Example.com', 'bo@example.com ', 'bo+shop@example.com'];
    expect(await countFile(orders(...ids.map((id, i) => `${id},${i},2026-04-01,1`)))).toMatchObject({ customers: 2 });
  });

  it('go by their address where the id is empty or 0', async () => {
    const file =
      'customer,order,placed at,unit price,email\nc1,1,2026-04-01,10,c1@example.com\n,2,2026-04-01,20,d@example.com\n0,3,2026-04-01,5,e@example.com\n0,4,2026-04-01,5,f@example.com';
    expect(await countFile(file)).toMatchObject({ customers: 4, gross: '40.0000' });
  });

  it('that nothing names leave their orders anonymous', async () => {
    expect(await countFile(orders('a,1,2026-04-01,5', ',2,2026-04-01,7'))).toMatchObject({
      customers: 1,
      gross: '5.0000',
      anonymous: { orders: 1, net: '7.0000' },
    });
  });
});

describe('orders', () => {
  it('count by their state: paid and refunded ones do, the others are left out by name', async () => {
    const states = ['paid', 'refunded', 'cancelled', 'pending', 'failed', 'test'];
    const file = [
      'customer,order,placed at,amount,status',
      ...states.map((state, i) => `c${i},${i},2026-04-01,10,${state}`),
    ].join('\n');
    expect(await countFile(file)).toMatchObject({
      orders: 2,
      gross: '20.0000',
      net: '10.0000',
      excluded: { CANCELLED: 1, PENDING: 1, FAILED: 1, TEST: 1 },
    });
  });

  it('in an unknown state are asked about', async () => {
    const file = 'customer,order,placed at,amount,status\na,1,2026-04-01,10,paid\nb,2,2026-04-01,20,glorious';
    await expect(countFile(file)).rejects.toMatchObject({ code: 'UNKNOWN_STATES' });
    expect(await countFile(file, { states: { glorious: 'COUNTS' } })).toMatchObject({ orders: 2 });
  });

  it('in an unknown state are asked about once, however they spell it', async () => {
    const header = 'customer,order,placed at,amount,status';
    const file = `${header}\na,1,2026-04-01,10,Glorious\nb,2,2026-04-01,20,GLORIOUS\nc,3,2026-04-01,5,so-so\nd,4,2026-04-01,5,✓`;
    await expect(countFile(file)).rejects.toMatchObject({
      values: ['Glorious', 'so-so', '✓'],
      message: expect.stringContaining('"Glorious" (rows: 2)'),
    });
    const states = { glorious: 'CANCELLED', 'So so': 'TEST', '✓': 'COUNTS' } as const;
    expect(await countFile(file, { states })).toMatchObject({ orders: 1, excluded: { CANCELLED: 2, TEST: 1 } });
  });

  it('are net of the refund in a column', async () => {
    const file = 'customer,order,placed at,amount,refunded amount\na,1,2026-04-01,10,10\nb,2,2026-04-01,30,4';
    expect(await countFile(file)).toMatchObject({ gross: '40.0000', net: '26.0000', refunds: 2 });
  });

  it('whose number a spreadsheet has rounded are rejected by name', async () => {
    expect(await countFile(orders('a,1,2026-04-01,5', 'b,2.3E+12,2026-04-01,7'))).toMatchObject({
      rejected: { MANGLED_NUMBER: 1 },
    });
  });

  it('are found in columns that somebody has mapped', async () => {
    const table = await openTable(testFile('Kunde,Bestell-Nr.,Datum,Betrag\na,1,2026-04-01,5'));
    const mapping = { customer: 'Kunde', order: 'Bestell-Nr.', 'placed at': 'Datum', 'order total': 'Betrag' };
    const file = await openOrders(table, commonOrders, { timeZone: 'UTC', mapping });
    expect(file.columns).toContainEqual({ column: 'order', header: 'Bestell-Nr.' });
    const missing = openOrders(table, commonOrders, { timeZone: 'UTC', mapping: { ...mapping, order: 'Nr.' } });
    await expect(missing).rejects.toMatchObject({ code: 'UNKNOWN_COLUMN' });
  });
});

describe('layouts of spreadsheets', () => {
  it('may name their delimiter in a first line', async () => {
    expect(await countFile('sep=;\ncustomer;order;placed at;amount\na;1;2026-04-01;5')).toMatchObject({ orders: 1 });
  });

  it('may end every row with a delimiter', async () => {
    expect(await countFile(orders('a,1,2026-04-01,5,', 'b,2,2026-04-01,6,'))).toMatchObject({
      orders: 2,
      rejected: {},
    });
  });
});
