import type { OrderProfile } from '../profile.ts';

/** The UCI Online Retail file. Invoices whose number begins with C are refunds that name no invoice. */
export const onlineRetail: OrderProfile = {
  holds: 'orders',
  title: 'UCI Online Retail',
  recognisedBy: ['StockCode', 'Description', 'Quantity', 'InvoiceDate', 'Country'],
  columns: {
    customer: ['Customer ID', 'CustomerID'],
    order: ['Invoice', 'InvoiceNo'],
    'placed at': ['InvoiceDate'],
    product: ['StockCode'],
    'product name': ['Description'],
    quantity: ['Quantity'],
    'unit price': ['Price', 'UnitPrice'],
    country: ['Country'],
  },
  amounts: 'LINES',
  refundNumber: /^c/i,
  currency: 'GBP',
  // Spreadsheets that have passed through pandas write the number as a fraction.
  customerSuffix: /\.0$/,
  needsCustomer: true,
};
