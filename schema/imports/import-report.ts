import { exactMoney } from '../../server/domain/money.ts';
import type { ImportReport as ImportReportShape } from '../../server/imports/import-file.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';
import { countsOf, ExcludedCount, ImportWarning, RejectedCount, warningsIn } from './import-counts.ts';

type Amount = 'gross' | 'net' | 'discount' | 'tax' | 'shipping';

export const ImportReport = builder.objectRef<ImportReportShape>('ImportReport').implement({
  description: 'What an import of a file would come to. Nothing is stored.',
  authScopes: { scope: 'imports:write' },
  fields: (t) => {
    const amount = (name: Amount, description: string) =>
      t.field({ type: Money, description, resolve: (report) => exactMoney(report[name], report.currency) });
    return {
      rows: t.exposeInt('rows', { description: 'Number of rows read.' }),
      accepted: t.exposeInt('accepted', { description: 'Number of rows that would be stored.' }),
      rejected: t.field({
        type: [RejectedCount],
        description: 'Number of rows that would be rejected by reason, most frequent first.',
        resolve: ({ rejected }) => countsOf(rejected),
      }),
      excluded: t.field({
        type: [ExcludedCount],
        description: 'Number of rows that would be left out by reason, most frequent first.',
        resolve: ({ excluded }) => countsOf(excluded),
      }),
      warnings: t.field({
        type: [ImportWarning],
        description: 'What to look at, because it may be wrong.',
        resolve: ({ warnings, currency }) => warningsIn(currency, warnings),
      }),
      customers: t.exposeInt('customers', { description: 'Number of customers in the file.' }),
      products: t.exposeInt('products', { description: 'Number of products in the file.' }),
      orders: t.exposeInt('orders', { description: 'Number of orders in the file.' }),
      refunds: t.exposeInt('refunds', { description: 'Number of refunds in the file.' }),
      gross: amount('gross', 'Revenue of the orders after discounts, before refunds, without tax and shipping.'),
      net: amount('net', 'Revenue of the orders minus refunds: net sales.'),
      discount: amount('discount', 'Discounts of the orders.'),
      tax: amount('tax', 'Tax of the orders. It is no part of gross and net.'),
      shipping: amount('shipping', 'Shipping of the orders. It is no part of gross and net.'),
      anonymousOrders: t.int({
        description:
          'Number of orders without a known customer. `orders` and the amounts leave them out, unless the file names no customer at all.',
        resolve: ({ anonymous }) => anonymous.orders,
      }),
      anonymousNet: t.field({
        type: Money,
        description: 'Revenue of the orders without a known customer, minus refunds.',
        resolve: ({ anonymous, currency }) => exactMoney(anonymous.net, currency),
      }),
    };
  },
});
