import { type ForetoldCell, isForetold, type ValueCell, type ValueSummary } from '../../scores/evaluate-value.ts';
import { pairs, table } from '../layout.ts';
import type { About } from './about-orders.ts';

/** For people: what was read, how totals and customers came out, and what it comes to. */
export function report(about: About, all: readonly ValueCell[], summary: ValueSummary): string {
  const cells = all.filter(isForetold);
  return [
    pairs(reading(about)),
    table(
      ['as of', 'mo', 'customers', ...['actual', 'predicted', 'p10', 'p90', 'held', 'bias'].map(right)],
      cells.map(totalRow),
    ),
    table(
      ['as of', 'mo', 'model', ...['MAE', 'own rate', 'in 80%', 'AUC', 'best 10%'].map(right)],
      cells.map(customerRow),
    ),
    pairs([...findings(cells, summary), ...withoutForecast(all)]),
  ].join('\n\n');
}

function reading({ source, customers, orders, from, until, revenue, refundedWithoutOrder, rejected, excluded }: About) {
  const counts = (prefix: string, by: Readonly<Record<string, number>>) =>
    Object.entries(by).map(([reason, count]): [string, number] => [`${prefix}, ${reason}`, count]);
  return [
    ['source', source] as const,
    ['orders', `${orders} of ${customers} customers, ${from} to ${until}`] as const,
    ['revenue', `${money(revenue)}; refunds that name no order: ${money(refundedWithoutOrder)}`] as const,
    ...counts('rejected rows', rejected),
    ...counts('excluded rows', excluded),
  ];
}

const totalRow = ({ asOf, months, customers, actual, predicted, p10, p90, held, bias }: ForetoldCell) => [
  ...[asOf, months, customers],
  ...[
    money(actual),
    money(predicted),
    money(p10),
    money(p90),
    held ? 'yes' : 'NO',
    bias === null ? '-' : signed(bias),
  ].map(right),
];

const customerRow = (cell: ForetoldCell) => [
  ...[cell.asOf, cell.months, cell.model],
  ...[money(cell.valueMae), money(cell.baselineMae), percent(cell.customersHeld)].map(right),
  ...[cell.areaUnderCurve?.toFixed(3), orNull(cell.topDecileShare, percent)].map((each) => right(each ?? '-')),
];

/** Days on which an analysis would have published no values, each with the reason. */
const withoutForecast = (cells: readonly ValueCell[]): [string, string][] => [
  ...new Map(cells.flatMap((cell) => (isForetold(cell) ? [] : [[cell.asOf, `no values: ${cell.noValueReason}`]]))),
];

function findings(cells: readonly ForetoldCell[], summary: ValueSummary): [string, string][] {
  const { totals, totalsHeld, customersHeld, groups, groupsHeld, meanAbsLogMiss, beatBaseline } = summary;
  const fallbacks = new Map(
    cells.flatMap(({ asOf, fallbackReason }) => (fallbackReason === null ? [] : [[asOf, fallbackReason]])),
  );
  return [
    ['totals', `${totalsHeld} of ${totals} within their 80% interval (${percent(totalsHeld / Math.max(1, totals))})`],
    ['groups', `${groupsHeld} of ${groups} within their 80% interval (${percent(groupsHeld / Math.max(1, groups))})`],
    ['customers', `${orNull(customersHeld, percent) ?? '-'} within their 80% interval`],
    [
      'mean miss',
      `${orNull(meanAbsLogMiss, (miss) => miss.toFixed(3)) ?? '-'}, of |ln(actual/predicted)| of the totals`,
    ],
    ['error', `per customer at most that of everybody's own rate and mean in ${beatBaseline} of ${totals} forecasts`],
    ...[...fallbacks].map(([asOf, reason]): [string, string] => [asOf!, `published a pooled figure: ${reason}`]),
  ];
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
const money = (amount: number) => COMPACT.format(amount);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const signed = (share: number) => `${share < 0 ? '' : '+'}${percent(share)}`;
const right = (text: string) => text.padStart(6);
const orNull = <Value>(value: number | null, told: (value: number) => Value): Value | null =>
  value === null ? null : told(value);
