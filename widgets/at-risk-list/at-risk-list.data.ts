import type {
  AtRiskListQuery,
  AtRiskListQueryVariables,
  CustomerSort,
  CustomerSortField,
  Segment,
} from '../generated/graphql.ts';
import { amountComplaint, type Complaint, countComplaint } from '../shared/names.ts';

export type AtRiskCustomer = AtRiskListQuery['atRiskCustomers']['nodes'][number];

/** A page of the list: how many customers stand before it, and the cursor that leads to it. */
export interface Page {
  readonly offset: number;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface ListChoice {
  readonly page: Page;
  readonly pageSize: number;
  readonly order: CustomerSort;
  readonly segments?: readonly Segment[];
  readonly minimumClv?: string | null;
}

export const FIRST_PAGE: Page = { offset: 0 };

export const MOST_MONEY_FIRST: CustomerSort = { field: 'MONEY_AT_RISK', direction: 'DESC' };

export const USUAL_SIZE = 10;
const MOST_ROWS = 100;

/** What is wrong with the attributes, if anything. */
export function choiceComplaint(choice: {
  readonly pageSize: number | string;
  readonly minimumClv?: string | null;
}): Complaint | undefined {
  const { pageSize, minimumClv } = choice;
  return countComplaint('page-size', pageSize, MOST_ROWS) ?? amountComplaint('minimum-clv', minimumClv);
}

export function atRiskVariables(choice: ListChoice): AtRiskListQueryVariables {
  const { page, pageSize, order, segments = [], minimumClv } = choice;
  const window =
    page.before === undefined ? { first: pageSize, after: page.after } : { last: pageSize, before: page.before };
  return {
    ...window,
    orderBy: order,
    segments: segments.length > 0 ? [...segments] : null,
    minimumClv: minimumClv || null,
  };
}

export function nextPage({ offset }: Page, { atRiskCustomers }: AtRiskListQuery): Page {
  return { offset: offset + atRiskCustomers.nodes.length, after: atRiskCustomers.pageInfo.endCursor };
}

export function previousPage({ offset }: Page, { atRiskCustomers }: AtRiskListQuery, pageSize: number): Page {
  return { offset: Math.max(0, offset - pageSize), before: atRiskCustomers.pageInfo.startCursor };
}

/** Positions of the first and last customer shown, counted from one. */
export function shownRange({ offset }: Page, { atRiskCustomers }: AtRiskListQuery): readonly [number, number] {
  return [offset + 1, offset + atRiskCustomers.nodes.length];
}

/** The largest amounts of a page, which decide how many decimals its columns have. */
export interface LargestMoney {
  readonly moneyAtRisk: number;
  readonly clv: number;
}

export function largestMoney({ atRiskCustomers: { nodes } }: AtRiskListQuery): LargestMoney {
  return {
    moneyAtRisk: Math.max(...nodes.map(({ churn }) => Number(churn?.moneyAtRisk.amount ?? 0))),
    clv: Math.max(...nodes.map(({ clv }) => Number(clv?.value.amount ?? 0))),
  };
}

/** Whether any customer of a page has a range beside the CLV. */
export function hasIntervals({ atRiskCustomers: { nodes } }: AtRiskListQuery): boolean {
  return nodes.some(({ clv }) => clv?.interval);
}

/** Share of customers within such ranges in the backtest, in [0, 1]; null without a backtest. */
export function measuredCoverage({ atRiskCustomers: { nodes } }: AtRiskListQuery): number | null {
  return nodes.find(({ clv }) => clv !== null)?.clv?.measuredCoverage ?? null;
}

/** The same column again turns the order; a new one begins with what worries most: large figures, long-past orders. */
export function nextOrder(order: CustomerSort, field: CustomerSortField): CustomerSort {
  const first = field === 'LAST_ORDER' ? 'ASC' : 'DESC';
  if (order.field !== field) return { field, direction: first };
  return { field, direction: order.direction === 'ASC' ? 'DESC' : 'ASC' };
}

/** The value of `aria-sort` for a column. */
export function sortState(order: CustomerSort, field: CustomerSortField): 'ascending' | 'descending' | 'none' {
  if (order.field !== field) return 'none';
  return order.direction === 'ASC' ? 'ascending' : 'descending';
}
