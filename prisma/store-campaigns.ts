import type { CampaignChannel, CampaignKind, CampaignTrigger } from '../server/domain/campaigns.ts';
import { createRandom, type Random } from '../server/engine/numerics/random.ts';
import { END, type Store, type StoreCustomer, type StoreOrder } from './simulate-store.ts';
import { DAY, inOpeningHours, pick } from './store-draws.ts';

interface Variant {
  readonly name: string;
  readonly weight: number;
  readonly isControl?: boolean;
  /** Off the orders that it brings about. */
  readonly discountRate?: number;
  /** Probability of an order that would not have come; below 0 the share of orders in the window that are not placed for it. */
  effect(buyer: StoreCustomer): number;
}

export interface StoreCampaign {
  readonly name: string;
  readonly kind: CampaignKind;
  readonly channel: CampaignChannel;
  readonly trigger: CampaignTrigger;
  readonly costPerMessage: number;
  /** First and last day on which customers are assigned. */
  readonly from: number;
  readonly to: number;
  /** The customers that it is for, by days since the last order. */
  readonly silentDays: readonly [number, number];
  readonly variants: readonly Variant[];
}

/** What the tools that send a campaign would export of one customer. Times that never came are null. */
export interface StoreExposure {
  readonly campaign: StoreCampaign;
  readonly customer: string;
  readonly variant: Variant;
  readonly assigned: number;
  readonly sent: number | null;
  readonly delivered: number | null;
  readonly opened: number | null;
  readonly clicked: number | null;
  readonly converted: number | null;
  readonly unsubscribed: number | null;
  readonly bounced: number | null;
  readonly complained: number | null;
}

const WINDOW = 14 * DAY;
const HOUR = DAY / 24;

const control: Variant = { name: 'control', weight: 1, isControl: true, effect: () => 0 };
const email = { channel: 'EMAIL', costPerMessage: 0.02 } as const;
const once = (day: number) => ({ trigger: 'BROADCAST', from: day, to: day }) as const;

const CAMPAIGNS: readonly StoreCampaign[] = [
  {
    name: 'Black Friday 2025',
    kind: 'SEASONAL',
    ...email,
    ...once(Date.UTC(2025, 10, 28)),
    silentDays: [1, 700],
    variants: [{ name: 'everybody', weight: 1, discountRate: 0.2, effect: () => 0.03 }],
  },
  {
    name: 'Spring win-back',
    kind: 'WIN_BACK',
    ...email,
    trigger: 'INACTION',
    from: Date.UTC(2026, 2, 2),
    to: Date.UTC(2026, 3, 5),
    silentDays: [90, 500],
    variants: [
      { name: '10% off', weight: 2, discountRate: 0.1, effect: () => 0.09 },
      { name: 'Free shipping', weight: 2, effect: () => 0.025 },
      control,
    ],
  },
  {
    name: 'Refill reminder',
    kind: 'REPLENISHMENT',
    ...email,
    trigger: 'ACTION',
    from: Date.UTC(2026, 4, 1),
    to: Date.UTC(2026, 7, 20),
    silentDays: [20, 90],
    variants: [
      { name: 'Reminder', weight: 2, effect: ({ channel }) => (channel === 'Newsletter' ? 0.16 : 0.1) },
      control,
    ],
  },
  {
    name: 'Autumn letter',
    kind: 'LOYALTY',
    ...email,
    ...once(Date.UTC(2026, 8, 15)),
    silentDays: [7, 365],
    variants: [
      {
        name: 'Picked for you',
        weight: 1,
        effect: ({ channel }) => (channel === 'Newsletter' ? 0.16 : channel === 'Marketplace' ? -0.8 : 0.03),
      },
      { name: 'Stories', weight: 1, effect: () => 0 },
      control,
    ],
  },
  {
    name: 'Cart reminder',
    kind: 'CART_ABANDONMENT',
    channel: 'PUSH',
    costPerMessage: 0.005,
    trigger: 'ACTION',
    from: Date.UTC(2026, 9, 5),
    to: Date.UTC(2026, 9, 30),
    silentDays: [3, 240],
    variants: [{ name: 'Reminder', weight: 1, effect: () => 0.06 }, control],
  },
];

/** A customer's orders, and what campaigns make of them. */
interface History {
  readonly buyer: StoreCustomer;
  readonly orders: StoreOrder[];
}

/** The message on its way, as far as it comes. */
function send(
  random: Random,
  sent: number,
  order: number | null,
): Omit<StoreExposure, 'campaign' | 'customer' | 'variant' | 'assigned'> {
  const delivered = sent + 60_000;
  const opened = delivered + Math.floor(30 * random.uniform() ** 3 * HOUR);
  const clicked = opened + 90_000;
  const [bounces, opens, clicks, leaves, complains] = [0.012, 0.34, 0.13, 0.004, 0.0006].map(
    (share) => random.uniform() < share,
  );
  const none = { opened: null, clicked: null, converted: null, unsubscribed: null, bounced: null, complained: null };
  if (order === null && bounces) return { ...none, sent, delivered: null, bounced: delivered };
  // Whoever orders because of it has read it before.
  if (order !== null)
    return { ...none, sent, delivered, opened: order - HOUR, clicked: order - HOUR / 2, converted: order };
  return {
    ...none,
    sent,
    delivered,
    opened: opens ? opened : null,
    clicked: opens && clicks ? clicked : null,
    unsubscribed: opens && leaves ? opened + 60_000 : null,
    complained: complains ? delivered + HOUR : null,
  };
}

const totalOf = ({ lines }: StoreOrder) =>
  lines.reduce((sum, { quantity, unitPrice, discount }) => sum + quantity * unitPrice - discount, 0);

/**
 * What five campaigns made of the store: who was in which, and the orders with those that they brought about and without
 * those that they kept away. The last one's windows are still open when the simulation ends. The same seed gives the same.
 */
export function simulateCampaigns(
  store: Store,
  seed = 20261031,
): { readonly store: Store; readonly exposures: readonly StoreExposure[] } {
  const random = createRandom(seed + 2);
  const histories = new Map<string, History>(store.customers.map((buyer) => [buyer.customer, { buyer, orders: [] }]));
  for (const order of store.orders)
    if (order.lines[0]!.quantity > 0) histories.get(order.buyer.customer)!.orders.push(order);
  const exposures: StoreExposure[] = [];
  const added: Omit<StoreOrder, 'number'>[] = [];
  const kept = new Set<string>();

  function expose(campaign: StoreCampaign, { buyer, orders }: History, assigned: number): void {
    const variant = pick(random, campaign.variants, ({ weight }) => weight);
    const effect = variant.effect(buyer);
    let order: number | null = null;
    if (random.uniform() < effect) {
      const time = inOpeningHours(random, assigned + (1 + 12 * random.uniform() ** 2) * DAY);
      const usual = orders.reduce((sum, each) => sum + totalOf(each), 0) / orders.length;
      const value = usual * (0.6 + 0.6 * random.uniform());
      if (time < END) {
        order = time;
        added.push({ time, buyer, lines: buyer.shopper.basket(random, time, value, variant.discountRate ?? 0) });
      }
    } else if (effect < 0) {
      for (const { time, number } of orders)
        if (time >= assigned && time < assigned + WINDOW && random.uniform() < -effect) kept.add(number);
    }
    const nothing = { sent: null, delivered: null, opened: null, clicked: null, converted: null } as const;
    const outcome = variant.isControl
      ? { ...nothing, unsubscribed: null, bounced: null, complained: null }
      : send(random, assigned + HOUR, order);
    exposures.push({ campaign, customer: buyer.customer, variant, assigned, ...outcome });
  }

  for (const campaign of CAMPAIGNS) {
    for (const history of histories.values()) {
      const day = campaign.from + Math.floor(random.uniform() * ((campaign.to - campaign.from) / DAY + 1)) * DAY;
      const assigned = day + 7 * HOUR;
      const last = history.orders.findLast(({ time }) => time < assigned);
      if (last === undefined) continue;
      const silent = (assigned - last.time) / DAY;
      if (silent >= campaign.silentDays[0] && silent < campaign.silentDays[1]) expose(campaign, history, assigned);
    }
  }
  const numbered = added.sort((a, b) => a.time - b.time).map((order, i) => ({ ...order, number: `P-${200001 + i}` }));
  const orders = [...store.orders.filter(({ number }) => !kept.has(number)), ...numbered].sort(
    (a, b) => a.time - b.time,
  );
  return { store: { ...store, orders }, exposures: exposures.sort((a, b) => a.assigned - b.assigned) };
}
