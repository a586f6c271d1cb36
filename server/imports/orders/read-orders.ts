import Decimal from 'decimal.js';
import { DomainError } from '../../domain/errors.ts';
import { workspaceId } from '../../domain/ids.ts';
import {
  type BookedOrder,
  type Booking,
  type CustomerBook,
  UNITS,
} from '../../engine/analytics/evaluation/order-book.ts';
import { refusePrice } from '../amounts/line-price.ts';
import type { OrderOrRefund } from '../data/order-batch.ts';
import type { DroppedOrder, OrderLine, Outcome } from '../formats/format.ts';
import type { OpenFile } from '../intake.ts';
import type { GivenChoices } from '../open-import.ts';
import { openTable } from '../reading/open-table.ts';
import { type NamedFormat, recognise } from '../recognise.ts';
import { gatherOrders } from '../storing/gather-orders.ts';
import { type Place, PlaceSorter } from '../storing/place-sorter.ts';
import { pricedLine } from '../storing/priced-line.ts';
import { RefundOwners } from '../storing/refund-owners.ts';

export interface OrdersInput {
  readonly path: string;
  /** One for a file of that kind, several to choose from by the header. */
  readonly formats: readonly NamedFormat[];
  readonly sheet?: string | undefined;
  readonly choices: GivenChoices;
}

/** What a file has of orders, as an import into a new workspace counts them. */
export interface ReadOrders {
  /** Name of the kind of file. */
  readonly source: string;
  readonly rows: number;
  /** Rows that could not be taken, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Rows left out because of the state of their order. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Known customers with an order, in no order that means anything. */
  readonly customers: readonly CustomerBook[];
  /** Of the last order or refund; whole days since 1970-01-01. */
  readonly lastDay: number;
}

/** Rows between two looks at the memory; characters of orders that it may hold. */
const BATCH_ROWS = 10_000;
const RUN_SIZE = 64 << 20;
const DAY_MS = 86_400_000;
/** Of no consequence: ids only keep orders apart. */
const WORKSPACE = workspaceId('default');

/**
 * Reads a file of orders without a database: the same rows count as in an import, and days are those of UTC.
 * @throws DomainError where an import would refuse the file, for a file of something else, and for one without a known customer.
 */
export async function readOrders({ path, formats, sheet, choices }: OrdersInput): Promise<ReadOrders> {
  const only = formats.length === 1 ? formats[0] : undefined;
  const table = await openTable(path, { sheet, syntax: only?.syntax === 'words' ? 'words' : undefined });
  const format = recognise(table, formats, choices);
  if (format.holds !== 'orders')
    throw new DomainError('NO_ORDERS', `${path} holds ${format.title}: expected a file of orders`, ['data']);
  const opened = await format.open(table, { ...choices, timeZone: choices.timeZone ?? 'UTC' });
  const file = opened as OpenFile<OrderLine>;
  refuseMixed(file);

  const places = new PlaceSorter(WORKSPACE, RUN_SIZE);
  const owners = new RefundOwners(RUN_SIZE);
  const rejected: Record<string, number> = {};
  const excluded: Record<string, number> = {};
  let rows = 0;
  const count = (counts: Record<string, number>, reason: string) => {
    counts[reason] = (counts[reason] ?? 0) + 1;
  };
  const take = (line: OrderLine) => {
    const fault = refusePrice(line);
    if (fault !== null) return fault;
    const priced = pricedLine(line, new Decimal(line.converted?.rate ?? 1));
    if (format.refundsOfOrders && line.kind === 'refund' && line.customer === null) owners.addRefund(priced);
    else places.add(line, priced);
    if (line.kind === 'order') owners.addOrder(line);
    return null;
  };
  const takeAll = (outcomes: Iterable<Outcome<OrderLine>>) => {
    for (const outcome of outcomes) {
      if ('excluded' in outcome) count(excluded, outcome.excluded);
      const fault =
        'rejection' in outcome ? outcome.rejection : 'lines' in outcome ? firstFault(outcome.lines, take) : null;
      if (fault !== null) count(rejected, fault.reason);
    }
  };
  for await (const row of table.rows(undefined, file.isFirstData)) {
    takeAll(file.read(row));
    if (++rows % BATCH_ROWS === 0) await Promise.all([places.spill(), owners.spill()]);
  }
  takeAll(file.end());
  for await (const { number, refunds, owner } of owners.sorted()) {
    for (const refund of refunds) {
      const place = { customer: owner ?? null, number, at: new Date(refund.at) } satisfies DroppedOrder;
      places.add(place, { ...refund, customer: place.customer });
    }
  }
  const booked = await book(places.sorted());
  if (booked.customers.length > 0) return { source: format.name, rows, rejected, excluded, ...booked };
  throw new DomainError('NO_ORDERS', `${path} has no order of a known customer among its ${rows} rows`, ['data']);
}

const firstFault = <Line, Fault>(lines: readonly Line[], take: (line: Line) => Fault | null): Fault | null =>
  lines.map(take).find((fault) => fault !== null) ?? null;

/** Rates are kept in workspaces: without one, amounts must be in one currency. */
function refuseMixed({ currencies }: Pick<OpenFile<OrderLine>, 'currencies'>): void {
  if (currencies.size < 2) return;
  const counts = [...currencies].map(([each, rows]) => `${each} (rows: ${rows})`).join(', ');
  throw new DomainError('MIXED_CURRENCIES', `the file has amounts in ${counts}: expected one currency`, ['data']);
}

/** Orders by customer, each with its refunds, and the refunds of none of them; those of unknown customers are left out, as an analysis leaves them. */
async function book(places: AsyncIterable<Place>): Promise<Pick<ReadOrders, 'customers' | 'lastDay'>> {
  const books = new Map<string, { readonly orders: BookedOrder[]; readonly refunds: Booking[] }>();
  let lastDay = -Infinity;
  for await (const { id, mentions } of places) {
    if (mentions.every(({ line }) => line === null || line.customer === null)) continue;
    const gathered = gatherOrders(id, mentions, (product) => product);
    for (const { at } of gathered) lastDay = Math.max(lastDay, dayOf(at));
    const orders = gathered.filter(({ kind }) => kind === 'order');
    const refunds = gathered.filter(({ kind }) => kind === 'refund');
    const ownerOf = new Map(refunds.map((refund) => [refund, orderOf(refund, orders)]));
    const book = books.get(id) ?? { orders: [], refunds: [] };
    books.set(id, book);
    book.refunds.push(...refunds.filter((refund) => ownerOf.get(refund) === null).map(toBooking));
    for (const order of orders)
      book.orders.push({
        ...toBooking(order),
        refunds: refunds.filter((refund) => ownerOf.get(refund) === order).map(toBooking),
      });
  }
  return { customers: [...books.values()].filter(({ orders }) => orders.length > 0), lastDay };
}

/** Of several orders with the number of a refund, the last one before it; else the nearest. */
function orderOf({ at }: OrderOrRefund, orders: readonly OrderOrRefund[]): OrderOrRefund | null {
  const before = orders.filter((order) => order.at <= at);
  const distance = (order: OrderOrRefund) => Math.abs(order.at.getTime() - at.getTime());
  return (before.length > 0 ? before : orders).toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS);

const toBooking = ({ at, amount }: OrderOrRefund): Booking => ({
  day: dayOf(at),
  units: new Decimal(amount).times(UNITS).round().toNumber(),
});
