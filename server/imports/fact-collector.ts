import Decimal from 'decimal.js';
import { customerId, orderId, productId, refundId } from '../domain/ids.ts';
import type {
  Closing,
  CustomerDetails,
  DocumentRow,
  FactBatch,
  LineRow,
  NewCustomer,
  ProductDetails,
} from './data/fact-batch.ts';
import type { FileFigures } from './data/import-jobs.ts';
import type { FactLine } from './formats/format.ts';

import { priceOf } from './line-price.ts';

interface Document extends Omit<DocumentRow, 'amount' | 'cost'> {
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

type Product = Mutable<ProductDetails>;

/**
 * Gathers lines into customers, products, orders and refunds. A batch holds what is new since the last one; orders that were
 * there before, or whose lines stand apart in the file, are settled at its end. Memory grows with orders, not with lines.
 */
export class FactCollector {
  readonly #workspaceId: string;
  readonly #customers = new Map<string, Customer>();
  readonly #products = new Map<string, Product>();
  readonly #documents = new Map<string, Document>();

  #newCustomers: NewCustomer[] = [];
  #newProducts: Product[] = [];
  #touched = new Set<Document>();
  #newLines: LineRow[] = [];

  constructor(workspaceId: string) {
    this.#workspaceId = workspaceId;
  }

  add(line: FactLine): void {
    const customer = this.#customer(line);
    const document = this.#document(line, customer.id);
    const price = priceOf(line);
    document.lines++;
    document.isStored = false;
    if (line.at < document.at) document.at = line.at;
    document.amount = document.amount.plus(price.unitPrice.times(line.quantity).minus(price.discount));
    document.cost =
      line.unitCost === null || document.cost === null
        ? null
        : document.cost.plus(new Decimal(line.quantity).times(line.unitCost));
    document.channel ??= line.channel;
    document.country ??= line.country;
    this.#touched.add(document);
    const product = line.product === null ? null : this.#product(line.product);
    if (line.kind === 'refund') return;
    this.#newLines.push({
      customerId: customer.id,
      orderId: document.id,
      lineNo: document.lines,
      productId: product?.id ?? null,
      quantity: line.quantity,
      unitPrice: price.unitPrice.toFixed(),
      discount: price.discount.toFixed(),
      unitCost: line.unitCost,
    });
  }

  /** The latest order's word counts, but for the channel: it is the one that won the customer. */
  #customer(line: FactLine): Customer {
    let customer = this.#customers.get(line.customer);
    if (customer === undefined) {
      const id = customerId(this.#workspaceId, line.customer);
      customer = { id, name: null, email: null, country: null, channel: null, first: line.at, last: line.at };
      this.#customers.set(line.customer, customer);
      this.#newCustomers.push({ id, externalId: line.customer, day: line.at.toISOString().slice(0, 10) });
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

  #product({ id, name, category }: NonNullable<FactLine['product']>): Product {
    let product = this.#products.get(id);
    if (product === undefined) {
      product = { id: productId(this.#workspaceId, id), externalId: id, name, category };
      this.#products.set(id, product);
      this.#newProducts.push(product);
    }
    product.name = name ?? product.name;
    product.category = category ?? product.category;
    return product;
  }

  #document({ kind, document: externalId, key, at }: FactLine, customer: string): Document {
    const place = placeOf(kind, customer, key);
    let document = this.#documents.get(place);
    if (document === undefined) {
      const id = kind === 'order' ? orderId(customer, key) : refundId(customer, key);
      document = {
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
      this.#documents.set(place, document);
    }
    return document;
  }

  /** What is new since the last batch. */
  takeBatch(): FactBatch {
    const batch: FactBatch = {
      customers: this.#newCustomers,
      products: this.#newProducts.map((product) => ({ ...product })),
      documents: [...this.#touched].map(toRow),
      lines: this.#newLines,
    };
    this.#newCustomers = [];
    this.#newProducts = [];
    this.#touched = new Set();
    this.#newLines = [];
    return batch;
  }

  /** Notes which orders and refunds of a batch are new in the database; lines that have come since still have to be settled. */
  markStored(batch: FactBatch, newIds: ReadonlySet<string>): void {
    for (const { kind, customerId, key, id, lines } of batch.documents) {
      const document = this.#documents.get(placeOf(kind, customerId, key));
      if (document !== undefined && newIds.has(id) && document.lines === lines) document.isStored = true;
    }
  }

  /** The last word of the file: on names, and on orders and refunds that the batches have not settled. */
  closing(): Closing {
    return {
      customers: [...this.#customers.values()],
      products: [...this.#products.values()],
      documents: [...this.#documents.values()].filter(({ isStored }) => !isStored).map(toRow),
    };
  }

  figures(): FileFigures {
    let gross = new Decimal(0);
    let refunded = new Decimal(0);
    let orders = 0;
    for (const { kind, amount } of this.#documents.values()) {
      if (kind === 'order') {
        orders++;
        gross = gross.plus(amount);
      } else refunded = refunded.plus(amount);
    }
    return {
      customers: this.#customers.size,
      products: this.#products.size,
      orders,
      refunds: this.#documents.size - orders,
      gross: gross.toFixed(4),
      net: gross.minus(refunded).toFixed(4),
    };
  }
}

const placeOf = (kind: string, customer: string, key: string) => `${kind}\n${customer}\n${key}`;

const toRow = (document: Document): DocumentRow => ({
  ...document,
  amount: document.amount.toFixed(),
  cost: document.cost?.toFixed() ?? null,
});
