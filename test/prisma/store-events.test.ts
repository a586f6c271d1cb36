import { expect, it } from 'vitest';

import { END, simulateStore } from '../../prisma/simulate-store.ts';
import { PRODUCTS } from '../../prisma/store-catalogue.ts';
import { simulateEvents } from '../../prisma/store-events.ts';

const WEEK = 7 * 86_400_000;

const store = simulateStore();
const events = simulateEvents(store);
const buyers = new Map(store.customers.map((customer) => [customer.customer, customer]));

it('is the same for the same seed', () => {
  expect(simulateEvents(simulateStore())).toEqual(events);
});

it('has some thousand views and carts of the last eight weeks, in chronological order', () => {
  expect(events.length).toBeGreaterThan(4000);
  expect(events.length).toBeLessThan(9000);
  const times = events.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]!).toBeGreaterThanOrEqual(END - 8 * WEEK);
  expect(times.at(-1)!).toBeLessThan(END);
  const carts = events.filter(({ kind }) => kind === 'added to cart').length / events.length;
  expect(carts).toBeGreaterThan(0.15);
  expect(carts).toBeLessThan(0.45);
});

it('knows a few dozen customers who have only looked', () => {
  const prospects = new Set(events.map(({ customer }) => customer).filter((customer) => !buyers.has(customer)));
  expect(prospects.size).toBeGreaterThan(24);
  expect(prospects.size).toBeLessThan(60);
});

it('has most of what was bought in that time looked at before', () => {
  const looked = new Set(events.map(({ customer, product }) => `${customer} ${product}`));
  const lines = store.orders
    .filter(({ time, lines }) => time >= END - 8 * WEEK && lines[0]!.quantity > 0)
    .flatMap(({ buyer, lines }) => lines.map(({ product }) => `${buyer.customer} ${product}`));
  expect(lines.filter((line) => looked.has(line)).length / lines.length).toBeGreaterThan(0.7);
});

it('has households look at what they like', () => {
  const needs = new Map(PRODUCTS.map(({ id, need }) => [id, need]));
  const share = (isTea: boolean) => {
    const own = events.filter(({ customer }) => {
      const buyer = buyers.get(customer);
      return buyer !== undefined && (buyer.household === 'tea') === isTea;
    });
    return own.filter(({ product }) => / tea$/.test(needs.get(product)!)).length / own.length;
  };
  expect(share(true)).toBeGreaterThan(5 * share(false));
});
