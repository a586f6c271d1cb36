import type { OrderState } from '../../orders/states.ts';
import type { OrderProfile } from '../profile.ts';

const all = (state: OrderState, ...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, state]));

/**
 * PayPal's activity and statement, in English and German: payments, refunds that refer to a payment and are from the shop, and its
 * own transfers and payments, which are no orders.
 */
export const paypalActivity: OrderProfile = {
  holds: 'orders',
  title: 'PayPal activity',
  recognisedBy: [
    ['TimeZone', 'Zeitzone'],
    ['Type', 'Typ', 'Description', 'Beschreibung'],
    ['Gross', 'Brutto'],
    ['Net', 'Netto'],
    ['Transaction ID', 'Transaktionscode'],
  ],
  columns: {
    order: ['Transaction ID', 'Transaktionscode'],
    email: ['From Email Address', 'Absender E-Mail-Adresse'],
    name: ['Name'],
    'placed at': ['Date', 'Datum'],
    time: ['Time', 'Uhrzeit'],
    'time zone': ['TimeZone', 'Zeitzone'],
    state: ['Status'],
    'item state': ['Type', 'Typ', 'Description', 'Beschreibung'],
    product: ['Item ID', 'Item Title'],
    'product name': ['Item Title'],
    quantity: ['Quantity'],
    'order total': ['Gross', 'Brutto'],
    tax: ['Sales Tax', 'Umsatzsteuer'],
    shipping: ['Shipping and Handling Amount', 'Versand- und Bearbeitungsgebühr'],
    currency: ['Currency', 'Währung'],
    'refund of': ['Reference Txn ID', 'Zugehöriger Transaktionscode'],
    country: ['Country Code', 'Country'],
  },
  amounts: 'ORDER',
  totalIncludes: ['tax', 'shipping'],
  agreement: /^[A-Z]-/,
  areRefundsNegative: true,
  refundsOfOrders: true,
  states: {
    ...all('COUNTS', 'express checkout payment', 'website payment', 'general payment', 'mobile payment', 'pos payment'),
    ...all('COUNTS', 'ebay auction payment', 'preapproved payment bill user payment', 'subscription payment'),
    ...all('COUNTS', 'payment received', 'recurring payment received', 'subscription payment received'),
    ...all(
      'COUNTS',
      'web accept payment received',
      'shopping cart payment received',
      'express checkout payment received',
    ),
    // A refund has a row of its own, whatever the state of its payment.
    ...all('COUNTS', 'refunded', 'partially refunded', 'refund', 'payment refund', 'chargeback', 'payment reversal'),
    ...all('COUNTS', 'website-zahlung', 'paypal express-zahlung', 'handyzahlung', 'allgemeine zahlung'),
    ...all('COUNTS', 'rückzahlung', 'abgeschlossen'),
    ...all('NOT_AN_ORDER', 'payment sent', 'recurring payment sent', 'subscription payment sent', 'mass pay payment'),
    ...all('NOT_AN_ORDER', 'web accept payment sent', 'shopping cart payment sent', 'express checkout payment sent'),
    ...all('NOT_AN_ORDER', 'general withdrawal', 'user initiated withdrawal', 'withdraw funds to bank account'),
    ...all('NOT_AN_ORDER', 'bank deposit to pp account', 'add funds from a bank account', 'general card deposit'),
    ...all('NOT_AN_ORDER', 'general currency conversion', 'currency conversion', 'payment fee', 'chargeback fee'),
    ...all('NOT_AN_ORDER', 'general authorization', 'authorization', 'void of authorization', 'general hold'),
    ...all('NOT_AN_ORDER', 'account hold for open authorization', 'reversal of general account hold'),
    ...all('NOT_AN_ORDER', 'payment hold', 'payment release', 'payment review hold', 'payment review release'),
    ...all('NOT_AN_ORDER', 'allgemeine währungsumrechnung', 'allgemeine abbuchung', 'bankgutschrift auf paypal-konto'),
    ...all('PENDING', 'ausstehend'),
  },
  dateOrder: 'MDY',
};
