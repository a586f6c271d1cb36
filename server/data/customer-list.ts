import type { Pool } from 'pg';

import { type Page, type Slice, sliceOf } from '../domain/page.ts';
import type { Segment } from '../domain/segments.ts';
import { CUSTOMER_COLUMNS, CUSTOMER_FACTS, type CustomerRow } from './customer-columns.ts';
import { type Bind, parameters } from './parameters.ts';
import type { Tenant } from './tenant.ts';

const ORDER_COLUMN = {
  CLV: { column: 's.clv_12', type: 'float8' },
  CHURN: { column: 's.churn_90', type: 'float8' },
  MONEY_AT_RISK: { column: 's.money_at_risk', type: 'float8' },
  LAST_ORDER: { column: 's.last_order_on', type: 'date' },
  NET_REVENUE: { column: 's.net_revenue', type: 'numeric' },
} as const;

export type CustomerOrderField = keyof typeof ORDER_COLUMN;

export interface CustomerOrder {
  readonly field: CustomerOrderField;
  readonly direction: 'ASC' | 'DESC';
}

export interface CustomerFilter {
  readonly segments?: readonly Segment[] | null | undefined;
  readonly countries?: readonly string[] | null | undefined;
  readonly channels?: readonly string[] | null | undefined;
  /** Bounds of the 12-month CLV, inclusive, as decimal text. */
  readonly minimumClv?: string | null | undefined;
  readonly maximumClv?: string | null | undefined;
  /** Only customers with a 12-month CLV above zero. */
  readonly worthSomething?: boolean;
  /** Part of the external id, in any letter case. */
  readonly search?: string | null | undefined;
  /** Whether the search also looks into names and e-mail addresses. */
  readonly searchPersonalData?: boolean;
}

export interface CustomerListRequest {
  readonly filter: CustomerFilter;
  readonly order: CustomerOrder;
  readonly page: Page;
  readonly withTotal: boolean;
}

export interface CustomerList extends Slice<CustomerRow> {
  readonly totalCount: number | null;
}

interface ListRow {
  readonly page: (CustomerRow & { readonly value: string })[];
  readonly total: number | null;
  readonly behind: boolean;
}

/**
 * One page of the customers that the published run knows, by a figure of the run, in one statement over an index of that figure.
 * Without a run all customers are listed, by id.
 */
export async function listCustomers(pool: Pool, tenant: Tenant, request: CustomerListRequest): Promise<CustomerList> {
  const { filter, order, page, withTotal } = request;
  const { values, bind } = parameters();
  const { from, join, where, id, sort } = tenant.runId === null ? all(tenant, bind) : scored(tenant, order, bind);
  const matching = `where ${[...where, ...filterConditions(filter, bind)].join(' and ')}`;
  // Counting is a good deal cheaper without the join.
  const counted = looksAtCustomer(filter) ? `${from} ${join}` : from;
  const ascending = (tenant.runId === null || order.direction === 'ASC') !== page.backward;
  const direction = ascending ? 'asc' : 'desc';
  const [beyond, behind] = ascending ? ['>', '<='] : ['<', '>='];
  const start = page.position && `(${bind(page.position[0])}::${sort.type}, ${bind(page.position[1])}::uuid)`;
  const relativeToStart = (operator: string) => (start ? `and (${sort.column}, ${id}) ${operator} ${start}` : '');
  const { rows } = await pool.query<ListRow>(
    `select
       (select coalesce(json_agg(p), '[]') from (
          select ${CUSTOMER_COLUMNS}, ${sort.column}::text as value
          ${from} ${join} ${CUSTOMER_FACTS} ${matching} ${relativeToStart(beyond)}
          order by ${sort.column} ${direction}, ${id} ${direction} limit ${bind(page.size + 1)}
       ) p) as page,
       ${withTotal ? `(select count(*)::int ${counted} ${matching})` : 'null'} as total,
       ${start ? `exists (select ${counted} ${matching} ${relativeToStart(behind)})` : 'false'} as behind`,
    values,
  );
  const row = rows[0]!;
  return { ...sliceOf(page, row.page, ({ value, id }) => [value, id], row.behind), totalCount: row.total };
}

function scored({ workspaceId, runId }: Tenant, order: CustomerOrder, bind: Bind) {
  return {
    from: 'from customer_score s',
    join: 'join customer c on c.id = s.customer_id and c.workspace_id = s.workspace_id',
    where: [`s.workspace_id = ${bind(workspaceId)}`, `s.run_id = ${bind(runId)}`],
    id: 's.customer_id',
    sort: ORDER_COLUMN[order.field],
  };
}

function all({ workspaceId }: Tenant, bind: Bind) {
  return {
    from: 'from customer c left join customer_score s on false',
    join: '',
    where: [`c.workspace_id = ${bind(workspaceId)}`],
    id: 'c.id',
    sort: { column: 'c.id', type: 'uuid' },
  };
}

const looksAtCustomer = ({ countries, channels, search }: CustomerFilter) =>
  countries != null || channels != null || search != null;

function filterConditions(filter: CustomerFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  const add = <Value>(value: Value | null | undefined, condition: (value: Value) => string) => {
    if (value != null) conditions.push(condition(value));
  };
  add(filter.segments, (segments) => `s.segment = any(${bind(segments)}::text[])`);
  add(filter.countries, (countries) => `c.country = any(${bind(countries)}::text[])`);
  add(filter.channels, (channels) => `c.channel = any(${bind(channels)}::text[])`);
  add(filter.minimumClv, (clv) => `s.clv_12 >= ${bind(clv)}::float8`);
  add(filter.maximumClv, (clv) => `s.clv_12 <= ${bind(clv)}::float8`);
  if (filter.worthSomething) conditions.push('s.clv_12 > 0');
  add(filter.search, (search) => {
    const pattern = bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`);
    const columns = filter.searchPersonalData ? ['external_id', 'name', 'email'] : ['external_id'];
    return `(${columns.map((name) => `c.${name} ilike ${pattern}`).join(' or ')})`;
  });
  return conditions;
}
