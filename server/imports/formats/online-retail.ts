import { orderLines } from './order-lines.ts';

/** The UCI Online Retail file: invoices whose number begins with C are refunds that name no invoice. */
export const onlineRetail = orderLines({
  currency: 'GBP',
  expects:
    'the UCI Online Retail file as CSV: Invoice, StockCode, Description, Quantity, InvoiceDate, Price, Customer ID, Country',
  required: ['product', 'quantity', 'unit price', 'country'],
  isRefundNumber: (number) => /^c/i.test(number),
  // Spreadsheets that have passed through pandas write the number as a fraction.
  customer: (text) => text.replace(/\.0$/, ''),
});
