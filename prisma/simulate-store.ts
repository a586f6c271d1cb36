import type { BetaGeometricParameters } from '../server/models/beta-geometric.ts';
import { mbgNbd } from '../server/models/mbg-nbd.ts';
import { createRandom, type Random } from '../server/numerics/random.ts';
import { CATEGORIES, type CatalogueProduct, COUNTRIES, FIRST_NAMES, LAST_NAMES, PRODUCTS } from './store-catalogue.ts';

/** One line of an order, or of what came back: then the quantity is negative and the order is the one it belonged to. */
export interface StoreRow {
  readonly customer: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
  readonly channel: string;
  readonly order: string;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
  readonly product: string;
  readonly productName: string;
  readonly category: string;
  readonly quantity: number;
  /** EUR, before the discount. */
  readonly unitPrice: number;
  /** EUR off the line; of the sign of the quantity. */
  readonly discount: number;
  readonly currency: 'EUR';
  readonly unitCost: number;
}

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2023, 10, 1);
const END = Date.UTC(2026, 10, 1);
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

/** One of the items, by weight. */
function pick<T>(random: Random, items: readonly T[], weight: (item: T) => number): T {
  const weights = items.map(weight);
  let rest = random.uniform() * weights.reduce((sum, share) => sum + share, 0);
  for (const [i, item] of items.entries()) {
    rest -= weights[i]!;
    if (rest < 0) return item;
  }
  return items.at(-1)!;
}

const any = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random.uniform() * items.length)]!;

const cents = (amount: number) => Math.round(amount * 100) / 100;

/** Times of the first orders: growing by the year and following the season, about CUSTOMERS of them. */
function acquisitions(random: Random): number[] {
  const days = Array.from({ length: DAYS }, (_, day) => FIRST_DAY + day * DAY);
  const demand = (time: number) => (1 + (0.5 * (time - FIRST_DAY)) / (365 * DAY)) * season(time);
  const total = days.reduce((sum, day) => sum + demand(day), 0);
  return days.flatMap((day) => Array.from({ length: random.poisson((CUSTOMERS * demand(day)) / total) }, () => day));
}

/** The same day, between 7 and 22 o'clock UTC. */
const inOpeningHours = (random: Random, time: number) =>
  Math.floor(time / DAY) * DAY + Math.floor((7 + 15 * random.uniform()) * 3600) * 1000;

type Line = Pick<StoreRow, 'product' | 'productName' | 'category' | 'quantity' | 'unitPrice' | 'discount' | 'unitCost'>;

/** One to four lines worth about `value` EUR, mostly of the customer's favourite category. */
function basket(random: Random, value: number, favourite: string, discountRate: number): Line[] {
  const size = 1 + Math.min(3, random.poisson(value / 45));
  const lines: Line[] = [];
  let rest = value;
  for (let left = size; left > 0; left--) {
    const share = left === 1 ? rest : (rest / left) * (0.6 + 0.8 * random.uniform());
    const fits = ({ id, category, unitPrice }: CatalogueProduct) => {
      if (lines.some((line) => line.product === id)) return 0;
      const ratio = unitPrice / Math.max(6, share);
      return (category === favourite ? 3 : 1) * Math.min(ratio, 1 / ratio) ** 2;
    };
    const { id: product, name: productName, category, unitPrice, unitCost } = pick(random, PRODUCTS, fits);
    const quantity = Math.min(12, Math.max(1, Math.round(share / unitPrice)));
    const discount = cents(quantity * unitPrice * discountRate);
    lines.push({ product, productName, category, quantity, unitPrice, discount, unitCost });
    rest = Math.max(0, rest - quantity * unitPrice);
  }
  return lines;
}

interface Order {
  readonly time: number;
  readonly buyer: Pick<StoreRow, 'customer' | 'name' | 'email' | 'country' | 'channel'>;
  readonly lines: readonly Line[];
}

const asciiName = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();

/** All orders of one customer, the first one on the given day. */
function ordersOf(random: Random, number: number, firstDay: number): Order[] {
  const channel = pick(random, CHANNELS, ({ share }) => share);
  const [firstName, lastName] = [any(random, FIRST_NAMES), any(random, LAST_NAMES)];
  const buyer = {
    customer: `C-${String(number).padStart(5, '0')}`,
    name: `${firstName} ${lastName}`,
    email: `${asciiName(firstName)}.${asciiName(lastName)}${number}@example.${any(random, ['com', 'org', 'net'])}`,
    country: pick(random, COUNTRIES, ([, share]) => share)[0],
    channel: channel.name,
  };
  const favourite = any(random, CATEGORIES);
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
    return { time, buyer, lines: basket(random, random.gamma(p, nu), favourite, onOffer ? 0.15 : 0) };
  });
}

/** What comes back of about 4% of orders, 3 to 25 days later: everything, or one of several lines. */
function refundOf(random: Random, order: Order): Order | null {
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
 * The demo store: about 5,000 customers of four channels over the three years to 2026-10-31, drawn from MBG/NBD and
 * Gamma-Gamma, in chronological order. The same seed gives the same rows.
 */
export function* simulateStore(seed = 20261031): Generator<StoreRow> {
  const random = createRandom(seed);
  const orders = acquisitions(random).flatMap((day, i) => ordersOf(random, i + 1, day));
  orders.sort((a, b) => a.time - b.time);
  const documents = orders
    .flatMap((order, i) => {
      const refund = refundOf(random, order);
      return (refund ? [order, refund] : [order]).map((document) => ({ ...document, number: `P-${100001 + i}` }));
    })
    .sort((a, b) => a.time - b.time);
  for (const { time, buyer, number, lines } of documents) {
    const placedAt = new Date(time).toISOString();
    for (const line of lines) yield { ...buyer, order: number, placedAt, ...line, currency: 'EUR' };
  }
}
