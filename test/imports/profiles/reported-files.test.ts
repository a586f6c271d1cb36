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

it("reads PayPal's French activity, day first, and leaves out its own transfers", async () => {
  const counted = await countFile(
    text(
      '"Date","Heure","Fuseau horaire","Nom","Type","État","Devise","Avant commission","Commission","Net","De l\'adresse email","À l\'adresse email","Numéro de transaction","État de l\'adresse","Titre de l\'objet","Numéro de l\'objet","TVA","Numéro de la transaction de référence","Numéro de facture","Quantité","Solde","Balance Impact"',
      '"03/10/2025","10:02:11","Europe/Paris","Ann","Paiement Express Checkout","Terminé","EUR","1 012,00","-0,77","1 011,23","ann@example.com","shop@example.com","T1","","Théière","77","12,00","","","1","1 011,23","Crédit"',
      '"04/10/2025","09:00:00","Europe/Paris","Ann","Remboursement de paiement","Terminé","EUR","-50,00","0,00","-50,00","shop@example.com","ann@example.com","T2","","","","0,00","T1","","","961,23","Débit"',
      '"05/10/2025","09:30:00","Europe/Paris","","Retrait initié par l\'utilisateur","Terminé","EUR","-900,00","0,00","-900,00","shop@example.com","","T3","","","","0,00","","","","61,23","Débit"',
      '"05/10/2025","11:00:00","Europe/Paris","Bob","Paiement Express Checkout","En attente","EUR","8,00","0,00","8,00","bob@example.com","shop@example.com","T4","","","","0,00","","","","69,23","Note"',
    ),
  );
  expect(counted).toMatchObject({
    source: 'paypal-activity',
    ...{ orders: 1, gross: '1000.0000', excluded: { NOT_AN_ORDER: 1, PENDING: 1 } },
  });
  expect(counted.lines[0]).toMatchObject({ customer: 'ann@example.com', at: new Date('2025-10-03T08:02:11Z') });
  expect(counted.lines[1]).toMatchObject({ kind: 'refund', number: 'T1', key: 'T2', total: '50' });
});

it("reads PayPal's Spanish activity, with the kinds of its payments as they are chosen", async () => {
  const file = text(
    'Fecha,Hora,Zona horaria,Nombre,Tipo,Estado,Divisa,Bruto,Comisión,Neto,Correo electrónico del remitente,Correo electrónico del destinatario,Id. de transacción,Nombre del artículo,Id. del artículo,Importe de envío y manipulación,Impuesto sobre ventas,Id. de referencia de la transacción,Cantidad,Saldo,Código de país,Repercusiones en el saldo',
    '03/04/2025,10:00:00,PDT,Ann,Pago de la web,Completado,USD,"698,00","-37,99","660,01",ann@example.com,shop@example.com,5J,,,,,,,"676,91",VE,Crédito',
  );
  await expect(countFile(file)).rejects.toMatchObject({ code: 'UNKNOWN_STATES', values: ['Pago de la web'] });
  const counted = await countFile(file, { states: { 'pago de la web': 'COUNTS' } });
  expect(counted).toMatchObject({ source: 'paypal-activity', orders: 1, gross: '698.0000' });
  expect(counted.lines[0]).toMatchObject({ at: new Date('2025-04-03T17:00:00Z'), country: 'VE' });
});

it("reads eBay's German report of orders", async () => {
  const counted = await countFile(
    text(
      'Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Name des Käufers;Artikelnummer;Angebotstitel;Bestandseinheit;Verkauft über Anzeigen;Anzahl;Verkauft für;Verpackung und Versand;Inklusive MwSt.-Satz;Gesamtbetrag;Verkauft am;Zahlungsdatum;Verschickt am - Datum',
      '1;23-1;eva_t;Eva T;;;;;3;29,00 €;4,90 €;19;33,90 €;03-Dez-25;03-Dez-25;04-Dez-25',
      '1;23-1;eva_t;;335;Teekanne;KANNE;Nein;1;20,00 €;;19;;03-Dez-25;03-Dez-25;04-Dez-25',
      '1;23-1;eva_t;;336;Tasse;TASSE;Nein;2;4,50 €;;19;;03-Dez-25;03-Dez-25;04-Dez-25',
      '2;23-2;bo;Bo;335;Teekanne;KANNE;Nein;1;20,00 €;4,90 €;19;24,90 €;15-Mär-25;15-Mär-25;',
    ),
  );
  expect(counted).toMatchObject({
    source: 'ebay-orders',
    ...{ customers: 2, orders: 2, gross: '49.0000', shipping: '9.8000', rejected: {} },
  });
  expect(counted.lines.at(-1)).toMatchObject({ customer: 'bo', at: new Date('2025-03-15T00:00:00Z') });
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
