import type pg from 'pg';
import { customerId, eventId, productId } from '../domain/ids.ts';
import type { Visitor } from './data/customer-writer.ts';
import { type EventRow, writeEvents } from './data/event-writer.ts';
import { type JobScope, writeBatch } from './data/import-batch.ts';
import { NO_FIGURES } from './data/import-jobs.ts';
import type { ProductDetails } from './data/order-batch.ts';
import type { EventLine } from './formats/format.ts';
import type { Intake } from './intake.ts';

/** Memory grows with customers and products, not with events. */
export function eventIntake(pool: pg.Pool, job: JobScope): Intake<EventLine> {
  const { workspaceId } = job;
  const customers = new Map<string, Visitor>();
  const products = new Map<string, ProductDetails>();
  let newCustomers = new Map<string, Visitor>();
  let newProducts: ProductDetails[] = [];
  let events: EventRow[] = [];

  function customerOf({ customer: externalId, at }: EventLine): string {
    const known = customers.get(externalId);
    if (known !== undefined && known.knownAt <= at) return known.id;
    const customer = { id: known?.id ?? customerId(workspaceId, externalId), externalId, knownAt: at };
    customers.set(externalId, customer);
    newCustomers.set(externalId, customer);
    return customer.id;
  }

  function productOf({ product: externalId }: EventLine): string {
    let product = products.get(externalId);
    if (product === undefined) {
      product = { id: productId(workspaceId, externalId), externalId, name: null, category: null };
      products.set(externalId, product);
      newProducts.push(product);
    }
    return product.id;
  }

  return {
    take: (line) => {
      const [customer, product] = [customerOf(line), productOf(line)];
      const { kind, at } = line;
      events.push({ customerId: customer, id: eventId(customer, product, kind, at), productId: product, kind, at });
      return null;
    },
    write: async (rows) => {
      const batch = { customers: [...newCustomers.values()], products: newProducts, events };
      newCustomers = new Map();
      newProducts = [];
      events = [];
      await writeBatch(pool, job, rows, (tx) => writeEvents(tx, job, batch));
    },
    close: async () => {},
    figures: () => ({ ...NO_FIGURES, customers: customers.size, products: products.size }),
  };
}
