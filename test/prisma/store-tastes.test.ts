import { expect, it } from 'vitest';

import { simulateStore } from '../../prisma/simulate-store.ts';
import { PRODUCTS } from '../../prisma/store-catalogue.ts';
import { HOUSEHOLDS } from '../../prisma/store-tastes.ts';

const DAY = 86_400_000;

const store = simulateStore();
const orders = store.orders.filter(({ lines }) => lines[0]!.quantity > 0);
const byId = new Map(PRODUCTS.map((product) => [product.id, product]));
const needOf = (product: string) => byId.get(product)!.need;

/** By customer and need: when something for it was bought. */
const bought = new Map<string, Map<string, number[]>>();
/** By customer and product likewise. */
const times = new Map<string, Map<string, number[]>>();
const put = (into: typeof bought, customer: string, key: string, time: number) => {
  const own = into.get(customer) ?? new Map<string, number[]>();
  into.set(customer, own.set(key, [...(own.get(key) ?? []), time]));
};
for (const { time, buyer, lines } of orders) {
  for (const { product } of lines) {
    put(bought, buyer.customer, needOf(product), time);
    put(times, buyer.customer, product, time);
  }
}

const customers = [...bought.values()];
/** How many times as often buyers of one thing buy another as all others do. */
function lift(of: string, other: string): number {
  const share = (group: typeof customers) => group.filter((own) => own.has(other)).length / group.length;
  return share(customers.filter((own) => own.has(of))) / share(customers.filter((own) => !own.has(of)));
}

it.each([
  ['dripper', 'paper filters'],
  ['espresso machine', 'descaler'],
  ['espresso machine', 'espresso cups'],
  ['espresso machine', 'milk jug'],
  ['matcha', 'matcha set'],
  ['granola', 'oat drink'],
  ['teapot', 'green tea'],
])('has buyers of %s buy %s, which go with it, at least 2.5 times as often as others do', (of, other) => {
  expect(lift(of, other)).toBeGreaterThan(2.5);
});

it('sells to each household mostly what it wants', () => {
  for (const { name, wants } of HOUSEHOLDS) {
    const needs = store.orders.filter(({ buyer }) => buyer.household === name);
    const lines = needs.flatMap(({ lines }) => lines);
    const wanted = lines.filter(({ product }) => (wants[needOf(product)] ?? 0) > 1);
    expect(wanted.length / lines.length, name).toBeGreaterThan(0.5);
  }
});

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

it.each(['espresso beans', 'filter coffee', 'black tea', 'paper filters', 'spread'])(
  'sees customers who order often come back for the same %s near its pace',
  (need) => {
    const { pace } = PRODUCTS.find((product) => product.need === need)!;
    const visits = new Map<string, number[]>();
    for (const { time, buyer } of orders) visits.set(buyer.customer, [...(visits.get(buyer.customer) ?? []), time]);
    const gaps: number[] = [];
    for (const [customer, own] of times) {
      const days = visits.get(customer)!;
      const usual = (days.at(-1)! - days[0]!) / (days.length - 1) / DAY;
      if (!(usual < pace! / 2)) continue;
      for (const [product, at] of own)
        if (needOf(product) === need) gaps.push(...at.slice(1).map((time, i) => (time - at[i]!) / DAY));
    }
    expect(gaps.length).toBeGreaterThan(30);
    expect(median(gaps) / pace!).toBeGreaterThan(0.75);
    expect(median(gaps) / pace!).toBeLessThan(1.4);
  },
);

it('sells consumables again to many, what lasts hardly ever', () => {
  const again = (lasts: boolean) => {
    const all = [...times.values()].flatMap((own) =>
      [...own].filter(([product]) => (byId.get(product)!.pace === null) === lasts),
    );
    return all.filter(([, at]) => at.length > 1).length / all.length;
  };
  expect(again(false)).toBeGreaterThan(0.15);
  expect(again(true)).toBeLessThan(0.02);
});

it('has those who pay more for coffee pay more for grinders, cups and tea, too', () => {
  const tiers = new Map<string, [number[], number[]]>();
  for (const { buyer, lines } of orders) {
    const own = tiers.get(buyer.customer) ?? [[], []];
    for (const { product } of lines)
      own[byId.get(product)!.category === 'Coffee' ? 0 : 1].push(byId.get(product)!.tier);
    tiers.set(buyer.customer, own);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const both = [...tiers.values()].filter((own) => own.every(({ length }) => length >= 3));
  const others = (isDear: boolean) =>
    mean(both.filter(([coffee]) => (isDear ? mean(coffee) > 0.3 : mean(coffee) < -0.3)).map(([, rest]) => mean(rest)));
  expect(others(true) - others(false)).toBeGreaterThan(0.3);
});

it('sells nothing before its launch, and advent calendars only from October on', () => {
  const isEarly = (time: number, product: string) => {
    const { launchedAt, isForChristmas } = byId.get(product)!;
    return time < (launchedAt ?? 0) || (isForChristmas && new Date(time).getUTCMonth() < 9);
  };
  const early = orders.flatMap(({ time, lines }) => lines.filter(({ product }) => isEarly(time, product)));
  expect(early).toEqual([]);
});
