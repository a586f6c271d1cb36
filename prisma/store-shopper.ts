import type { Random } from '../server/engine/numerics/random.ts';
import { type CatalogueProduct, PRODUCTS } from './store-catalogue.ts';
import { DAY, pickIndex } from './store-draws.ts';
import { GOES_WITH, type Taste } from './store-tastes.ts';

export interface Line {
  readonly product: string;
  readonly productName: string;
  readonly category: string;
  readonly quantity: number;
  /** EUR, before the discount. */
  readonly unitPrice: number;
  /** EUR off the line; of the sign of the quantity. */
  readonly discount: number;
  readonly unitCost: number;
}

/** Shape of the gamma distributed time in which a purchase is used up. */
const USE = 8;
/** How much more a used up product is wanted than one never bought, and how much less one that is still there. */
const DUE = 14;
const THERE = 0.05;
/** For what lasts: how much it is wanted again, how much something more expensive for the same need, and anything else for it. */
const AGAIN = 0.02;
const UPGRADE = 0.35;
const OTHER = 0.08;

const cents = (amount: number) => Math.round(amount * 100) / 100;

const isOnSale = ({ launchedAt, isForChristmas }: CatalogueProduct, time: number) =>
  time >= (launchedAt ?? 0) && (!isForChristmas || new Date(time).getUTCMonth() >= 9);

/** One customer's purchases so far, and what they make of the next ones. */
export class Shopper {
  readonly #random: Random;
  readonly #taste: Taste;
  /** By product: when it was bought last, and when it will be used up. */
  readonly #bought = new Map<number, { readonly at: number; readonly usedUpAt: number }>();
  /** By need: the dearest tier bought. */
  readonly #tiers = new Map<string, number>();
  /** By product: how many times as much it is wanted for what is owned. */
  readonly #fitting = new Float64Array(PRODUCTS.length).fill(1);

  /** @param random For what is drawn beside orders, so that those stay what they are. */
  constructor(random: Random, taste: Taste) {
    this.#random = random;
    this.#taste = taste;
  }

  /** How much each product is wanted at a time. */
  wishes(time: number): Float64Array {
    const wishes = new Float64Array(PRODUCTS.length);
    for (const [i, product] of PRODUCTS.entries())
      if (isOnSale(product, time))
        wishes[i] = this.#taste.liking[i]! * this.#fitting[i]! * this.#lack(product, i, time);
    return wishes;
  }

  /** One to four lines of different products worth about `value` EUR. */
  basket(random: Random, time: number, value: number, discountRate: number): Line[] {
    const wishes = this.wishes(time);
    const chosen: number[] = [];
    const lines: Line[] = [];
    let rest = value;
    for (let left = 1 + Math.min(3, random.poisson(value / 45)); left > 0; left--) {
      const share = left === 1 ? rest : (rest / left) * (0.6 + 0.8 * random.uniform());
      const weights = wishes.map((wish, i) => wish && wish * suits(PRODUCTS[i]!, share, left === 1));
      const index = pickIndex(random, weights);
      wishes[index] = 0;
      chosen.push(index);
      const { id: product, name: productName, category, unitPrice, unitCost } = PRODUCTS[index]!;
      const quantity = quantityFor(PRODUCTS[index]!, share);
      const discount = cents(quantity * unitPrice * discountRate);
      lines.push({ product, productName, category, quantity, unitPrice, discount, unitCost });
      rest = Math.max(0, rest - quantity * unitPrice);
    }
    for (const index of chosen) this.#take(index, time);
    return lines;
  }

  /** For how much the want of a product counts, by what is there of it and of its like. */
  #lack({ need, tier, pace }: CatalogueProduct, index: number, time: number): number {
    const own = this.#bought.get(index);
    if (pace === null) {
      if (own !== undefined) return AGAIN;
      const owned = this.#tiers.get(need);
      if (owned === undefined) return 1;
      return tier > owned ? UPGRADE : OTHER;
    }
    if (own === undefined) return 1;
    const used = (time - own.at) / (own.usedUpAt - own.at);
    return THERE + (DUE - THERE) * Math.min(1, Math.max(0, 4 * used - 3)) ** 2;
  }

  #take(index: number, time: number): void {
    const { need, tier, pace } = PRODUCTS[index]!;
    const lasts = (pace ?? 0) * this.#taste.haste * this.#random.gamma(USE, USE);
    this.#bought.set(index, { at: time, usedUpAt: time + Math.max(1, lasts) * DAY });
    const owned = this.#tiers.get(need);
    this.#tiers.set(need, Math.max(tier, owned ?? tier));
    if (owned !== undefined) return;
    const fitting = GOES_WITH[need] ?? {};
    for (const [i, product] of PRODUCTS.entries()) this.#fitting[i]! *= fitting[product.need] ?? 1;
  }
}

const quantityFor = ({ unitPrice, most }: CatalogueProduct, share: number) =>
  Math.min(most, Math.max(1, Math.round(share / unitPrice)));

/** How well a product meets what is to be spent: the last line must, so that the order reaches its value; the others may leave some. */
function suits(product: CatalogueProduct, share: number, isLast: boolean): number {
  const ratio = (quantityFor(product, share) * product.unitPrice) / Math.max(6, share);
  if (ratio > 1) return 1 / (ratio * ratio);
  return isLast ? ratio ** 6 : Math.sqrt(ratio);
}
