import { expect, it } from 'vitest';

import { countFile } from '../../support/order-file.ts';
import { fileOf } from './headers.ts';

/** Kinds of rows that people have reported to other tools that read exports of shops. */
const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

it('reads the afternoons of Magento 2.1, which wrote 24 hours and PM', async () => {
  const order = { 'Grand Total (Purchased)': '$30.00', Status: 'complete', 'Customer Email': 'a@example.com' };
  const { lines } = await countFile(
    fileOf('magento-orders', [
      { ...order, ID: 1, 'Purchase Date': 'May 12, 2018, 16:02:00 PM' },
      { ...order, ID: 2, 'Purchase Date': 'May 12, 2018, 9:02:00 AM' },
      { ...order, ID: 3, 'Purchase Date': 'May 12, 2018, 16:02:00 AM' },
    ]),
  );
  expect(lines).toMatchObject([{ at: new Date('2018-05-12T16:02:00Z') }, { at: new Date('2018-05-12T09:02:00Z') }]);
});

it("reads PayPal's history of 2017: blanks before headers, payments of the shop itself, fees of an agreement", async () => {
  const row = (...cells: readonly string[]) => `"${cells.join('","')}",`;
  const counted = await countFile(
    text(
      'Date, Time, Time Zone, Name, Type, Status, Currency, Gross, Fee, Net, From Email Address, Transaction ID, Reference Txn ID, Balance, ',
      row(
        '6/21/2017',
        '07:22:17',
        'EDT',
        'P',
        'Recurring Payment Sent',
        'Completed',
        'USD',
        '-100.00',
        '0.00',
        '-100.00',
        's@x.org',
        '1A',
        '',
        '4,764.38',
      ),
      row(
        '6/20/2017',
        '22:34:28',
        'EDT',
        'A',
        'Payment Received',
        'Completed',
        'USD',
        '1,560.00',
        '-68.94',
        '1,491.06',
        'ann@x.org',
        '1B',
        '',
        '4,864.38',
      ),
      row(
        '6/19/2017',
        '22:34:28',
        'EDT',
        '',
        'Currency Conversion',
        'Completed',
        'USD',
        '-10.00',
        '0.00',
        '-10.00',
        's@x.org',
        '1C',
        '',
        '3,373.32',
      ),
      row(
        '6/18/2017',
        '22:34:28',
        'EDT',
        'H',
        'PreApproved Payment Bill User Payment',
        'Completed',
        'USD',
        '-12.00',
        '0.00',
        '-12.00',
        's@x.org',
        '1D',
        'B-99',
        '3,383.32',
      ),
      row(
        '6/17/2017',
        '22:34:28',
        'EDT',
        'A',
        'Refund',
        'Completed',
        'USD',
        '-60.00',
        '0.00',
        '-60.00',
        's@x.org',
        '1E',
        '1B',
        '3,383.32',
      ),
    ),
  );
  expect(counted).toMatchObject({
    source: 'paypal-activity',
    orders: 1,
    gross: '1560.0000',
    excluded: { NOT_AN_ORDER: 3 },
  });
  expect(counted.lines[1]).toMatchObject({ kind: 'refund', number: '1B', total: '60' });
});

it("reads PayPal's German statement", async () => {
  const counted = await countFile(
    text(
      '"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben","Transaktionscode","Absender E-Mail-Adresse","Name","Name der Bank","Bankkonto","Versand- und Bearbeitungsgebühr","Umsatzsteuer","Rechnungsnummer","Zugehöriger Transaktionscode"',
      '"11.12.2025","10:00:00","Europe/Berlin","Website-Zahlung","EUR","1.045,00","-1,50","1.043,50","1.043,50","2A","ann@example.com","Ann","","","5,00","0,00","R1",""',
      '"12.12.2025","10:00:00","Europe/Berlin","Rückzahlung","EUR","-20,00","0,00","-20,00","1.023,50","2B","shop@example.com","Ann","","","0,00","0,00","","2A"',
      '"13.12.2025","10:00:00","Europe/Berlin","Allgemeine Währungsumrechnung","EUR","-3,00","0,00","-3,00","1.020,50","2C","","","","","0,00","0,00","",""',
    ),
  );
  expect(counted).toMatchObject({
    source: 'paypal-activity',
    gross: '1040.0000',
    shipping: '5.0000',
    excluded: { NOT_AN_ORDER: 1 },
  });
  expect(counted.lines[0]).toMatchObject({ customer: 'ann@example.com', at: new Date('2025-12-11T09:00:00Z') });
});

it('reads quantities with thousands marks, and days whose month one value shows', async () => {
  const file = text(
    'customer,order,date,product,quantity,unit price',
    'a,1,01-05-25,brick,"1,234",0.05',
    'b,2,02-15-25,plate,5,0.10',
  );
  const counted = await countFile(file);
  expect(counted).toMatchObject({ gross: '62.2000', rejected: {} });
  expect(counted.lines[0]).toMatchObject({ quantity: '1234', at: new Date('2025-01-05T00:00:00Z') });
});
