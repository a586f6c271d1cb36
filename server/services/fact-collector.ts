import Decimal from 'decimal.js';

import type {
  CustomerDetails,
  DocumentRow,
  FactBatch,
  LineRow,
  NewCustomer,
  ProductDetails,
  RejectedRowInput,
} from '../data/fact-batch.ts';
import type { JobFigures } from '../data/import-jobs.ts';
import { customerId, orderId, productId, refundId } from '../domain/ids.ts';
import { type FactLine, isRejection, type Rejection } from '../ingest/format.ts';
import type { Row } from '../ingest/read-rows.ts';

interface Document extends Omit<DocumentRow, 'amount' | 'cost'> {
  at: Date;
  amount: Decimal;
  cost: Decimal | null;
  channel: string | null;
  country: string | null;
  lines: number;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
type Customer = Mutable<CustomerDetails>;
type Product = Mutable<ProductDetails>;

/**
 * Gathers lines into customers, products, orders and refunds. A batch holds what is new since the last one; an order whose
 * lines stand apart in the file is written again with the totals of all of them. Memory grows with orders, not with lines.
 */
export class FactCollector {
  readonly #workspaceId: string;
  readonly #currency: string;
  readonly #customers = new Map<string, Customer>();
  readonly #products = new Map<string, Product>();
  readonly #documents = new Map<string, Document>();
  readonly #rejected: Record<string, number> = {};
  #lastKey = '';
  #rows = 0;
  #accepted = 0;

  #newCustomers: NewCustomer[] = [];
  #newProducts: Product[] = [];
  #touched = new Set<Document>();
  #newLines: LineRow[] = [];
  #newRejected: RejectedRowInput[] = [];
  pendingRows = 0;

  constructor(workspaceId: string, currency: string) {
    this.#workspaceId = workspaceId;
    this.#currency = currency;
  }

  add(row: Row, reading: FactLine | Rejection): void {
    this.#rows++;
    this.pendingRows++;
    const fault = isRejection(reading) ? reading : this.#refuse(reading);
    if (fault !== undefined) {
      this.#rejected[fault.reason] = (this.#rejected[fault.reason] ?? 0) + 1;
      this.#newRejected.push({ line: row.line, reason: fault.reason, detail: fault.detail, raw: row.raw });
      return;
    }
    this.#accepted++;
    this.#take(reading as FactLine);
  }

  #refuse({ currency, quantity, unitPrice, discount }: FactLine): Rejection | undefined {
    if (currency !== null && currency !== this.#currency) {
      return { reason: 'OTHER_CURRENCY', detail: `${currency} in a file and workspace of ${this.#currency}` };
    }
    if (discount !== '0' && new Decimal(discount).gt(new Decimal(quantity).times(unitPrice))) {
      return {
        reason: 'BAD_DISCOUNT',
        detail: `the discount ${discount} exceeds the line's ${quantity} x ${unitPrice}`,
      };
    }
    return undefined;
  }

  #take(line: FactLine): void {
    const customer = this.#customer(line);
    const document = this.#document(line, customer.id);
    document.lines++;
    if (line.at < document.at) document.at = line.at;
    document.amount = document.amount.plus(new Decimal(line.quantity).times(line.unitPrice).minus(line.discount));
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
      unitPrice: line.unitPrice,
      discount: line.discount,
      unitCost: line.unitCost,
    });
  }

  #customer(line: FactLine): Customer {
    let customer = this.#customers.get(line.customer);
    if (customer === undefined) {
      customer = {
        id: customerId(this.#workspaceId, line.customer),
        name: null,
        email: null,
        country: null,
        channel: null,
      };
      this.#customers.set(line.customer, customer);
      this.#newCustomers.push({ id: customer.id, externalId: line.customer, day: line.at.toISOString().slice(0, 10) });
    }
    customer.name = line.name ?? customer.name;
    customer.email = line.email ?? customer.email;
    customer.country = line.country ?? customer.country;
    customer.channel ??= line.channel;
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

  /** Whether this is one more line of the order before it: a batch that ends between orders is the same at every import. */
  continues(reading: FactLine | Rejection): boolean {
    return !isRejection(reading) && reading.key === this.#lastKey;
  }

  #document({ kind, document: externalId, key, at }: FactLine, customer: string): Document {
    this.#lastKey = key;
    const place = `${kind}\n${customer}\n${key}`;
    let document = this.#documents.get(place);
    if (document === undefined) {
      const id = kind === 'order' ? orderId(customer, key) : refundId(customer, key);
      document = {
        kind,
        customerId: customer,
        id,
        externalId,
        at,
        amount: new Decimal(0),
        cost: new Decimal(0),
        channel: null,
        country: null,
        lines: 0,
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
      documents: [...this.#touched].map((document) => ({
        ...document,
        amount: document.amount.toFixed(),
        cost: document.cost?.toFixed() ?? null,
      })),
      lines: this.#newLines,
      rejected: this.#newRejected,
      rows: this.#rows,
      accepted: this.#accepted,
    };
    this.#newCustomers = [];
    this.#newProducts = [];
    this.#touched = new Set();
    this.#newLines = [];
    this.#newRejected = [];
    this.pendingRows = 0;
    return batch;
  }

  /** The last word of the file on its customers and products. */
  details(): { customers: CustomerDetails[]; products: ProductDetails[] } {
    return { customers: [...this.#customers.values()], products: [...this.#products.values()] };
  }

  figures(): JobFigures {
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
      rows: this.#rows,
      accepted: this.#accepted,
      rejected: this.#rejected,
      customers: this.#customers.size,
      products: this.#products.size,
      orders,
      refunds: this.#documents.size - orders,
      gross: gross.toFixed(2),
      net: gross.minus(refunded).toFixed(2),
    };
  }
}
