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

describe('events of Google Analytics 4', () => {
  it('count for each item that was viewed or put into the cart; purchases are no orders', async () => {
    const items = (...ids: readonly string[]) =>
      `"[${ids.map((id) => `{""item_id"":""${id}"",""price"":4.5}`).join(',')}]"`;
    const counted = await countFile(
      [
        'event_date,event_timestamp,event_name,user_id,user_pseudo_id,ecommerce,items',
        `20260127,1769472000123456,view_item,,11.22,,${items('tea')}`,
        `20260127,1769472001000000,add_to_cart,ann,11.22,,${items('tea', 'pot', 'tea')}`,
        `20260127,1769472002000000,purchase,ann,11.22,,${items('tea')}`,
        '20260127,1769472003000000,page_view,ann,11.22,,[]',
        `20260127,1769472004000000,view_item,ann,11.22,,"{""items"":[{""item_id"":""cup""}]}"`,
        '20260127,1769472005000000,view_item,ann,11.22,,tea',
        '20260127,1769472006000000,view_item,ann,11.22,,[]',
      ].join('\n'),
    );
    expect(counted).toMatchObject({
      ...{ source: 'ga4-events', accepted: 3, excluded: { PURCHASE_EVENT: 1, OTHER_EVENT: 1 } },
      rejected: { BAD_ITEMS: 1, MISSING_PRODUCT: 1 },
    });
    expect(counted.lines).toMatchObject([
      { customer: '11.22', product: 'tea', kind: 'VIEWED', at: new Date('2026-01-27T00:00:00.123Z') },
      { customer: 'ann', product: 'tea', kind: 'ADDED_TO_CART' },
      { customer: 'ann', product: 'pot', kind: 'ADDED_TO_CART' },
      { customer: 'ann', product: 'cup', kind: 'VIEWED' },
    ]);
  });

  it('may have a row for each item, or be JSON lines', async () => {
    const flat = 'event_name,event_timestamp,user_pseudo_id,items.item_id\nview_item,1769472000123456,11.22,tea\n';
    const row = { event_name: 'view_item', event_timestamp: '1769472000123456', user_pseudo_id: '11.22' };
    const json = `${JSON.stringify({ ...row, items: [{ item_id: 'tea' }] })}\n`;
    const [one, other] = [await countFile(flat), await countFile(json)];
    expect(one).toMatchObject({ source: 'ga4-events', accepted: 1 });
    expect(other.lines).toEqual(one.lines);
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

describe("Brevo's weekly events of a campaign", () => {
  it('leave out opens by proxies and changes of contacts', async () => {
    const events = ['delivered', 'opened', 'click', 'proxy_open', 'contact_updated', 'hard_bounce', 'unsubscribe'];
    const rows = events.map((event) => `${event},ann@example.com,June,2026-06-02 08:00:00,loyalty`);
    const counted = await countFile(['event,email,campaign name,date_event,kind', ...rows].join('\n'));
    expect(counted).toMatchObject({ accepted: 5, excluded: { PROXY_OPEN: 1, CONTACT_CHANGE: 1 }, rejected: {} });
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

  it('of a catalogue for Google Merchant keep the currency that their prices name', async () => {
    const file = [
      'id\ttitle\tprice\tsale_price\tavailability\tgoogle_product_category\tproduct_type\tcost_of_goods_sold\titem_group_id',
      'T1\tGreen tea\t12.50 EUR\t9.90 EUR\tout_of_stock\t2271\tTea > Green\t6.00 EUR\tTEA',
      'T2\tBlack tea\t1,012.50 EUR\t\tpreorder\t2271\tTea > Black\t\tTEA',
    ];
    const counted = await countFile(file.join('\n'));
    expect([...counted.currencies.keys()]).toEqual(['EUR']);
    expect(counted.lines).toMatchObject([
      { product: 'T1', category: 'Tea > Green', price: '12.5', unitCost: '6', isInStock: false, currency: 'EUR' },
      { product: 'T2', price: '1012.5', unitCost: null, isInStock: true },
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

  it('may be left out, whatever their headers', async () => {
    const counted = await countFile('customer,order,date,unit price,email\nann,1,2026-04-03,5,ann@x.com\n', {
      mapping: { email: null },
    });
    expect(counted.lines).toMatchObject([{ customer: 'ann', email: null }]);
    const events = countFile('customer,product,kind,at\nann,tea,view,2026-04-03\n', {
      mapping: { product: null, kind: 'kind' },
    });
    await expect(events).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
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
