import { describe, expect, it } from 'vitest';

import { formatsNamed } from '../../../server/import-formats.ts';
import { importFile } from '../../../server/imports/import-file.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { fileOf } from '../profiles/headers.ts';

const run = ({ pool }: Database, content: string, dryRun = false) =>
  importFile(pool, { workspace: 'shop', path: testFile(content), formats: formatsNamed(), dryRun });

const refunds = async ({ pool }: Database) =>
  (
    await pool.query(
      `select c.external_id as customer, o.external_id as order, r.refunded_at::date as on, r.amount::float8 as amount
       from refund r join customer c on c.id = r.customer_id
       left join "order" o on o.customer_id = r.customer_id and o.id = r.order_id order by r.refunded_at`,
    )
  ).rows;

describe("PayPal's refunds, which come from the shop", () => {
  const row = { Time: '09:00:00', TimeZone: 'UTC', Status: 'Completed', Currency: 'EUR', 'Balance Impact': 'Credit' };
  const payment = (id: string, date: string, gross: string, email: string) => ({
    ...row,
    ...{
      'Transaction ID': id,
      Date: date,
      Gross: gross,
      'From Email Address': email,
      Type: 'Express Checkout Payment',
    },
  });
  const refund = (id: string, date: string, gross: string, of: string) => ({
    ...row,
    ...{ 'Transaction ID': id, Date: date, Gross: gross, 'Reference Txn ID': of, Type: 'Payment Refund' },
    ...{ 'From Email Address': 'shop@example.com', Name: 'The Shop' },
  });

  it('are of the customer of the payment, wherever it stands in the file', async () => {
    const db = await testDatabase();
    const file = fileOf('paypal-activity', [
      refund('R1', '05/14/2026', '-20.00', 'A1'),
      payment('A1', '05/13/2026', '50.00', 'ann@example.com'),
      payment('A2', '05/13/2026', '30.00', 'bo@example.com'),
      refund('R2', '05/15/2026', '-5.00', 'A2'),
    ]);
    const figures = { customers: 2, orders: 2, refunds: 2, gross: '80.0000', net: '55.0000', warnings: [] };
    expect(await run(db, file, true)).toMatchObject(figures);
    expect(await run(db, file)).toMatchObject(figures);
    expect(await refunds(db)).toEqual([
      { customer: 'ann@example.com', order: 'A1', on: '2026-05-14', amount: 20 },
      { customer: 'bo@example.com', order: 'A2', on: '2026-05-15', amount: 5 },
    ]);
  });

  it('are of that of a payment in an earlier file; those of no payment are told and not stored', async () => {
    const db = await testDatabase();
    await run(db, fileOf('paypal-activity', [payment('A1', '05/13/2026', '50.00', 'ann@example.com')]));
    const later = fileOf('paypal-activity', [
      refund('R1', '06/14/2026', '-20.00', 'A1'),
      refund('R2', '06/15/2026', '-5.00', 'Z9'),
    ]);
    const warnings = [{ code: 'REFUNDS_WITHOUT_ORDER', count: 1, amount: '5.0000' }];
    expect(await run(db, later)).toMatchObject({ refunds: 1, warnings });
    expect(await refunds(db)).toMatchObject([{ customer: 'ann@example.com', order: 'A1', amount: 20 }]);
    const { rows } = await db.pool.query('select external_id as id from customer');
    expect(rows).toEqual([{ id: 'ann@example.com' }]);
  });

  it('are no payments of a billing agreement, which refer to it', async () => {
    const db = await testDatabase();
    const subscription = { ...payment('A1', '05/13/2026', '9.00', 'ann@example.com'), 'Reference Txn ID': 'I-77' };
    const file = fileOf('paypal-activity', [{ ...subscription, Type: 'Subscription Payment' }]);
    expect(await run(db, file)).toMatchObject({ orders: 1, refunds: 0, net: '9.0000' });
  });
});

it("gives back of WooCommerce's refunded order its net sales, though its refund counts tax and shipping", async () => {
  const db = await testDatabase();
  const row = { Status: 'refunded', Customer: 'Eva Test', 'Order #': 309, 'Product(s)': '1× Cap' };
  const file = fileOf('woo-analytics', [
    { ...row, Date: '2026-03-06 10:00:00', 'N. Revenue': '-247.00' },
    { ...row, Date: '2026-03-05 10:00:00', 'N. Revenue': '107.00' },
    { ...row, Date: '2026-03-04 10:00:00', 'N. Revenue': '50.00', 'Order #': 308, Status: 'completed' },
  ]);
  expect(await run(db, file)).toMatchObject({ orders: 2, refunds: 1, gross: '157.0000', net: '50.0000' });
  expect(await refunds(db)).toMatchObject([{ order: '309', on: '2026-03-06', amount: 107 }]);
});

describe("Stripe's refunds", () => {
  const payments = () =>
    fileOf('stripe-payments', [
      {
        ...{ id: 'ch_1', 'Created date (UTC)': '2026-04-20 07:00:00', Amount: '50.00', 'Amount Refunded': '15.00' },
        ...{ Currency: 'eur', Status: 'Paid', 'Customer Email': 'ann@example.com' },
        'Refunded date (UTC)': '2026-05-30 07:00:00',
      },
    ]);
  const refundsFile = () => {
    const refund = { 'Charge ID': 'ch_1', Currency: 'eur', Status: 'succeeded', Reason: 'requested_by_customer' };
    return fileOf('stripe-refunds', [
      { ...refund, id: 're_1', Amount: '5.00', 'Created date (UTC)': '2026-05-01 07:00:00' },
      { ...refund, id: 're_2', Amount: '10.00', 'Created date (UTC)': '2026-05-30 07:00:00' },
      { ...refund, id: 're_3', Amount: '50.00', 'Created date (UTC)': '2026-05-31 07:00:00', Status: 'failed' },
    ]);
  };

  it('stand, each on its day, for what the payments have of them, whichever file comes first or again', async () => {
    const db = await testDatabase();
    await run(db, payments());
    expect(await refunds(db)).toMatchObject([{ on: '2026-05-30', amount: 15 }]);
    const dated = [
      { customer: 'ann@example.com', order: 'ch_1', on: '2026-05-01', amount: 5 },
      { customer: 'ann@example.com', order: 'ch_1', on: '2026-05-30', amount: 10 },
    ];
    expect(await run(db, refundsFile())).toMatchObject({ refunds: 2, excluded: { FAILED: 1 }, warnings: [] });
    expect(await refunds(db)).toEqual(dated);
    await run(db, payments());
    await run(db, refundsFile());
    expect(await refunds(db)).toEqual(dated);
  });
});
