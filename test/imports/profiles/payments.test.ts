import { describe, expect, it } from 'vitest';

import { countFile } from '../../support/order-file.ts';
import { fileOf } from './headers.ts';

describe('Stripe', () => {
  const charge = {
    'Created date (UTC)': '2026-04-01 09:00',
    Mode: 'Live',
    Status: 'Paid',
    'Amount Refunded': '0.00',
    'Converted Amount Refunded': '0.00',
    'Customer ID': 'cus_a',
    Currency: 'usd',
    'Converted Currency': 'eur',
  };

  it('counts the converted amounts in their currency', async () => {
    const file = fileOf('stripe-payments', [{ ...charge, id: 'ch_1', Amount: '110.00', 'Converted Amount': '100.00' }]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ orders: 1, net: '100.0000' });
    expect([...counted.currencies]).toEqual([['EUR', 1]]);
  });

  it('nets refunds, and leaves out charges that failed or were tests', async () => {
    const file = fileOf('stripe-payments', [
      {
        ...charge,
        id: 'ch_1',
        Amount: 40,
        'Converted Amount': 40,
        'Amount Refunded': 15,
        'Converted Amount Refunded': 15,
      },
      { ...charge, id: 'ch_2', Amount: 40, 'Converted Amount': 40, Status: 'Failed' },
      { ...charge, id: 'ch_3', Amount: 40, 'Converted Amount': 40, Mode: 'Test' },
    ]);
    expect(await countFile(file)).toMatchObject({ orders: 1, net: '25.0000', excluded: { FAILED: 1, TEST: 1 } });
  });
});

describe('Stripe invoices', () => {
  it('count without tax, and only where they were paid', async () => {
    const invoice = {
      'Date (UTC)': '2026-04-01 09:00',
      Currency: 'eur',
      Customer: 'cus_a',
      Total: '119.00',
      Tax: '19.00',
    };
    const file = fileOf(
      'stripe-invoices',
      ['paid', 'draft', 'void', 'open', 'uncollectible'].map((Status, i) => ({ ...invoice, id: `in_${i}`, Status })),
    );
    expect(await countFile(file)).toMatchObject({
      gross: '100.0000',
      tax: '19.0000',
      excluded: { DRAFT: 1, VOIDED: 1, PENDING: 1, FAILED: 1 },
    });
  });
});

describe('PayPal', () => {
  const payment = {
    Time: '09:00:00',
    TimeZone: 'PST',
    Type: 'Express Checkout Payment',
    Status: 'Completed',
    Currency: 'EUR',
    Quantity: 1,
    'Balance Impact': 'Credit',
  };

  it('reads dates month first, in the zone of the row', async () => {
    const file = fileOf('paypal-activity', [
      {
        ...payment,
        Date: '02/03/2026',
        Gross: '1,040.00',
        'From Email Address': 'a@example.com',
        'Transaction ID': 'A1',
      },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ gross: '1040.0000' });
    expect(counted.lines[0]).toMatchObject({ at: new Date('2026-02-03T17:00:00Z') });
  });

  it('takes a row that refers to a payment for a refund of it, whoever it names, and leaves the shop its own transfers', async () => {
    const file = fileOf('paypal-activity', [
      { ...payment, Date: '02/13/2026', Gross: '50.00', 'From Email Address': 'a@example.com', 'Transaction ID': 'A1' },
      {
        ...payment,
        Date: '02/14/2026',
        Gross: '-20.00',
        'From Email Address': 'a@example.com',
        'Transaction ID': 'A2',
        Type: 'Payment Refund',
        'Reference Txn ID': 'A1',
      },
      { ...payment, Date: '02/15/2026', Gross: '-30.00', 'Transaction ID': 'A3', Type: 'General Withdrawal' },
    ]);
    const counted = await countFile(file);
    expect(counted).toMatchObject({ orders: 1, gross: '50.0000', excluded: { NOT_AN_ORDER: 1 } });
    expect(counted.lines[1]).toMatchObject({ kind: 'refund', customer: null, number: 'A1', key: 'A2', total: '20' });
  });
});
