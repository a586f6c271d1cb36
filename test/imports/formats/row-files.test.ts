import { describe, expect, it } from 'vitest';

import { formatsNamed } from '../../../server/import-formats.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';
import { countFile } from '../../support/order-file.ts';

describe('product events', () => {
  it('take a time with the name of its zone, and leave out by name what was taken out of the cart', async () => {
    const rows = ['view', 'cart', 'remove_from_cart', 'purchase'].map((kind) => `2026-04-01 00:00:00 UTC,${kind},7,u1`);
    const counted = await countFile(['event_time,event_type,product_id,user_id', ...rows].join('\n'));
    expect(counted).toMatchObject({
      source: 'events',
      accepted: 2,
      excluded: { REMOVED_FROM_CART: 1 },
      rejected: { PURCHASE_EVENT: 1 },
    });
    expect(counted.lines[0]).toMatchObject({ customer: 'u1', product: '7', at: new Date('2026-04-01T00:00:00Z') });
  });

  it('are asked about where every day can be read two ways', async () => {
    const file = 'time,event,product,customer\n03/04/2026,view,tea,ann\n05/04/2026,view,tea,ann';
    await expect(countFile(file)).rejects.toMatchObject({ code: 'AMBIGUOUS_DATES' });
    const { lines } = await countFile(file, { dateFormat: 'dd/MM/yyyy' });
    expect(lines[0]).toMatchObject({ at: new Date('2026-04-03T00:00:00Z') });
  });
});

describe('events of a campaign', () => {
  const head = 'campaign,kind,email,event,timestamp';

  it('leave out by name what was not sent, and take an order for a conversion', async () => {
    const events = ['Received Email', 'Skipped: Smart Sending', 'Placed Order', 'Danced'];
    const rows = events.map((event) => `June,win-back,Eva@Example.com,${event},2026-06-02 08:00:00`);
    const counted = await countFile([head, ...rows].join('\n'));
    expect(counted).toMatchObject({
      source: 'campaign',
      accepted: 2,
      excluded: { SKIPPED: 1 },
      rejected: { UNKNOWN_EVENT: 1 },
    });
    expect(counted.lines).toMatchObject([
      { customer: 'eva@example.com', kind: 'WIN_BACK', times: { DELIVERED: new Date('2026-06-02T08:00:00Z') } },
      { customer: 'eva@example.com', times: { CONVERTED: new Date('2026-06-02T08:00:00Z') } },
    ]);
  });

  it('reject a time that can be read two ways among those that cannot', async () => {
    const times = ['2026-06-02 08:00:00', '2026-06-02 09:00:00', '05/06/2026 10:00'];
    const counted = await countFile([head, ...times.map((time) => `June,win-back,e@x.com,opened,${time}`)].join('\n'));
    expect(counted).toMatchObject({ accepted: 2, rejected: { AMBIGUOUS_DATE: 1 } });
  });
});

describe('recipients of a campaign', () => {
  it('take flags beside the time of sending', async () => {
    const counted = await countFile(
      'Email,Campaign Name,Opened,Clicked,Send Time\ne@x.com,June,True,False,02.06.2026 08:00\n',
      { kind: 'LOYALTY' },
    );
    const at = new Date('2026-06-02T08:00:00Z');
    expect(counted.lines).toMatchObject([{ campaign: 'June', kind: 'LOYALTY', times: { SENT: at, OPENED: at } }]);
    expect(counted.lines[0]).not.toHaveProperty('times.CLICKED');
  });

  it('are of the campaign that is given where no column names one', async () => {
    const table = await openTable(testFile('Email,Send Time\ne@x.com,2026-06-02\n'));
    const [format] = formatsNamed('campaign');
    const file = await format!.open(table, { timeZone: 'UTC', campaign: 'June' });
    for await (const row of table.rows())
      expect([...file.read(row)]).toMatchObject([{ lines: [{ campaign: 'June', customer: 'e@x.com' }] }]);
    await expect(format!.open(table, { timeZone: 'UTC' })).rejects.toMatchObject({ code: 'MISSING_COLUMN' });
  });
});

describe('products', () => {
  it('have prices as their column spells them, never below 0', async () => {
    const rows = ['tea;"1.234,50 €";yes', 'pot;"9,90 €";no', 'cup;"-1,00 €";no'];
    const counted = await countFile(['sku;price;stock', ...rows].join('\n'));
    expect(counted).toMatchObject({ source: 'products', accepted: 2, rejected: { BAD_NUMBER: 1 } });
    expect(counted.lines).toMatchObject([
      { product: 'tea', price: '1234.5', isInStock: true },
      { product: 'pot', price: '9.9', isInStock: false },
    ]);
  });

  it('come from a Google Merchant catalogue', async () => {
    const file =
      'id\ttitle\tdescription\tprice\tavailability\tproduct_type\ntea\tGreen tea\tLeaves\t4.50 EUR\tin_stock\tTea';
    const counted = await countFile(file);
    expect(counted).toMatchObject({ source: 'products', accepted: 1 });
    expect(counted.lines).toMatchObject([
      { product: 'tea', name: 'Green tea', category: 'Tea', price: '4.5', isInStock: true },
    ]);
  });

  it("come from WooCommerce's own exporter of products", async () => {
    const file =
      'ID,Type,SKU,Name,Published,Short description,In stock?,Sale price,Regular price,Categories\n7,simple,TEA,Green tea,1,Leaves,1,,4.50,Tea';
    const counted = await countFile(file);
    expect(counted).toMatchObject({ source: 'products', accepted: 1 });
    expect(counted.lines).toMatchObject([
      { product: 'TEA', name: 'Green tea', category: 'Tea', price: '4.50', isInStock: true },
    ]);
  });
});

describe('mapped columns', () => {
  it('of events go before those with known names', async () => {
    const counted = await countFile('customer;Gast;product;Was;at\nx;ann;tea;view;2026-04-03\n', {
      mapping: { customer: 'Gast', kind: 'Was' },
    });
    expect(counted).toMatchObject({ source: 'events', lines: [{ customer: 'ann', product: 'tea', kind: 'VIEWED' }] });
  });

  it('of products have their spelling decided from all values', async () => {
    const counted = await countFile('Artikel;Preis\ntea;4,50\npot;1.020,00\n', {
      mapping: { product: 'Artikel', price: 'Preis' },
    });
    expect(counted.lines).toMatchObject([{ price: '4.5' }, { price: '1020' }]);
  });

  it('of rates are read as the European Central Bank writes its own', async () => {
    const counted = await countFile('Date,USD\n2026-04-03,1.1\n');
    expect(counted.lines).toMatchObject([{ rates: [{ currency: 'USD', rate: '1.1' }] }]);
    const mapped = await countFile('Tag,Geld,Kurs\n2026-04-03,usd,1.1\n', {
      mapping: { day: 'Tag', currency: 'Geld', rate: 'Kurs' },
    });
    expect(mapped.lines).toEqual(counted.lines);
  });

  it('may share a header', async () => {
    const counted = await countFile('Wer;order;date;unit price\nANN@x.com;1;2026-04-03;5\n', {
      mapping: { customer: 'Wer', email: 'Wer' },
    });
    expect(counted.lines).toMatchObject([{ customer: 'ann@x.com', email: 'ann@x.com' }]);
  });
});

describe('rates of exchange', () => {
  it('are of the day that the file writes, in whatever zone the shop is', async () => {
    const file = 'day,currency,rate\n06.03.2026,USD,1.2\n09.03.2026,USD,1.25';
    const { lines } = await countFile(file, { timeZone: 'Europe/Berlin' });
    expect(lines).toMatchObject([{ day: '2026-03-06' }, { day: '2026-03-09' }]);
  });
});
