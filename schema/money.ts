import type { Money as MoneyShape } from '../server/domain/money.ts';
import { builder } from './builder.ts';

export const Money = builder.objectRef<MoneyShape>('Money').implement({
  description: 'An amount of money.',
  fields: (t) => ({
    amount: t.expose('amount', {
      type: 'Decimal',
      description:
        'The amount in units of the currency. Amounts from a model are rounded to the smallest unit of the currency.',
    }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency of the amount.' }),
  }),
});
