import type { OrderState } from '../../orders/states.ts';
import type { OrderProfile } from '../profile.ts';

const all = (state: OrderState, ...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, state]));

/**
 * PayPal's activity and statement, in English, German, French and Spanish: payments, refunds that refer to a payment and are from the shop, and its
 * own transfers and payments, which are no orders.
 */
export const paypalActivity: OrderProfile = {
  holds: 'orders',
  title: 'PayPal activity',
  recognisedBy: [
    ['TimeZone', 'Zeitzone', 'Fuseau horaire', 'Zona horaria'],
    ['Type', 'Typ', 'Tipo', 'Description', 'Beschreibung'],
    ['Gross', 'Brutto', 'Avant commission', 'Bruto'],
    ['Net', 'Netto', 'Neto'],
    ['Transaction ID', 'Transaktionscode', 'Numéro de transaction', 'Id. de transacción'],
  ],
  columns: {
    order: ['Transaction ID', 'Transaktionscode', 'Numéro de transaction', 'Id. de transacción'],
    email: [
      'From Email Address',
      'Absender E-Mail-Adresse',
      "De l'adresse email",
      "Adresse email de l'expéditeur",
      'Correo electrónico del remitente',
    ],
    name: ['Name', 'Nom', 'Nombre'],
    'placed at': ['Date', 'Datum', 'Fecha'],
    time: ['Time', 'Uhrzeit', 'Heure', 'Hora'],
    'time zone': ['TimeZone', 'Zeitzone', 'Fuseau horaire', 'Zona horaria'],
    state: ['Status', 'État', 'Estado'],
    'item state': ['Type', 'Typ', 'Tipo', 'Description', 'Beschreibung'],
    product: [
      'Item ID',
      "Numéro de l'objet",
      'Id. del artículo',
      'Item Title',
      "Titre de l'objet",
      'Nombre del artículo',
    ],
    'product name': ['Item Title', "Titre de l'objet", 'Nombre del artículo'],
    quantity: ['Quantity', 'Quantité', 'Cantidad'],
    'order total': ['Gross', 'Brutto', 'Avant commission', 'Bruto'],
    tax: ['Sales Tax', 'Umsatzsteuer', 'TVA', 'Impuesto sobre ventas'],
    shipping: [
      'Shipping and Handling Amount',
      'Versand- und Bearbeitungsgebühr',
      'Montant des frais de livraison et de traitement',
      'Importe de envío y manipulación',
    ],
    currency: ['Currency', 'Währung', 'Devise', 'Divisa'],
    'refund of': [
      'Reference Txn ID',
      'Zugehöriger Transaktionscode',
      'Numéro de la transaction de référence',
      'Id. de referencia de la transacción',
    ],
    country: ['Country Code', 'Country', "Code du pays de l'acheteur pour cette transaction", 'Código de país', 'País'],
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
    ...all('COUNTS', 'rückzahlung', 'abgeschlossen', 'terminé', 'completado'),
    ...all('COUNTS', 'paiement express checkout', 'paiement dcc', 'remboursement de paiement'),
    ...all('NOT_AN_ORDER', 'payment sent', 'recurring payment sent', 'subscription payment sent', 'mass pay payment'),
    ...all('NOT_AN_ORDER', 'web accept payment sent', 'shopping cart payment sent', 'express checkout payment sent'),
    ...all('NOT_AN_ORDER', 'general withdrawal', 'user initiated withdrawal', 'withdraw funds to bank account'),
    ...all('NOT_AN_ORDER', 'bank deposit to pp account', 'add funds from a bank account', 'general card deposit'),
    ...all('NOT_AN_ORDER', 'general currency conversion', 'currency conversion', 'payment fee', 'chargeback fee'),
    ...all('NOT_AN_ORDER', 'general authorization', 'authorization', 'void of authorization', 'general hold'),
    ...all('NOT_AN_ORDER', 'account hold for open authorization', 'reversal of general account hold'),
    ...all('NOT_AN_ORDER', 'payment hold', 'payment release', 'payment review hold', 'payment review release'),
    ...all('NOT_AN_ORDER', 'allgemeine währungsumrechnung', 'allgemeine abbuchung', 'bankgutschrift auf paypal-konto'),
    ...all('NOT_AN_ORDER', "retrait initié par l'utilisateur", 'virement standard', 'paiement standard'),
    ...all('NOT_AN_ORDER', 'suspension de paiement', 'déblocage de paiement', 'paiement envoyé'),
    ...all('NOT_AN_ORDER', 'solde suspendu pour enquête sur un litige'),
    ...all('NOT_AN_ORDER', 'annulation de la suspension pour résolution du litige'),
    ...all('PENDING', 'ausstehend', 'en attente'),
  },
  dateOrder: 'MDY',
  dayFirstBy: ['Uhrzeit', 'Heure', 'Hora'],
};
