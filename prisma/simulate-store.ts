import type { BetaGeometricParameters } from '../server/engine/models/beta-geometric.ts';
import { mbgNbd } from '../server/engine/models/mbg-nbd.ts';
import { createRandom, type Random } from '../server/engine/numerics/random.ts';
import { any, DAY, inOpeningHours, pick } from './store-draws.ts';
import { type Buyer, drawBuyer } from './store-people.ts';
import { type Line, Shopper } from './store-shopper.ts';
import { drawHousehold, drawTaste } from './store-tastes.ts';

/** A customer, and what they make of the shop after their last order. */
export interface StoreCustomer extends Buyer {
  readonly channel: string;
  readonly household: string;
  readonly shopper: Shopper;
}

/** An order, or what came back of one: then the quantities are negative and the number is that of the order. */
export interface StoreOrder {
  readonly time: number;
  readonly buyer: StoreCustomer;
  readonly number: string;
  readonly lines: readonly Line[];
}

export interface Store {
  readonly customers: readonly StoreCustomer[];
  /** Orders and refunds in chronological order. */
  readonly orders: readonly StoreOrder[];
}

const FIRST_DAY = Date.UTC(2023, 10, 1);
/** The first moment after the simulation. */
export const END = Date.UTC(2026, 10, 1);
const DAYS = (END - FIRST_DAY) / DAY;
const CUSTOMERS = 5000;

/** Demand by month, the peak 1: orders drawn at the peak's rate are thinned to it. */
const SEASON = [0.6, 0.58, 0.62, 0.62, 0.64, 0.58, 0.52, 0.54, 0.62, 0.68, 1, 0.96];
const season = (time: number) => SEASON[new Date(time).getUTCMonth()]!;

interface Channel {
  readonly name: string;
  readonly share: number;
  /** Of the MBG/NBD at the peak of the season, in weeks. */
  readonly purchases: BetaGeometricParameters;
  /** Of the Gamma-Gamma, in EUR. */
  readonly spend: { readonly p: number; readonly q: number; readonly gamma: number };
}

const CHANNELS: readonly Channel[] = [
  {
    name: 'Organic search',
    share: 0.38,
    purchases: { r: 0.8, alpha: 5.5, a: 0.8, b: 3.6 },
    spend: { p: 5, q: 4.5, gamma: 38 },
  },
  {
    name: 'Newsletter',
    share: 0.17,
    purchases: { r: 1.1, alpha: 6.5, a: 0.6, b: 6 },
    spend: { p: 6, q: 5, gamma: 42 },
  },
  {
    name: 'Paid social',
    share: 0.28,
    purchases: { r: 0.6, alpha: 6, a: 1.1, b: 2.4 },
    spend: { p: 4, q: 4, gamma: 34 },
  },
  {
    name: 'Marketplace',
    share: 0.17,
    purchases: { r: 0.55, alpha: 7.5, a: 0.9, b: 2.5 },
    spend: { p: 4, q: 3.5, gamma: 30 },
  },
];

/** Times of the first orders: growing by the year and following the season, about CUSTOMERS of them. */
function acquisitions(random: Random): number[] {
  const days = Array.from({ length: DAYS }, (_, day) => FIRST_DAY + day * DAY);
  const demand = (time: number) => (1 + (0.5 * (time - FIRST_DAY)) / (365 * DAY)) * season(time);
  const total = days.reduce((sum, day) => sum + demand(day), 0);
  return days.flatMap((day) => Array.from({ length: random.poisson((CUSTOMERS * demand(day)) / total) }, () => day));
}

type UnnumberedOrder = Omit<StoreOrder, 'number'>;

/** A stream of draws of its own, for what must not change those of the orders. */
const streamOf = (seed: number, number: number) => createRandom(seed ^ Math.imul(number, 0x9e3779b1));

/** All orders of one customer, the first one on the given day. */
function ordersOf(random: Random, seed: number, number: number, firstDay: number): UnnumberedOrder[] {
  const channel = pick(random, CHANNELS, ({ share }) => share);
  const person = drawBuyer(random, number);
  const household = drawHousehold(random);
  const own = streamOf(seed, number);
  const shopper = new Shopper(own, drawTaste(own, household));
  const buyer = { ...person, channel: channel.name, household: household.name, shopper };
  const { p, q, gamma } = channel.spend;
  const nu = random.gamma(q, gamma);
  const week = 7 * DAY;
  const repeats = mbgNbd
    .simulate(channel.purchases, (END - firstDay - DAY) / week, random)
    .map((weeks) => firstDay + weeks * week)
    .filter((time) => random.uniform() < season(time));
  return [firstDay, ...repeats].map((day) => {
    const time = inOpeningHours(random, day);
    const onOffer = random.uniform() < (new Date(time).getUTCMonth() === 10 ? 0.35 : 0.1);
    return { time, buyer, lines: shopper.basket(random, time, random.gamma(p, nu), onOffer ? 0.15 : 0) };
  });
}

/** What comes back of about 4% of orders, 3 to 25 days later: everything, or one of several lines. */
function refundOf(random: Random, order: UnnumberedOrder): UnnumberedOrder | null {
  if (random.uniform() >= 0.04) return null;
  const time = inOpeningHours(random, order.time + (3 + 22 * random.uniform()) * DAY);
  if (time >= END) return null;
  const lines = random.uniform() < 0.5 ? order.lines : [any(random, order.lines)];
  return {
    ...order,
    time,
    lines: lines.map((line) => ({ ...line, quantity: -line.quantity, discount: line.discount && -line.discount })),
  };
}

/**
 * The demo store: about 5,000 customers of four channels over the three years to 2026-10-31. When they order and for how
 * much is drawn from MBG/NBD and Gamma-Gamma, what they order from their tastes and what they have bought before. Each line
 * takes the same draws whatever the catalogue, so that a change of it leaves customers, days and spend as they are.
 * The same seed gives the same store.
 */
export function simulateStore(seed = 20261031): Store {
  const random = createRandom(seed);
  const histories = acquisitions(random).map((day, i) => ordersOf(random, seed, i + 1, day));
  const orders = histories.flat().sort((a, b) => a.time - b.time);
  return {
    customers: histories.map(([first]) => first!.buyer),
    orders: orders
      .flatMap((order, i) => {
        const refund = refundOf(random, order);
        return (refund ? [order, refund] : [order]).map((document) => ({ ...document, number: `P-${100001 + i}` }));
      })
      .sort((a, b) => a.time - b.time),
  };
}
