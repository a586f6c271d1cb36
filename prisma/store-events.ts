import { createRandom, type Random } from '../server/engine/numerics/random.ts';
import { END, type Store, type StoreOrder } from './simulate-store.ts';
import { PRODUCTS } from './store-catalogue.ts';
import { DAY, inOpeningHours, pickIndex } from './store-draws.ts';
import { customerId } from './store-people.ts';
import { Shopper } from './store-shopper.ts';
import { drawHousehold, drawTaste } from './store-tastes.ts';

export interface StoreEvent {
  readonly customer: string;
  readonly product: string;
  readonly kind: 'viewed' | 'added to cart';
  readonly time: number;
}

/** Eight weeks: nobody keeps clicks for years. */
const FROM = END - 56 * DAY;
const MINUTE = 60_000;
/** Customers who have only looked. */
const PROSPECTS = 45;
/** Visits without an order in all that time, of each customer with an order in the year before. */
const VISITS = 0.4;
const YEAR = 365 * DAY;

type Event = Omit<StoreEvent, 'customer'>;

const viewed = (product: string, time: number): Event => ({ product, kind: 'viewed', time });
const addedToCart = (product: string, time: number): Event => ({ product, kind: 'added to cart', time });

/** What preceded an order: many had looked at a product some days before, most on the day. */
function before(random: Random, { time, lines }: StoreOrder): Event[] {
  return lines.flatMap(({ product }) => {
    const minutes = 2 + Math.floor(25 * random.uniform());
    const days = 1 + 13 * random.uniform();
    const first = viewed(product, inOpeningHours(random, time - days * DAY));
    const [isPlanned, isViewed, isKept] = [0.35, 0.75, 0.6].map((share) => random.uniform() < share);
    return [
      ...(isPlanned ? [first] : []),
      ...(isViewed ? [viewed(product, time - minutes * MINUTE)] : []),
      ...(isKept ? [addedToCart(product, time - (minutes - 1) * MINUTE)] : []),
    ];
  });
}

/** A visit without an order: some products of the customer's taste, now and then one in the cart. */
function visit(random: Random, shopper: Shopper, day: number): Event[] {
  const time = inOpeningHours(random, day);
  const wishes = shopper.wishes(time);
  return Array.from({ length: 1 + random.poisson(1.2) }, (_, i) => {
    const { id } = PRODUCTS[pickIndex(random, wishes)]!;
    const at = time + 2 * i * MINUTE;
    return random.uniform() < 0.2 ? [viewed(id, at), addedToCart(id, at + MINUTE)] : [viewed(id, at)];
  }).flat();
}

const anyDay = (random: Random, from: number) => from + (END - DAY - from) * random.uniform();

/** What customers viewed and put into the cart in the last eight weeks, in chronological order. The same seed gives the same events. */
export function simulateEvents({ customers, orders }: Store, seed = 20261031): StoreEvent[] {
  const random = createRandom(seed + 1);
  const events: StoreEvent[] = [];
  const add = (customer: string, of: readonly Event[]) =>
    events.push(...of.filter(({ time }) => time >= FROM).map((event) => ({ customer, ...event })));
  const lastOrder = new Map<string, number>();
  for (const order of orders) {
    if (order.lines[0]!.quantity < 0) continue;
    lastOrder.set(order.buyer.customer, order.time);
    if (order.time >= FROM) add(order.buyer.customer, before(random, order));
  }
  for (const { customer, shopper } of customers) {
    const last = lastOrder.get(customer)!;
    if (last < END - YEAR) continue;
    // Earlier visits would know of later orders: the shopper is as the last one left them.
    const from = Math.max(FROM, last + DAY);
    const visits = random.poisson((VISITS * Math.max(0, END - DAY - from)) / (END - FROM));
    for (let i = 0; i < visits; i++) add(customer, visit(random, shopper, anyDay(random, from)));
  }
  for (let number = customers.length + 1; number <= customers.length + PROSPECTS; number++) {
    const shopper = new Shopper(random, drawTaste(random, drawHousehold(random)));
    const visits = 1 + random.poisson(1);
    for (let i = 0; i < visits; i++) add(customerId(number), visit(random, shopper, anyDay(random, FROM)));
  }
  return events.sort((a, b) => a.time - b.time);
}
