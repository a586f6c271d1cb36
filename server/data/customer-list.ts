import type { Pool } from 'pg';

import { likePattern } from '../domain/like-pattern.ts';
import { type Page, type Slice, sliceOf } from '../domain/page.ts';
import type { Segment } from '../domain/segments.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, customersOf } from './customer-columns.ts';
import { type Bind, parameters } from './parameters.ts';
import {
  type Due,
  dueOf,
  type ProductFilter,
  productConditions,
  refuseUnknown,
  unknownProducts,
} from './product-filter.ts';
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

export interface CustomerFilter extends ProductFilter {
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

export interface ListedCustomer extends CustomerRow {
  /** null where the filter does not ask for a replenishment. */
  readonly due: Due | null;
}

export interface CustomerList extends Slice<ListedCustomer> {
  readonly totalCount: number | null;
}

interface ListRow {
  readonly page: (ListedCustomer & { readonly value: string })[];
  readonly total: number | null;
  readonly behind: boolean;
  readonly unknown: readonly string[];
}

/**
 * One page of the customers that the published run knows, by a figure of the run, in one statement over an index of that figure.
 * Without a run all customers are listed, by id. @throws DomainError BAD_FILTER or NO_SUCH_PRODUCT.
 */
export async function listCustomers(pool: Pool, tenant: Tenant, request: CustomerListRequest): Promise<CustomerList> {
  const { filter, order, page, withTotal } = request;
  const { values, bind } = parameters();
  const { from, where, id, sort } = tenant.runId === null ? all(tenant, bind) : scored(tenant, request, bind);
  const conditions = [...where, ...filterConditions(filter, bind), ...productConditions(filter, tenant, id, bind)];
  const matching = `${from} where ${conditions.join(' and ')}`;
  const due = dueOf('page', filter, tenant, bind);
  const ascending = (tenant.runId === null || order.direction === 'ASC') !== page.backward;
  const [beyond, behind, direction] = ascending ? ['>', '<=', 'asc'] : ['<', '>=', 'desc'];
  const start = page.position && `(${bind(page.position[0])}::${sort.type}, ${bind(page.position[1])}::uuid)`;
  const relativeToStart = (operator: string) => (start ? `and (${sort.column}, ${id}) ${operator} ${start}` : '');
  // The page is cut before its rows are completed, so that it costs the same however many rows there are.
  const { rows } = await pool.query<ListRow>(
    `with page as (
       select ${id} as id, ${sort.column} as value ${matching} ${relativeToStart(beyond)}
       order by ${sort.column} ${direction}, ${id} ${direction} limit ${bind(page.size + 1)})
     select
       (select coalesce(json_agg(p), '[]') from (
          select ${CUSTOMER_COLUMNS}, page.value::text as value, ${due.column} as due
          from page ${customersOf('page', tenant, bind)} ${due.join}
          order by page.value ${direction}, page.id ${direction}) p) as page,
       ${withTotal ? `(select count(*)::int ${matching})` : 'null'} as total,
       ${start ? `exists (select ${matching} ${relativeToStart(behind)})` : 'false'} as behind,
       ${unknownProducts(filter, tenant, bind)} as unknown`,
    values,
  );
  const row = rows[0]!;
  refuseUnknown(row.unknown);
  return { ...sliceOf(page, row.page, ({ value, id }) => [value, id], row.behind), totalCount: row.total };
}

/** Scores alone, which is a good deal cheaper, where the filter asks for nothing else. */
function scored({ workspaceId, runId }: Tenant, { filter, order }: CustomerListRequest, bind: Bind) {
  const looksAtCustomer = filter.countries != null || filter.channels != null || filter.search != null;
  const join = 'join customer c on c.id = s.customer_id and c.workspace_id = s.workspace_id';
  return {
    from: `from customer_score s ${looksAtCustomer ? join : ''}`,
    where: [`s.workspace_id = ${bind(workspaceId)}`, `s.run_id = ${bind(runId)}`],
    id: 's.customer_id',
    sort: ORDER_COLUMN[order.field],
  };
}

function all({ workspaceId }: Tenant, bind: Bind) {
  return {
    from: 'from customer c left join customer_score s on false',
    where: [`c.workspace_id = ${bind(workspaceId)}`],
    id: 'c.id',
    sort: { column: 'c.id', type: 'uuid' },
  };
}

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
    const pattern = bind(`%${likePattern(search)}%`);
    const columns = filter.searchPersonalData ? ['external_id', 'name', 'email'] : ['external_id'];
    return `(${columns.map((name) => `c.${name} ilike ${pattern}`).join(' or ')})`;
  });
  return conditions;
}
