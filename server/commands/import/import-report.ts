import Decimal from 'decimal.js';

import { roundedMoney } from '../../domain/money.ts';
import { REVENUE_TEXT } from '../../domain/revenue.ts';
import type { ImportReport } from '../../imports/import-file.ts';
import type { ImportFormat } from '../../imports/intake.ts';
import type { Recognition } from '../../imports/open-import.ts';
import { note } from '../command.ts';
import { pairs, wrapped } from '../layout.ts';

/** Columns without which figures or lists are missing; of the others nobody need know that they are not in the file. */
const ENRICHING: ReadonlySet<string> = new Set([
  'customer',
  'email',
  'product',
  'category',
  'unit cost',
  'currency',
  'channel',
  'country',
]);

/** What the file was taken for, before anything is stored. */
export function describe({ format, file: { columns, ignored, readings }, currency, profile }: Recognition): void {
  note(`source: ${format.title} (${format.name})`);
  if (profile !== null) note(`profile: ${profile}`);
  const found = columns.filter(({ header }) => header !== null);
  note(pairs(found.map(({ column, header }) => [column, `<- ${header}`])));
  const missing = columns.filter(({ column, header }) => header === null && ENRICHING.has(column));
  if (missing.length > 0) note(wrapped(`not in the file: ${missing.map(({ column }) => column).join(', ')}`));
  if (ignored.length > 0) note(wrapped(`not used: ${ignored.join(', ')}`));
  for (const { column, reading, evidence } of readings) note(`${column}: ${reading}, as in "${evidence}"`);
  if (format.holds === 'orders' || format.holds === 'products') note(`amounts are in ${currency}`);
}

type Figure = readonly [name: string, value: string | number];

export function summary(
  report: ImportReport,
  holds: ImportFormat['holds'],
  workspace: string,
  seconds: number,
): string {
  const named = (what: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]): Figure => [`${what}, ${name}`, count]);
  const inCurrency = (name: string, amount: string): Figure => [`${name}, ${report.currency}`, money(report, amount)];
  const ofOrders: readonly Figure[] = [
    ['orders', report.orders],
    ['refunds', report.refunds],
    inCurrency('gross', report.gross),
    inCurrency('refunded', new Decimal(report.gross).minus(report.net).toFixed()),
    inCurrency('net', report.net),
    inCurrency('discount', report.discount),
    inCurrency('tax', report.tax),
    inCurrency('shipping', report.shipping),
    ['revenue is', REVENUE_TEXT[report.revenue]],
    ...(report.anonymous.orders === 0
      ? []
      : ([['anonymous orders', report.anonymous.orders], inCurrency('anonymous net', report.anonymous.net)] as const)),
  ];
  const figures: readonly Figure[] = [
    ['rows', report.rows],
    ['accepted', report.accepted],
    ...named('left out', report.excluded),
    ...named('rejected', report.rejected),
    ...(holds === 'products' || holds === 'rates' ? [] : ([['customers', report.customers]] as const)),
    ...(holds === 'exposures' || holds === 'customers' || holds === 'rates'
      ? []
      : ([['products', report.products]] as const)),
    ...(holds === 'orders' ? ofOrders : []),
    ...(report.profile === null ? [] : ([['profile', report.profile]] as const)),
    ...report.warnings.map(({ code, count }): Figure => [`warning, ${code}`, count]),
    ['seconds', seconds],
  ];
  const isRejecting = Object.keys(report.rejected).length > 0 && report.job !== null;
  const hint = wrapped(`perennial rejects ${report.job} --workspace ${workspace} lists the rejected rows`);
  return pairs(figures) + (isRejecting ? `\n\n${hint}` : '');
}

const money = ({ currency }: ImportReport, amount: string) => roundedMoney(Number(amount), currency).amount;
