import { describe, expect, it } from 'vitest';

import { countFile } from '../../support/order-file.ts';
import { fileOf, HEADERS } from './headers.ts';

/** What an export looks like around its rows; the figures are added up by hand from its rows as its source describes them. */
const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

describe("eBay's orders report", () => {
  const paid = { 'Sale Date': 'Sep-18-26 23:45:00', 'Paid On Date': 'Sep-19-26' };
  const several = { ...paid, 'Sales Record Number': 102, 'Order Number': '11-2', 'Buyer Username': 'bo' };
  const rows = fileOf('ebay-orders', [
    {},
    {
      ...paid,
      ...{ 'Sales Record Number': 101, 'Order Number': '11-1', 'Buyer Username': 'ann', 'Item Number': 335 },
      ...{ 'Item Title': 'Tea', Quantity: 2, 'Sold For': '$12.50', 'Shipping And Handling': '$4.00' },
      'Total Price': '$29.00',
    },
    { ...several, Quantity: 3, 'Sold For': '$40.00', 'Shipping And Handling': '$6.00', 'Total Price': '$46.00' },
    { ...several, 'Item Number': 336, 'Item Title': 'Pot', Quantity: 1, 'Sold For': '$30.00' },
    { ...several, 'Item Number': 337, 'Item Title': 'Cup', Quantity: 2, 'Sold For': '$5.00' },
    {
      ...{ 'Sales Record Number': 103, 'Buyer Username': 'bo', 'Sale Date': 'Sep-20-26 10:00:00' },
      ...{ 'Item Number': 338, 'Item Title': 'Kettle', Quantity: 1, 'Sold For': '$50.00' },
    },
  ]);

  it('counts the lines of an order and not the row that sums them up, and nothing that was never paid', async () => {
    const report = text(rows, '3,record(s) downloaded,from Sep-18-26 to Sep-20-26', 'Seller ID : a-shop');
    const counted = await countFile(report);
    expect(counted).toMatchObject({
      ...{ rows: 7, accepted: 4, rejected: {}, excluded: { PENDING: 1, NOT_AN_ORDER: 2 } },
      ...{ customers: 2, orders: 2, products: 3, gross: '65.0000', shipping: '10.0000' },
    });
    expect(counted.lines[0]).toMatchObject({ number: '11-1', at: new Date('2026-09-18T23:45:00Z') });
  });

  it('is read as Australians and Britons get it', async () => {
    const report = text(
      '"Sales Record Number","Order Number","Buyer Username","Post to name","Post to country","Item Number","Item Title","Custom Label","Quantity","Sold For","Postage And Handling","Total Price","Sale Date","Paid On Date"',
      '"21","16-1","ann","Ann A","Australia","405","Tea","T1","1","AU $3,000.00","AU $13.00","AU $3,013.00","26-May-26","26-May-26"',
      '"22","16-2","bo","Bo B","Australia","406","Cup","C1","3","AU $20.00","AU $9.00","AU $69.00","25-May-26","25-May-26"',
      '"38","record(s) downloaded",,,,,,,,,,,,',
      '"Seller ID : a-shop",,,,,,,,,,,,,',
    );
    const counted = await countFile(report);
    expect(counted).toMatchObject({ orders: 2, gross: '3060.0000', shipping: '22.0000', rejected: {} });
    expect(counted.lines[1]).toMatchObject({
      currency: 'AUD',
      country: 'Australia',
      at: new Date('2026-05-25T00:00:00Z'),
    });
  });
});

describe("Etsy's sold orders", () => {
  const order = { 'Sale Date': '09/12/26', 'Buyer User ID': 'ann', 'Number of Items': 2, Currency: 'EUR' };
  const amounts = {
    ...{ 'Order Value': '40.00', 'Discount Amount': '4.00', Shipping: '5.00', 'Sales Tax': '3.00' },
    ...{ 'Order Total': '44.00', 'Order Net': '42.00' },
  };

  it('gives back of an order what is not left of its total, tax and shipping in proportion', async () => {
    const file = fileOf('etsy-orders', [
      { ...order, ...amounts, 'Order ID': 1, 'Adjusted Order Total': '33.00' },
      { ...order, ...amounts, 'Order ID': 2, 'Adjusted Order Total': '0.00' },
      { ...order, ...amounts, 'Order ID': 3, 'Adjusted Order Total': '44.00' },
      { ...order, ...amounts, 'Order ID': 4 },
    ]);
    expect(await countFile(file)).toMatchObject({ orders: 4, refunds: 1, gross: '144.0000', net: '135.0000' });
  });

  it('are read as Britons get them', async () => {
    const british = HEADERS['etsy-orders'].replaceAll('Ship ', 'Delivery ').replaceAll('Shipping', 'Delivery');
    const file = text(
      british.replace('Sales Tax', 'Sales tax'),
      '30/09/26,7,ann,Ann A,Ann,A,1,Credit Card,,1 High St,,Leeds,,LS1,United Kingdom,GBP,20.00,,,0.00,0.00,3.00,0.00,23.00,,1.20,21.80,0.00,0.00,0.00,Ann A,online,online_cc,,,',
    );
    const counted = await countFile(file);
    expect(counted).toMatchObject({ source: 'etsy-orders', gross: '20.0000', shipping: '3.0000' });
    expect(counted.lines[0]).toMatchObject({ country: 'United Kingdom', at: new Date('2026-09-30T00:00:00Z') });
  });
});

it("counts Etsy's sold order items: a price a piece, the shipping of an order on its first item", async () => {
  const line = { 'Sale Date': '08/14/25', Buyer: 'ann', 'Order ID': '3001', Currency: 'USD', 'Ship Country': 'Canada' };
  const file = fileOf('etsy-items', [
    { ...line, 'Item Name': 'Card', Quantity: 2, Price: '$5.00', 'Order Shipping': '$4.50', 'Item Total': '$10.00' },
    { ...line, 'Item Name': 'Sticker', Quantity: 1, Price: '$3.00', 'Order Shipping': '$0.00', 'Item Total': '$3.00' },
    {
      ...{ ...line, Buyer: 'bo', 'Order ID': '3002', 'Item Name': 'Card', Quantity: 1, Price: '$5.00' },
      ...{ 'Coupon Code': 'TEN', 'Discount Amount': '$0.50', 'Order Shipping': '$4.50', 'Item Total': '$5.00' },
    },
  ]);
  expect(await countFile(file)).toMatchObject({ orders: 2, gross: '17.5000', discount: '0.5000', shipping: '9.0000' });
});

it("counts PrestaShop's list of orders, which parts its columns by semicolons", async () => {
  const file = text(
    'ID;Reference;"New client";Delivery;Customer;Total;Payment;Status;Date',
    '5;KHWLILZLL;0;"United States";"J. DOE";$20.90;"Bank wire";"Awaiting bank wire payment";"2026-05-05 10:00:00"',
    '4;FFATNOMMJ;0;"United States";"J. DOE";$14.90;"Payment by check";"Payment accepted";"2026-05-04 10:00:00"',
    '3;UOYEVOLI;0;"United States";"J. DOE";"$1,014.90";"Payment by check";"Partial refund";"2026-05-03 10:00:00"',
    '2;OHSATSERP;0;France;"A. LE";$169.90;"Payment by check";Canceled;"2026-05-02 10:00:00"',
    '1;XKBKNABJK;1;France;"A. LE";$61.80;"Payment by check";Refunded;"2026-05-01 10:00:00"',
  );
  expect(await countFile(file)).toMatchObject({
    ...{ source: 'prestashop-orders', excluded: { PENDING: 1, CANCELLED: 1 }, warnings: ['CUSTOMERS_BY_NAME'] },
    ...{ customers: 2, orders: 3, refunds: 1, gross: '1091.6000', net: '1029.8000' },
  });
});

it("counts Square's items: a refund may name its payment, and have a positive quantity", async () => {
  const row = {
    ...{ 'Time Zone': 'Eastern Time (US & Canada)', Category: 'Drinks', 'Customer ID': 'C1', Location: 'Main' },
    ...{ 'Itemization Type': 'Physical Good', Commission: '$0.00', Discounts: '$0.00' },
  };
  const file = fileOf('square-items', [
    {
      ...{ ...row, Date: '2026-09-20', Time: '09:00:00', Item: 'Print', Qty: '1.0', 'Gross Sales': '-$12.00' },
      ...{ 'Net Sales': '-$12.00', Tax: '-$0.96', 'Transaction ID': 'B2', 'Event Type': 'Refund' },
    },
    {
      ...{ ...row, Date: '2026-09-13', Time: '11:40:00', Item: 'Print', Qty: '1.0', 'Gross Sales': '$12.00' },
      ...{ 'Net Sales': '$12.00', Tax: '$0.96', 'Transaction ID': 'B2', 'Event Type': 'Payment' },
    },
    {
      ...{ ...row, Date: '2026-09-13', Time: '10:02:11', Item: 'Mug', Qty: '2.0', 'Gross Sales': '$36.00' },
      ...{ Discounts: '-$3.00', 'Net Sales': '$33.00', Tax: '$2.64', 'Transaction ID': 'A1', 'Event Type': 'Payment' },
    },
  ]);
  const counted = await countFile(file);
  expect(counted).toMatchObject({
    ...{ customers: 1, orders: 2, refunds: 1, gross: '45.0000', net: '33.0000', tax: '3.6000', discount: '3.0000' },
  });
  expect(counted.lines[0]).toMatchObject({ kind: 'refund', number: 'B2', at: new Date('2026-09-20T13:00:00Z') });
});

it("counts Amazon's orders, tab by tab: the price is that of the line, whatever was ordered of it", async () => {
  const titles = HEADERS['amazon-orders'].split(',');
  const row = (cells: Readonly<Record<string, string>>) => titles.map((title) => cells[title] ?? '').join('\t');
  const line = { 'purchase-date': '2026-06-17T08:04:21+00:00', 'sales-channel': 'Amazon.it', currency: 'EUR' };
  const file = text(
    titles.join('\t'),
    row({ ...line, 'amazon-order-id': '1', 'order-status': 'Shipped', sku: 'T', quantity: '2', 'item-price': '42.00' }),
    row({
      ...{ ...line, 'amazon-order-id': '1', 'order-status': 'Shipped', sku: 'N', quantity: '1', 'item-price': '18.00' },
      ...{ 'item-promotion-discount': '2.00', 'shipping-price': '5.99', 'item-tax': '3.42' },
    }),
    row({ ...line, 'amazon-order-id': '2', 'order-status': 'Cancelled', 'item-status': 'Cancelled', quantity: '0' }),
    row({ ...line, 'amazon-order-id': '3', 'order-status': 'Pending', quantity: '1', 'item-price': '9.00' }),
    row({ ...line, 'amazon-order-id': '4', 'order-status': 'Shipped - Returned to Seller', 'item-price': '11.00' }),
  );
  expect(await countFile(file)).toMatchObject({
    ...{ source: 'amazon-orders', excluded: { CANCELLED: 1, PENDING: 1 } },
    anonymous: { orders: 2, net: '58.0000' },
  });
});

it("counts Stripe's payments as most accounts export them: without the mode, in the decimals of the account", async () => {
  const file = text(
    'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card ID,Customer ID,Customer Description,Customer Email,Invoice ID,Transfer',
    'ch_1,2026-04-20 07:03:21,"35,80","0,00",eur,true,"35,80","0,00",eur,,Order 701,"0,79",,SHOP,Paid,Payment complete.,"0,15",card_1,,,ann@example.com,,',
    'ch_2,2026-05-02 10:00:00,"10,00","4,00",eur,true,"10,00","4,00",eur,,Order 702,"0,50",2026-05-09 11:00:00,SHOP,Paid,Payment complete.,"0,10",card_2,,,ann@example.com,,',
    'ch_3,2026-05-03 10:00:00,"99,00","0,00",eur,false,"99,00","0,00",eur,card_declined,Order 703,"0,00",,SHOP,Failed,Declined.,"0,00",card_2,,,bo@example.com,,',
  );
  const counted = await countFile(file);
  expect(counted).toMatchObject({
    ...{
      source: 'stripe-payments',
      excluded: { FAILED: 1 },
      customers: 1,
      orders: 2,
      gross: '45.8000',
      net: '41.8000',
    },
  });
  expect(counted.lines.at(-1)).toMatchObject({ kind: 'refund', at: new Date('2026-05-09T11:00:00Z') });
});

it("counts Stripe's invoices that were paid, also where only yes and no tell which", async () => {
  const header = HEADERS['stripe-invoices'].replace(',Status', '');
  const invoice = (id: string, paid: string) =>
    `${id},0.00,charge_automatically,TRUE,eur,cus_1,2026-04-01 09:00,,A-1,${paid},sub_1,120.00,20.00,TEN,19.00,19.00,119.00,119.00`;
  const counted = await countFile(text(header, invoice('in_1', 'TRUE'), invoice('in_2', 'FALSE')));
  expect(counted).toMatchObject({ source: 'stripe-invoices', orders: 1, gross: '100.0000', excluded: { PENDING: 1 } });
});
