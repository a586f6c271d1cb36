/** Customers who are to get something. */
export interface Spending {
  readonly customers: number;
  /** Per customer, >= 0; null where unknown: it is taken to cost nothing. */
  readonly cost: number | null;
  /** Expected net value per customer; null where unknown. */
  readonly value: number | null;
  /** Which of several of unknown value goes first: the highest. */
  readonly priority: number;
}

export interface Spent {
  /** Customers that the budget pays for, in the order given. */
  readonly customers: readonly number[];
  readonly spent: number;
  readonly customersLeftOut: number;
  readonly costLeftOut: number;
}

/** Sums of costs are off by this part of a message at most. */
const ROUNDING = 1e-9;

/**
 * Spends a budget where a unit of it is expected to add most. What costs nothing comes first; what is not known to add anything
 * comes after what does and before what is expected to lose. With values in proportion to customers no other way adds more, but for
 * less than one message's worth (Dantzig 1957, the fractional knapsack).
 * @param budget >= 0, null for no limit.
 */
export function spend(items: readonly Spending[], budget: number | null): Spent {
  const customers = items.map(() => 0);
  let spent = 0;
  for (const i of [...items.keys()].sort((a, b) => compare(items[a]!, items[b]!) || a - b)) {
    const { customers: wanted, cost } = items[i]!;
    const affordable = budget === null || !cost ? wanted : Math.floor((budget - spent) / cost + ROUNDING);
    customers[i] = Math.min(wanted, Math.max(0, affordable));
    spent += customers[i]! * (cost ?? 0);
  }
  const leftOut = items.map((item, i) => item.customers - customers[i]!);
  return {
    customers,
    spent: Math.min(spent, budget ?? spent),
    customersLeftOut: leftOut.reduce((sum, each) => sum + each, 0),
    costLeftOut: leftOut.reduce((sum, each, i) => sum + each * (items[i]!.cost ?? 0), 0),
  };
}

/** Negative where the first is to be paid first. */
function compare(a: Spending, b: Spending): number {
  const [first, second] = [perUnit(a), perUnit(b)];
  return first === second ? b.priority - a.priority : second - first;
}

const perUnit = ({ cost, value }: Spending) => (cost ? (value ?? 0) / cost : Number.POSITIVE_INFINITY);
