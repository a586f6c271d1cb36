import { fmScore, type RfmScore, segmentOf } from '../../domain/rfm.ts';
import type { Segment } from '../../domain/segments.ts';

/** How many customers have a value. */
export interface ValueCount {
  readonly value: number;
  readonly count: number;
}

/** The smallest value of each class above the first, ascending; null where ties leave a class and those above it empty. */
export type Edges = readonly (number | null)[];

/** Frozen for a run, so that nobody's score moves because others moved. */
export interface RfmEdges {
  /** Of -(days since the last order): scores 2 to 5. */
  readonly recency: Edges;
  /** Of order days among repeat buyers: scores 3 to 5. */
  readonly frequency: Edges;
  /** Of the total net margin (revenue where no cost is known): scores 2 to 5. */
  readonly monetary: Edges;
}

export interface RfmCustomer {
  readonly daysSinceLastOrder: number;
  /** Days with an order, >= 1. */
  readonly orderDays: number;
  readonly monetaryValue: number;
}

export interface RfmScores {
  readonly r: RfmScore;
  readonly f: RfmScore;
  readonly m: RfmScore;
  readonly fm: RfmScore;
  readonly segment: Segment;
}

/** How often each value was seen. */
export class Tally {
  readonly #counts = new Map<number, number>();
  total = 0;

  add(value: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    this.total++;
  }

  /** Ascending. */
  values(): ValueCount[] {
    return [...this.#counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
  }

  /** Of `of` each value, added up in an order that does not depend on that in which they came. */
  sum(of: (value: number) => number = (value) => value): number {
    return this.values().reduce((sum, { value, count }) => sum + count * of(value), 0);
  }
}

/**
 * Edges that cut a distribution into `classes` by mid-rank u = (#less + #equal/2) / N: a value is in class
 * 1 + floor(classes u), so equal values share a class and the order of rows does not matter.
 * @param values distinct, ascending.
 */
export function midRankEdges(values: readonly ValueCount[], classes: number): Edges {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const edges: (number | null)[] = new Array(classes - 1).fill(null);
  let less = 0;
  for (const { value, count } of values) {
    // In integers, so that a value exactly on a boundary falls on its upper side.
    const doubledRank = classes * (2 * less + count);
    const classesBelow = (doubledRank - (doubledRank % (2 * total))) / (2 * total);
    for (let i = 0; i < classesBelow; i++) edges[i] ??= value;
    less += count;
  }
  return edges;
}

/** Number of edges at or below the value, 0 to edges.length. */
export function classOf(value: number, edges: Edges): number {
  return edges.filter((edge) => edge !== null && value >= edge).length;
}

/** @param customers one histogram per scale, over customers with an order; the daysSinceLastOrder and orderDays as they are. */
export function rfmEdges(customers: {
  readonly daysSinceLastOrder: readonly ValueCount[];
  readonly orderDays: readonly ValueCount[];
  readonly monetaryValue: readonly ValueCount[];
}): RfmEdges {
  const recency = customers.daysSinceLastOrder.map(({ value, count }) => ({ value: -value, count }));
  return {
    recency: midRankEdges(recency.reverse(), 5),
    frequency: midRankEdges(
      customers.orderDays.filter(({ value }) => value > 1),
      4,
    ),
    monetary: midRankEdges(customers.monetaryValue, 5),
  };
}

/** Scores of a customer with at least one order. F is 1 for a single order; repeat buyers are cut in four, 2 to 5. */
export function rfmScores(customer: RfmCustomer, edges: RfmEdges): RfmScores {
  const r = (1 + classOf(-customer.daysSinceLastOrder, edges.recency)) as RfmScore;
  const f = (customer.orderDays === 1 ? 1 : 2 + classOf(customer.orderDays, edges.frequency)) as RfmScore;
  const m = (1 + classOf(customer.monetaryValue, edges.monetary)) as RfmScore;
  const fm = fmScore(f, m);
  return { r, f, m, fm, segment: segmentOf(r, fm) };
}
