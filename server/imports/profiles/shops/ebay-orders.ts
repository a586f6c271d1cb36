import type { OrderProfile } from '../profile.ts';

/**
 * eBay's orders report, in English and German: one row a line, and before the lines of an order of several one that sums them up and has their shipping.
 * `Sold For` is the price of one piece; buyers go by their user name. What was never paid has no payment date, and may have no order number.
 */
export const ebayOrders: OrderProfile = {
  holds: 'orders',
  title: 'eBay orders',
  recognisedBy: [
    ['Sales Record Number', 'Verkaufsprotokollnummer'],
    ['Order Number', 'Bestellnummer'],
    ['Buyer Username', 'Nutzername des Käufers'],
    ['Sold For', 'Verkauft für'],
  ],
  columns: {
    order: ['Order Number', 'Bestellnummer'],
    'record number': ['Sales Record Number', 'Verkaufsprotokollnummer'],
    customer: ['Buyer Username', 'Nutzername des Käufers'],
    email: ['Buyer Email'],
    name: ['Buyer Name', 'Ship To Name', 'Post To Name', 'Name des Käufers'],
    'placed at': ['Sale Date', 'Verkauft am'],
    'payment time': ['Paid On Date', 'Zahlungsdatum'],
    product: ['Custom Label', 'Item Number', 'Bestandseinheit', 'Artikelnummer'],
    'product name': ['Item Title', 'Angebotstitel'],
    quantity: ['Quantity', 'Anzahl'],
    'unit price': ['Sold For', 'Verkauft für'],
    shipping: ['Shipping And Handling', 'Postage And Packaging', 'Postage And Handling', 'Verpackung und Versand'],
    tax: ['Seller Collected Tax'],
    country: ['Ship To Country', 'Post To Country', 'Buyer Country'],
  },
  amounts: 'LINES',
  hasSumRows: true,
  remarks: /record\(s\) downloaded|^"?Seller ID ?:/,
};
