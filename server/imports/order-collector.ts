import Decimal from 'decimal.js';
import { customerId, orderId, productId, refundId } from '../domain/ids.ts';
import type { FileFigures } from './data/import-jobs.ts';
import type {
  Closing,
  CustomerDetails,
  LineRow,
  NamedProduct,
  NewCustomer,
  OrderBatch,
  OrderOrRefund,
} from './data/order-batch.ts';
import type { OrderLine } from './formats/format.ts';

import { priceOf } from './line-price.ts';

/** An order or refund as the file has it so far. */
interface Entry extends Omit<OrderOrRefund, 'amount' | 'cost'> {
  /** Whether the database has it, with all its lines. */
  isStored: boolean;
  at: Date;
  amount: Decimal;
  cost: Decimal | null;
  channel: string | null;
  country: string | null;
  lines: number;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

interface Customer extends Mutable<CustomerDetails> {
  /** Times of the first and last order or refund in the file. */
  first: Date;
  last: Date;
}

type Product = Mutable<NamedProduct>;

/**
 * Gathers lines into customers, products, orders and refunds. A batch holds what is new since the last one; orders that were
 * there before, or whose lines stand apart in the file, are settled at its end. Memory grows with orders, not with lines.
 */
export class OrderCollector {
  readonly #workspaceId: string;
  readonly #customers = new Map<string, Customer>();
  readonly #products = new Map<string, Product>();
  readonly #entries = new Map<string, Entry>();

  #newCustomers: NewCustomer[] = [];
  #newProducts: Product[] = [];
  #touched = new Set<Entry>();
  #newLines: LineRow[] = [];

  constructor(workspaceId: string) {
    this.#workspaceId = workspaceId;
  }

  add(line: OrderLine): void {
    const customer = this.#customer(line);
    const entry = this.#entry(line, customer.id);
    const price = priceOf(line);
    entry.lines++;
    entry.isStored = false;
    if (line.at < entry.at) entry.at = line.at;
    entry.amount = entry.amount.plus(price.unitPrice.times(line.quantity).minus(price.discount));
    entry.cost =
      line.unitCost === null || entry.cost === null
        ? null
        : entry.cost.plus(new Decimal(line.quantity).times(line.unitCost));
    entry.channel ??= line.channel;
    entry.country ??= line.country;
    this.#touched.add(entry);
    const product = line.product === null ? null : this.#product(line.product, line.at);
    if (line.kind === 'refund') return;
    this.#newLines.push({
      customerId: customer.id,
      orderId: entry.id,
      lineNo: entry.lines,
      productId: product?.id ?? null,
      quantity: line.quantity,
      unitPrice: price.unitPrice.toFixed(),
      discount: price.discount.toFixed(),
      unitCost: line.unitCost,
    });
  }

  /** The latest order's word counts, but for the channel: it is the one that won the customer. */
  #customer(line: OrderLine): Customer {
    const name = line.customer ?? `anonymous ${line.number}`;
    let customer = this.#customers.get(name);
    if (customer === undefined) {
      const id = customerId(this.#workspaceId, name);
      customer = { id, name: null, email: null, country: null, channel: null, first: line.at, last: line.at };
      this.#customers.set(name, customer);
      this.#newCustomers.push({ id, externalId: name, day: line.at.toISOString().slice(0, 10) });
    }
    const isLatest = line.at >= customer.last;
    if (isLatest) customer.last = line.at;
    for (const field of ['name', 'email', 'country'] as const) {
      customer[field] = (isLatest ? line[field] : null) ?? customer[field] ?? line[field];
    }
    if (line.channel !== null && (customer.channel === null || line.at < customer.first))
      customer.channel = line.channel;
    if (line.at < customer.first) customer.first = line.at;
    return customer;
  }

  /** The latest order's name and category count; an older one's only where there is none. */
  #product({ id, name, category }: NonNullable<OrderLine['product']>, at: Date): Product {
    let product = this.#products.get(id);
    if (product === undefined) {
      product = { id: productId(this.#workspaceId, id), externalId: id, name: null, category: null, namedAt: null };
      this.#products.set(id, product);
      this.#newProducts.push(product);
    }
    if (name === null && category === null) return product;
    if (product.namedAt === null || at >= product.namedAt) {
      product.name = name ?? product.name;
      product.category = category ?? product.category;
      product.namedAt = at;
    } else {
      product.name ??= name;
      product.category ??= category;
    }
    return product;
  }

  #entry({ kind, number: externalId, key, at }: OrderLine, customer: string): Entry {
    const place = placeOf(kind, customer, key);
    let entry = this.#entries.get(place);
    if (entry === undefined) {
      const id = kind === 'order' ? orderId(customer, key) : refundId(customer, key);
      entry = {
        kind,
        customerId: customer,
        id,
        key,
        externalId,
        at,
        amount: new Decimal(0),
        cost: new Decimal(0),
        channel: null,
        country: null,
        lines: 0,
        isStored: false,
      };
      this.#entries.set(place, entry);
    }
    return entry;
  }

  /** What is new since the last batch. */
  takeBatch(): OrderBatch {
    const batch: OrderBatch = {
      customers: this.#newCustomers,
      products: this.#newProducts.map((product) => ({ ...product })),
      ordersAndRefunds: [...this.#touched].map(toRow),
      lines: this.#newLines,
    };
    this.#newCustomers = [];
    this.#newProducts = [];
    this.#touched = new Set();
    this.#newLines = [];
    return batch;
  }

  /** Notes which orders and refunds of a batch are new in the database; lines that have come since still have to be settled. */
  markStored(batch: OrderBatch, newIds: ReadonlySet<string>): void {
    for (const { kind, customerId, key, id, lines } of batch.ordersAndRefunds) {
      const entry = this.#entries.get(placeOf(kind, customerId, key));
      if (entry !== undefined && newIds.has(id) && entry.lines === lines) entry.isStored = true;
    }
  }

  /** The last word of the file: on names, and on orders and refunds that the batches have not settled. */
  closing(): Closing {
    return {
      customers: [...this.#customers.values()],
      products: [...this.#products.values()],
      ordersAndRefunds: [...this.#entries.values()].filter(({ isStored }) => !isStored).map(toRow),
    };
  }

  figures(): FileFigures {
    let gross = new Decimal(0);
    let refunded = new Decimal(0);
    let orders = 0;
    for (const { kind, amount } of this.#entries.values()) {
      if (kind === 'order') {
        orders++;
        gross = gross.plus(amount);
      } else refunded = refunded.plus(amount);
    }
    return {
      customers: this.#customers.size,
      products: this.#products.size,
      orders,
      refunds: this.#entries.size - orders,
      gross: gross.toFixed(4),
      net: gross.minus(refunded).toFixed(4),
    };
  }
}

const placeOf = (kind: string, customer: string, key: string) => `${kind}\n${customer}\n${key}`;

const toRow = (entry: Entry): OrderOrRefund => ({
  ...entry,
  amount: entry.amount.toFixed(),
  cost: entry.cost?.toFixed() ?? null,
});
