import { roundedMoney } from '../../domain/money.ts';
import type { ImportReport } from '../import-file.ts';

/** Amounts as numbers, rounded as the currency is. */
export function inUnits(report: ImportReport) {
  const { gross, net, discount, tax, shipping, anonymous, warnings, ...rest } = report;
  const number = (amount: string) => Number(roundedMoney(Number(amount), report.currency).amount);
  return {
    ...rest,
    ...{ gross: number(gross), discount: number(discount), tax: number(tax), shipping: number(shipping) },
    net: number(net),
    anonymous: { orders: anonymous.orders, net: number(anonymous.net) },
    warnings: warnings.map(({ code, count, amount }) => ({ code, count, amount: amount && number(amount) })),
  };
}
