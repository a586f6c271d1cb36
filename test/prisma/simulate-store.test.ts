import { expect, it } from 'vitest';

import { simulateStore } from '../../prisma/simulate-store.ts';
import { SEGMENTS } from '../../server/domain/segments.ts';
import { rfmEdges, rfmScores } from '../../server/engine/analytics/rfm.ts';
import { histogram } from '../support/histogram.ts';
import { storeRows } from '../support/store-rows.ts';

const rows = storeRows(simulateStore());
const sold = rows.filter((row) => row.quantity > 0);
const returned = rows.filter((row) => row.quantity < 0);

const count = (values: readonly string[]) => new Set(values).size;
const amount = ({ quantity, unitPrice, discount }: (typeof rows)[number]) => quantity * unitPrice - discount;

function sumBy<K>(key: (row: (typeof rows)[number]) => K): Map<K, number> {
  const sums = new Map<K, number>();
  for (const row of sold) sums.set(key(row), (sums.get(key(row)) ?? 0) + amount(row));
  return sums;
}

it('is the same store for the same seed, and another for another', () => {
  expect(JSON.stringify(storeRows(simulateStore())) === JSON.stringify(rows)).toBe(true);
  expect(storeRows(simulateStore(1)).slice(0, 50)).not.toEqual(rows.slice(0, 50));
});

it('has about 5,000 customers and 15,000 to 20,000 orders in three years', () => {
  expect(Math.abs(count(rows.map((row) => row.customer)) - 5000)).toBeLessThan(200);
  const orders = count(sold.map((row) => row.order));
  expect(orders).toBeGreaterThan(15_000);
  expect(orders).toBeLessThan(20_000);
  expect(rows[0]!.placedAt.slice(0, 7)).toBe('2023-11');
  expect(rows.at(-1)!.placedAt.slice(0, 7)).toBe('2026-10');
});

it('comes in chronological order', () => {
  const times = rows.map((row) => row.placedAt);
  expect(times).toEqual(times.toSorted());
});

it('spreads over ten countries, four channels and nine categories', () => {
  expect(count(rows.map((row) => row.country))).toBe(10);
  expect(count(rows.map((row) => row.channel))).toBe(4);
  expect(count(rows.map((row) => row.category))).toBe(9);
});

it('sells more in November and December', () => {
  const months = sumBy((row) => row.placedAt.slice(0, 7));
  expect(months.get('2025-11')!).toBeGreaterThan(1.3 * months.get('2025-09')!);
  expect(months.get('2025-12')!).toBeGreaterThan(1.3 * months.get('2026-02')!);
});

it('keeps orders at one to four lines of different products', () => {
  const products = new Map<string, string[]>();
  for (const row of sold) products.set(row.order, [...(products.get(row.order) ?? []), row.product]);
  expect([...products.values()].filter((lines) => lines.length > 4 || count(lines) < lines.length)).toEqual([]);
});

it('is spent at as Gamma-Gamma says: half of the orders under 45 EUR, one in ten over 110', () => {
  const values = [...sumBy((row) => row.order).values()].sort((a, b) => a - b);
  const quantile = (share: number) => values[Math.floor(share * values.length)]!;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [value, expected] of [
    [mean, 58],
    [quantile(0.1), 19.5],
    [quantile(0.5), 45],
    [quantile(0.9), 110],
  ] as const)
    expect(Math.abs(value / expected - 1)).toBeLessThan(0.06);
});

it('sells every line above cost and in whole cents', () => {
  expect(sold.filter((row) => amount(row) <= row.quantity * row.unitCost)).toEqual([]);
  expect(sold.filter(({ discount }) => Math.round(discount * 100) / 100 !== discount)).toEqual([]);
});

it('takes about 4% of orders back, each line later and as it was sold', () => {
  const share = count(returned.map((row) => row.order)) / count(sold.map((row) => row.order));
  expect(share).toBeGreaterThan(0.03);
  expect(share).toBeLessThan(0.05);
  const lines = new Map(sold.map((row) => [`${row.order} ${row.product}`, row]));
  for (const row of returned) {
    const sale = lines.get(`${row.order} ${row.product}`)!;
    expect(row.placedAt > sale.placedAt).toBe(true);
    expect(amount(row)).toBe(-amount(sale));
    expect(row.customer).toBe(sale.customer);
  }
});

it('gives each customer one name and one e-mail address at an example domain', () => {
  const person = ({ name, email, country, channel }: (typeof rows)[number]) => `${name} ${email} ${country} ${channel}`;
  const people = new Map(rows.map((row) => [row.customer, person(row)]));
  expect(rows.filter((row) => people.get(row.customer) !== person(row))).toEqual([]);
  const emails = [...new Set(rows.map((row) => row.email))];
  expect(emails.length).toBe(people.size);
  expect(emails.filter((email) => !/^[a-z]+\.[a-z]+\d+@example\.(com|org|net)$/.test(email))).toEqual([]);
});

it('populates every segment, with many one-time buyers and some heavy ones', () => {
  const end = Date.parse('2026-10-31') / 86_400_000;
  const revenue = sumBy((row) => row.customer);
  const days = new Map<string, Set<number>>();
  for (const { customer, placedAt } of sold) {
    const seen = days.get(customer) ?? new Set();
    days.set(customer, seen.add(Math.floor(Date.parse(placedAt) / 86_400_000)));
  }
  const customers = [...days].map(([customer, seen]) => ({
    daysSinceLastOrder: end - Math.max(...seen),
    orderDays: seen.size,
    monetaryValue: revenue.get(customer)!,
  }));
  const edges = rfmEdges({
    daysSinceLastOrder: histogram(customers.map((c) => c.daysSinceLastOrder)),
    orderDays: histogram(customers.map((c) => c.orderDays)),
    monetaryValue: histogram(customers.map((c) => c.monetaryValue)),
  });
  const segments = new Set(customers.map((customer) => rfmScores(customer, edges).segment));
  expect([...segments].sort()).toEqual(SEGMENTS.filter((segment) => segment !== 'PROSPECT').sort());
  const oneTime = customers.filter((customer) => customer.orderDays === 1).length / customers.length;
  expect(oneTime).toBeGreaterThan(0.4);
  expect(oneTime).toBeLessThan(0.65);
  expect(customers.filter((customer) => customer.orderDays > 20).length).toBeGreaterThan(30);
});
