/** What the formulas need to know of a store; revenue is net and in one currency. */
export interface StoreTotals {
  /** Customers with at least one order. */
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
  /** Months from each customer's first order to the end of observation, added up. */
  readonly observedMonths: number;
  /** Months from each customer's first to last order, added up. */
  readonly lifespanMonths: number;
  /** Months with an order, counted by customer and added up. */
  readonly activeMonths: number;
  /** Share of the customers with an order in one month who have none in the next, in [0, 1]; null where none is known. */
  readonly monthlyChurnRate: number | null;
  /** Share of revenue that is kept, in [0, 1]. */
  readonly marginRate: number;
}

export interface Formula {
  readonly name: string;
  readonly definition: string;
  readonly weakness: string;
  /** Value of a customer on average, in the currency of the revenue, discounted by nothing; null where it cannot be known. */
  readonly perCustomer: (totals: StoreTotals) => number | null;
}

/** The value, or null where a divisor was 0 or a figure missing. */
const known = (value: number) => (Number.isFinite(value) ? value : null);

/** The formulas of the field, to compare the models with. */
export const FORMULAS = {
  HISTORIC: {
    name: 'Historic value',
    definition: 'Net revenue so far, times margin, per customer.',
    weakness: 'It ignores the future and favours customers who came early.',
    perCustomer: ({ customers, revenue, marginRate }) => known((marginRate * revenue) / customers),
  },
  AOV_FREQUENCY_LIFESPAN: {
    name: 'Order value x frequency x lifespan',
    definition:
      'Average order value times orders a year since the first order, times the mean years from first to last order, times margin.',
    weakness:
      'It treats customers as alike, and counts a customer’s life as over at the last order, so that a one-time buyer has no value.',
    perCustomer({ customers, orders, revenue, observedMonths, lifespanMonths, marginRate }) {
      const orderValue = revenue / orders;
      const ordersPerYear = orders / (observedMonths / 12);
      const lifespanYears = lifespanMonths / customers / 12;
      return known(orderValue * ordersPerYear * lifespanYears * marginRate);
    },
  },
  ARPU_MARGIN_CHURN: {
    name: 'Monthly revenue x margin / churn',
    definition:
      'Revenue per customer in a month with an order, times margin, divided by the share of such customers with no order in the next month.',
    weakness: 'It assumes one churn rate for all, and counts every customer who skips a month as lost.',
    perCustomer({ revenue, activeMonths, monthlyChurnRate, marginRate }) {
      return monthlyChurnRate === null ? null : known(((revenue / activeMonths) * marginRate) / monthlyChurnRate);
    },
  },
} as const satisfies Readonly<Record<string, Formula>>;

export type FormulaKey = keyof typeof FORMULAS;

/** The value of a customer by each formula. */
export const formulaClvs = (totals: StoreTotals): { key: FormulaKey; perCustomer: number | null }[] =>
  (Object.keys(FORMULAS) as FormulaKey[]).map((key) => ({ key, perCustomer: FORMULAS[key].perCustomer(totals) }));
