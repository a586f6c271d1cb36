import type pg from 'pg';

import { shared } from '../compute/shared.ts';
import { dayNumber } from '../domain/day.ts';
import {
  type Entry,
  FEEDBACK_WEIGHT,
  type Interactions,
  interactionsOf,
  joinInteractions,
} from '../engine/recommenders/interactions.ts';
import { findSoldProducts, type InteractionPage, interactionPages, type SoldProduct } from './data/interactions.ts';

/** What recommenders are made from, with the names behind their numbers. */
export interface Base {
  readonly data: Interactions;
  /** By user, ascending. */
  readonly customerIds: readonly string[];
  /** By item, ascending by id. */
  readonly products: readonly SoldProduct[];
  /** By group; the first is that of customers whose country is unknown. */
  readonly countries: readonly string[];
}

/** Countries beyond so many count as unknown. */
const MOST_COUNTRIES = 250;

/** Everybody with a purchase or event by the as-of day; its arrays are shared with worker threads. */
export async function gatherInteractions(pool: pg.Pool, workspaceId: string, asOf: string): Promise<Base> {
  const products = await findSoldProducts(pool, workspaceId);
  const itemOf = new Map(products.map(({ id }, item) => [id, item]));
  const groupOf = new Map([['', 0]]);
  const customerIds: string[] = [];
  const parts: Interactions[] = [];
  for await (const page of interactionPages(pool, workspaceId, asOf)) {
    const entries = entriesOf(page, itemOf, dayNumber(asOf));
    const active = page.customers.filter(({ id }) => entries.has(id));
    const groups = active.map(({ country }) => groupIn(groupOf, country ?? ''));
    parts.push(
      interactionsOf(
        active.map(({ id }) => entries.get(id)!),
        products.length,
        groups,
      ),
    );
    for (const { id } of active) customerIds.push(id);
  }
  const data = shared(joinInteractions(parts, products.length));
  return { data, customerIds, products, countries: [...groupOf.keys()] };
}

function groupIn(groupOf: Map<string, number>, country: string): number {
  if (!groupOf.has(country) && groupOf.size <= MOST_COUNTRIES) groupOf.set(country, groupOf.size);
  return groupOf.get(country) ?? 0;
}

function entriesOf(
  { purchases, events }: InteractionPage,
  itemOf: ReadonlyMap<string, number>,
  today: number,
): Map<string, Entry[]> {
  const entries = new Map<string, Entry[]>();
  const add = (customerId: string, productId: string, day: number, weight: number) => {
    const item = itemOf.get(productId);
    if (item === undefined || day > today) return;
    const own = entries.get(customerId);
    const entry = { item, age: today - day, weight };
    if (own === undefined) entries.set(customerId, [entry]);
    else own.push(entry);
  };
  for (const { customerId, productId, days } of purchases)
    for (const day of days) add(customerId, productId, day, FEEDBACK_WEIGHT.BOUGHT);
  for (const { customerId, productId, kind, day } of events) add(customerId, productId, day, FEEDBACK_WEIGHT[kind]);
  return entries;
}
