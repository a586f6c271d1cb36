import { describe, expect, it } from 'vitest';

import { countFile } from '../../support/order-file.ts';
import { fileOf } from './headers.ts';

describe('Shopify', () => {
  const first = {
    'Financial Status': 'paid',
    Currency: 'EUR',
    Shipping: 5,
    Taxes: 0,
    'Created at': '2026-04-01 09:00:00 +0200',
  };

  it('takes continuation rows as lines of the order above, with the discount of the order once', async () => {
    const file = fileOf('shopify-orders', [
      {
        ...first,
        Name: '#1',
        Email: 'eva@example.com',
        Subtotal: 45,
        Total: 50,
        'Discount Amount': 5,
        'Lineitem quantity': 1,
        'Lineitem name': 'Cap',
        'Lineitem price': 20,
      },
      { Name: '#1', Email: 'eva@example.com', 'Lineitem quantity': 2, 'Lineitem name': 'Mug', 'Lineitem price': 15 },
    ]);
    expect(await countFile(file)).toMatchObject({
      orders: 1,
      accepted: 2,
      gross: '45.0000',
      discount: '5.0000',
      shipping: '5.0000',
    });
  });

  it('takes an address in another case for the same customer', async () => {
    const order = {
      ...first,
      Subtotal: 10,
      Total: 10,
      'Lineitem quantity': 1,
      'Lineitem name': 'Cap',
      'Lineitem price': 10,
    };
    const file = fileOf('shopify-orders', [
      { ...order, Name: '#1', Email: 'eva@example.com' },
      { ...order, Name: '#2', Email: 'Eva@Example.com' },
    ]);
    expect(await countFile(file)).toMatchObject({ customers: 1, orders: 2 });
  });

  it('leaves out voided, pending and cancelled orders by name, and keeps one without an address as anonymous', async () => {
    const order = {
      ...first,
      Subtotal: 10,
      Total: 10,
      'Lineitem quantity': 1,
      'Lineitem name': 'Cap',
      'Lineitem price': 10,
    };
    const file = fileOf('shopify-orders', [
      { ...order, Name: '#1', Email: 'a@example.com', 'Financial Status': 'voided' },
      { ...order, Name: '#2', Email: 'a@example.com', 'Financial Status': 'pending' },
      { ...order, Name: '#3', Email: 'a@example.com', 'Cancelled at': '2026-04-02 09:00:00 +0200' },
      { ...order, Name: '#4' },
    ]);
    expect(await countFile(file)).toMatchObject({
      customers: 0,
      excluded: { VOIDED: 1, PENDING: 1, CANCELLED: 1 },
      anonymous: { orders: 1, net: '10.0000' },
    });
  });

  it('takes tax out of prices that hold it, and counts no discount for it', async () => {
    const file = fileOf('shopify-orders', [
      {
        ...first,
        Name: '#1',
        Email: 'a@example.com',
        Subtotal: 119,
        Shipping: 0,
        Taxes: 19,
        Total: 119,
        'Lineitem quantity': 1,
        'Lineitem name': 'Cap',
        'Lineitem price': 119,
      },
      {
        ...first,
        Name: '#2',
        Email: 'b@example.com',
        Subtotal: 119,
        Shipping: 0,
        Taxes: 19,
        Total: 119,
        'Discount Amount': 11.9,
        'Lineitem quantity': 2,
        'Lineitem name': 'Cap',
        'Lineitem price': 65.45,
      },
    ]);
    expect(await countFile(file)).toMatchObject({ gross: '200.0000', tax: '38.0000', discount: '11.9000' });
  });

  it('counts every currency that its rows name', async () => {
    const order = {
      ...first,
      Email: 'a@example.com',
      Subtotal: 10,
      Total: 10,
      'Lineitem quantity': 1,
      'Lineitem name': 'Cap',
      'Lineitem price': 10,
    };
    const file = fileOf('shopify-orders', [
      { ...order, Name: '#1' },
      { ...order, Name: '#2', Currency: 'USD' },
    ]);
    expect([...(await countFile(file)).currencies]).toEqual([
      ['EUR', 1],
      ['USD', 1],
    ]);
  });
});

describe('WooCommerce Analytics', () => {
  it('knows customers by name, with a warning, and nets a refunded order to nothing', async () => {
    const file = fileOf('woo-analytics', [
      {
        Date: '2026-04-01 09:00:00',
        'Order #': 7,
        Status: 'completed',
        Customer: 'Eva Test',
        'Product(s)': '1× Cap, 2× Mug',
        'N. Revenue': 30,
      },
      {
        Date: '2026-04-02 09:00:00',
        'Order #': 8,
        Status: 'refunded',
        Customer: 'Eva Test',
        'Product(s)': '1× Cap',
        'N. Revenue': 20,
      },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ customers: 1, orders: 2, products: 2, gross: '50.0000', net: '30.0000' });
    expect(counted.warnings).toEqual(['CUSTOMERS_BY_NAME']);
  });
});

describe('Advanced Order Export', () => {
  const line = {
    'Order Number': 9,
    'Order Status': 'Completed',
    'Order Date': '2026-04-01 09:00',
    'Email (Billing)': 'a@example.com',
    'Cart Discount Amount': 6,
    'Order Subtotal Amount': 40,
    'Order Refund Amount': 0,
    'Order Total Amount': 34,
  };

  it('takes the discount of an order off once, though each line repeats it', async () => {
    const file = fileOf('woo-order-export', [
      { ...line, SKU: 'CAP', 'Quantity (- Refund)': 1, 'Item Cost': 10 },
      { ...line, SKU: 'MUG', 'Quantity (- Refund)': 2, 'Item Cost': 15 },
    ]);
    expect(await countFile(file)).toMatchObject({ orders: 1, gross: '34.0000', discount: '6.0000' });
  });

  it('nets an order to nothing whose products all went back', async () => {
    const back = {
      'Order Status': 'Refunded',
      'Cart Discount Amount': 0,
      'Order Refund Amount': 40,
      'Order Total Amount': 40,
    };
    const file = fileOf('woo-order-export', [
      { ...line, ...back, SKU: 'CAP', 'Quantity (- Refund)': 0, 'Item Cost': 40 },
    ]);
    expect(await countFile(file)).toMatchObject({ orders: 1, refunds: 1, net: '0.0000' });
  });
});

describe('Magento', () => {
  it('leaves shipping out of an order, and gives back what was paid for the products of a closed one', async () => {
    const order = { 'Purchase Date': 'Apr 1, 2026 9:00:00 AM', Status: 'complete' };
    const file = fileOf('magento-orders', [
      {
        ...order,
        ID: '0001',
        'Grand Total (Purchased)': '30.0000',
        'Shipping and Handling': '5.0000',
        'Customer Email': 'a@example.com',
      },
      {
        ...order,
        ID: '0002',
        'Grand Total (Purchased)': '20.0000',
        Status: 'closed',
        'Customer Email': 'b@example.com',
        'Total Refunded': '20.0000',
      },
    ]);
    expect(await countFile(file)).toMatchObject({
      customers: 2,
      orders: 2,
      gross: '45.0000',
      net: '25.0000',
      shipping: '5.0000',
    });
  });
});

describe('BigCommerce', () => {
  const order = {
    'Order Status': 'Completed',
    'Order Time': '09:00:00',
    'Order Currency Code': 'EUR',
    'Product Details':
      'Product ID: 3, Product Qty: 2, Product SKU: MUG, Product Name: Blue, large mug, Product Unit Price: 15.00',
  };

  it('reads its dates day first, guests by address, and the products in one text', async () => {
    const file = fileOf('bigcommerce-orders', [
      {
        ...order,
        'Order ID': 1,
        'Customer ID': 0,
        'Customer Email': 'a@example.com',
        'Order Date': '02/04/2026',
        'Order Total (ex tax)': 30,
      },
      {
        ...order,
        'Order ID': 2,
        'Customer ID': 0,
        'Customer Email': 'b@example.com',
        'Order Date': '03/04/2026',
        'Order Total (ex tax)': 30,
      },
      {
        ...order,
        'Order ID': 3,
        'Customer ID': 5,
        'Customer Email': 'c@example.com',
        'Order Date': '03/04/2026',
        'Order Total (ex tax)': 9,
        'Order Status': 'Declined',
      },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ customers: 2, orders: 2, net: '60.0000', excluded: { FAILED: 1 } });
    expect(counted.lines[0]).toMatchObject({
      at: new Date('2026-04-02T09:00:00Z'),
      product: { id: 'MUG', name: 'Blue, large mug' },
      quantity: '2',
    });
  });
});

describe('Square', () => {
  it('takes rows with negative amounts for refunds', async () => {
    const row = {
      Date: '2026-04-01',
      Time: '23:30:00',
      'Time Zone': 'Eastern Time (US & Canada)',
      Item: 'Tea',
      Qty: '1.0',
      'Transaction ID': 'T1',
      'Event Type': 'Payment',
      'Customer ID': 'C1',
    };
    const file = fileOf('square-items', [
      { ...row, Qty: '2.0', 'Gross Sales': '$8.00', Discounts: '-$1.00', Tax: '$0.60' },
      {
        ...row,
        Qty: '-1.0',
        'Gross Sales': '-$4.00',
        Discounts: '$0.50',
        'Transaction ID': 'T2',
        'Event Type': 'Refund',
      },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ orders: 1, refunds: 1, gross: '7.0000', net: '3.5000', tax: '0.6000' });
    expect(counted.lines[0]).toMatchObject({ at: new Date('2026-04-02T03:30:00Z') });
  });
});

describe('Amazon', () => {
  it('takes the price of a line for that of all its pieces, and leaves cancelled lines out', async () => {
    const line = {
      'purchase-date': '2026-04-01T09:00:00+00:00',
      'order-status': 'Shipped',
      sku: 'CAP',
      'item-status': 'Shipped',
      currency: 'USD',
    };
    const file = fileOf('amazon-orders', [
      { ...line, 'amazon-order-id': '1-1', quantity: 3, 'item-price': '30.00', 'item-promotion-discount': '6.00' },
      { ...line, 'amazon-order-id': '1-2', quantity: 0, 'order-status': 'Cancelled', 'item-status': 'Cancelled' },
    ]);
    expect(await countFile(file)).toMatchObject({
      excluded: { CANCELLED: 1 },
      anonymous: { orders: 1, net: '24.0000' },
    });
  });
});

describe('Online Retail', () => {
  it('takes invoices that begin with C for refunds, and an id with a fraction for the id', async () => {
    const line = {
      StockCode: '20725',
      Description: 'Bag',
      InvoiceDate: '2010-12-01 08:26:00',
      Price: '1.65',
      Country: 'France',
    };
    const file = fileOf('online-retail', [
      { ...line, Invoice: '536365', Quantity: 10, 'Customer ID': '12345' },
      { ...line, Invoice: 'C536366', Quantity: -2, 'Customer ID': '12345.0' },
      { ...line, Invoice: '536367', Quantity: 1 },
    ]);
    expect(await countFile(file)).toMatchObject({
      customers: 1,
      orders: 1,
      refunds: 1,
      net: '13.2000',
      rejected: { MISSING_CUSTOMER: 1 },
    });
  });
});

describe('eBay', () => {
  it('takes the price for that of one piece, and the buyer by the user name', async () => {
    const line = {
      'Order Number': '12-34',
      'Buyer Username': 'eva_t',
      'Sale Date': 'Apr-01-26',
      'Paid On Date': 'Apr-01-26',
    };
    const file = fileOf('ebay-orders', [
      { ...line, 'Item Number': '335', Quantity: 2, 'Sold For': '$1,010.00', 'Shipping And Handling': '$4.00' },
      { ...line, 'Item Number': '336', Quantity: 1, 'Sold For': '$5.00', 'Shipping And Handling': '' },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ customers: 1, orders: 1, gross: '2025.0000', shipping: '4.0000' });
    expect(counted.lines[0]).toMatchObject({ at: new Date('2026-04-01T00:00:00Z'), customer: 'eva_t' });
  });
});

describe('Etsy', () => {
  it('takes the items of an order with their discounts, and its shipping once', async () => {
    const line = {
      'Sale Date': '04/03/26',
      Buyer: 'eva_t',
      'Order ID': '9001',
      Currency: 'EUR',
      'Order Shipping': '4.50',
    };
    const file = fileOf('etsy-items', [
      { ...line, 'Item Name': 'Mug', 'Listing ID': '15', Quantity: 2, Price: '10.00', 'Discount Amount': '2.00' },
      { ...line, 'Item Name': 'Cap', 'Listing ID': '16', Quantity: 1, Price: '5.00', 'Discount Amount': '0' },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ orders: 1, gross: '23.0000', discount: '2.0000', shipping: '4.5000' });
    expect(counted.lines[0]).toMatchObject({ at: new Date('2026-04-03T00:00:00Z') });
  });

  it('takes an order for its value less the discount, without shipping and tax', async () => {
    const order = {
      'Sale Date': '04/03/26',
      'Buyer User ID': 'eva_t',
      'Number of Items': 2,
      Currency: 'EUR',
      Status: 'Completed',
    };
    const amounts = {
      'Order Value': '40.00',
      'Discount Amount': '4.00',
      Shipping: '5.00',
      'Sales Tax': '3.00',
      'Order Total': '44.00',
    };
    const file = fileOf('etsy-orders', [{ ...order, ...amounts, 'Order ID': '9001' }]);
    expect(await countFile(file)).toMatchObject({ gross: '36.0000', shipping: '5.0000', tax: '3.0000' });
  });
});

describe('PrestaShop', () => {
  it('counts orders whose payment was accepted, by the name of the customer', async () => {
    const order = {
      Customer: 'E. TEST',
      Delivery: 'France',
      Total: '€29.50',
      Payment: 'Card',
      Date: '2026-04-01 09:00:00',
    };
    const states = ['Payment accepted', 'Delivered', 'Awaiting bank wire payment', 'Canceled', 'Payment error'];
    const file = fileOf(
      'prestashop-orders',
      states.map((Status, i) => ({ ...order, ID: i, Status })),
    );
    expect(await countFile(file)).toMatchObject({
      customers: 1,
      orders: 2,
      gross: '59.0000',
      excluded: { PENDING: 1, CANCELLED: 1, FAILED: 1 },
    });
  });
});
