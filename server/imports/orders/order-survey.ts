import { DomainError } from '../../domain/errors.ts';
import { currencyBeside } from '../columns/amounts.ts';
import { type ColumnReading, type SpellingChoices, spellingSurvey } from '../columns/spelling-survey.ts';
import type { FoundWarning } from '../data/import-jobs.ts';
import { type Mapping, type MatchedColumns, plainHeader } from '../formats/columns.ts';
import type { OrderProfile } from '../profiles/profile.ts';
import type { Row } from '../reading/table.ts';
import { shareSurvey, totalSurvey } from './amount-surveys.ts';
import { NUMBER_COLUMNS, type OrderColumn } from './order-columns.ts';
import type { OrderRules } from './order-rules.ts';
import { DATE_COLUMNS, type OrderSpelling, timeOf } from './row-reader.ts';
import { type OrderState, rowsOfStates, stateReader } from './states.ts';

/** What whoever imports has decided of a file; its values decide the rest. */
export interface OrderChoices extends SpellingChoices {
  readonly mapping?: Mapping | undefined;
  readonly amounts?: OrderRules['amounts'] | undefined;
  readonly states?: Readonly<Record<string, OrderState>> | undefined;
  /** Currency that a sign of several currencies means where it can: `$` is CAD in a workspace of CAD. */
  readonly home?: string | undefined;
}

export interface OrderPlan {
  readonly spelling: OrderSpelling;
  readonly readings: readonly ColumnReading[];
  readonly rules: OrderRules;
  /** Rows by the currency that they name. */
  readonly currencies: ReadonlyMap<string, number>;
  readonly warnings: readonly FoundWarning[];
}

/** Distinct states or currencies that are kept: more of them are no states. */
const MOST_NAMES = 200;
/** Unknown states that a refusal names. */
const MOST_NAMED = 12;

/** Sees every row of a file of orders before any is stored, and decides how all of them are read. */
export function orderSurvey(
  { columns, width, value }: MatchedColumns<OrderColumn>,
  profile: OrderProfile,
  home: string | null = null,
) {
  const found = new Set(columns.filter(({ header }) => header !== null).map(({ column }) => column));
  const isDayFirst = columns.some(({ header }) => header !== null && profile.dayFirstBy?.includes(header.trim()));
  const stateHeader = columns.find(({ column }) => column === 'state')?.header ?? '';
  const spellings = spellingSurvey(NUMBER_COLUMNS, DATE_COLUMNS, (column) => found.has(column));
  const states = new Map<string, number>();
  const currencies = new Map<string, number>();
  /** Of currencies beside amounts, where no column names one. */
  const signs = new Map<string, number>();
  const totals = totalSurvey();
  const shares = shareSurvey();
  let rows = 0;
  let worth = 0;

  function add({ fields }: Row): void {
    if (fields === null || fields.length !== width) return;
    rows++;
    const cell = (column: OrderColumn) => value(fields, column);
    spellings.add((column) => (column === 'placed at' ? timeOf(cell) : cell(column)));
    count(states, cell('state'));
    count(states, cell('item state'));
    count(currencies, (cell('converted currency') ?? cell('currency'))?.toUpperCase() ?? null);
    const amount = cell('order total') ?? cell('line total') ?? cell('unit price');
    if (amount !== null) {
      worth++;
      count(signs, currencyBeside(amount, home));
    }
    totals.add(cell('order'), cell('line total'), [cell('product'), cell('product name'), cell('quantity')]);
    shares.add(cell('discount'), cell('unit price') ?? cell('line total'));
  }

  /** @throws DomainError naming what the file does not decide, and the option that does. */
  function settle(choices: OrderChoices): OrderPlan {
    const stateOf = stateReader({ ...profile.states, ...choices.states });
    const unknown = [...states].filter(([state]) => stateOf(state) === undefined);
    const isPlace =
      unknown.length === states.size && isStateOfCountry(stateHeader) && choices.mapping?.state === undefined;
    if (!isPlace) refuseStates(rowsOfStates(unknown));
    if (worth === 0 && choices.amounts !== 'NONE') throw noAmounts();
    const timeZone = profile.timeZone ?? choices.timeZone;
    const { spelling, readings } = spellings.settle({
      ...choices,
      timeZone,
      dateOrder: choices.dateOrder ?? (isDayFirst ? 'DMY' : profile.dateOrder),
    });
    const isTotalRepeated = choices.amounts === undefined && profile.amounts === 'LINES' && totals.areRepeated();
    const isByOrder =
      isTotalRepeated || (found.has('order total') && (profile.amounts === 'ORDER' || !hasLinePrices(found)));
    const amounts = choices.amounts ?? (isByOrder ? 'ORDER' : 'LINES');
    const isDiscountShare = shares.areShares();
    const isByName = profile.isNameCustomer === true && !found.has('customer') && !found.has('email');
    const { totalIncludes, taxIncludedWhen, hasSumRows, areRefundsNegative, refundsOfOrders, refundNumber } = profile;
    return {
      readings,
      spelling: { ...spelling, home, isLineTotalOfOrder: amounts === 'ORDER' && !found.has('order total') },
      rules: {
        ...{ amounts, totalIncludes, taxIncludedWhen, hasSumRows, areRefundsNegative, refundsOfOrders },
        ...{ isDiscountShare, stateOf },
        isRefundNumber: (number) => refundNumber?.test(number) ?? false,
      },
      currencies: currencies.size === 0 && signs.size === 1 ? signs : currencies,
      warnings: [
        ...(isTotalRepeated ? [{ code: 'TOTALS_REPEATED', count: totals.repeated(), amount: null }] : []),
        ...(isPlace && states.size > 0 ? [{ code: 'STATES_ARE_PLACES', count: rows, amount: null }] : []),
        ...(isByName ? [{ code: 'CUSTOMERS_BY_NAME', count: rows, amount: null }] : []),
        ...(isDiscountShare ? [{ code: 'DISCOUNTS_ARE_SHARES', count: shares.count(), amount: null }] : []),
      ],
    };
  }

  return { add, settle };
}

/** "State" may be a part of a country, where "status" is always the order's. */
const isStateOfCountry = (header: string) => plainHeader(header) === 'state';

const hasLinePrices = (found: ReadonlySet<string>) => found.has('unit price') || found.has('line total');

function count(names: Map<string, number>, name: string | null): void {
  if (name === null || (names.size >= MOST_NAMES && !names.has(name))) return;
  names.set(name, (names.get(name) ?? 0) + 1);
}

function refuseStates(unknown: readonly (readonly [state: string, rows: number])[]): void {
  if (unknown.length === 0) return;
  const named = unknown.slice(0, MOST_NAMED).map(([state, rows]) => `"${state}" (rows: ${rows})`);
  const names = [...named, ...(unknown.length > MOST_NAMED ? [`${unknown.length - MOST_NAMED} more`] : [])].join(', ');
  const advice = `--state "${unknown[0]![0]}=paid", or =cancelled, =pending, =refunded, =test`;
  throw new DomainError(
    'UNKNOWN_STATES',
    `it is unknown whether orders in these states count: ${names}; pass ${advice}`,
    ['state'],
    unknown.map(([state]) => state),
  );
}

const noAmounts = () =>
  new DomainError(
    'NO_AMOUNTS',
    'no row has an amount: expected a column such as unit price, line total or order total; --amounts none imports orders without amounts',
    ['amounts'],
  );
