import type { Pool } from 'pg';
import { withoutEmptyLists } from '../../domain/filter.ts';
import { type Page, type Slice, sliceOf } from '../../domain/page.ts';
import type { Segment } from '../../domain/segments.ts';
import { likePattern } from '../../store/sql/like-pattern.ts';
import { type Bind, parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, customersOf } from './customer-columns.ts';
import type { CustomerCondition } from './customer-condition.ts';
import { type Due, dueOf, productConditions } from './product-filter.ts';
import { type NamedFilter, refuseUnknown, type UnknownNames, unknownNames } from './unknown-names.ts';

const ORDER_COLUMN = {
  CLV: { column: 's.clv_12', type: 'float8' },
  CHURN: { column: 's.churn_90', type: 'float8' },
  MONEY_AT_RISK: { column: 's.money_at_risk', type: 'float8' },
  LAST_ORDER: { column: 's.last_order_on', type: 'date' },
  NET_REVENUE: { column: 's.net_revenue', type: 'numeric' },
} as const;

export type CustomerSortField = keyof typeof ORDER_COLUMN;

export interface CustomerSort {
  readonly field: CustomerSortField;
  readonly direction: 'ASC' | 'DESC';
}

export interface CustomerFilter extends NamedFilter {
  readonly segments?: readonly Segment[] | null | undefined;
  /** Bounds of the 12-month CLV, inclusive, as decimal text. */
  readonly minimumClv?: string | null | undefined;
  readonly maximumClv?: string | null | undefined;
  /** Only customers who are late and worth keeping: see {@link AT_RISK}. */
  readonly atRisk?: boolean;
  /** Part of the external id, in any letter case. */
  readonly search?: string | null | undefined;
  /** Whether the search also looks into names and e-mail addresses. */
  readonly searchPersonalData?: boolean;
}

export interface CustomerListRequest {
  readonly filter: CustomerFilter;
  readonly condition?: CustomerCondition | undefined;
  readonly order: CustomerSort;
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
  readonly unknown: UnknownNames;
  readonly evidence: unknown;
}

/**
 * One page of the customers that the published run knows, by a figure of the run, in one statement over an index of that figure.
 * Without a run all customers are listed, by id.
 * @throws DomainError as {@link assertFilter}, or what the condition throws.
 */
export async function listCustomers(
  pool: Pool,
  view: WorkspaceView,
  request: CustomerListRequest,
): Promise<CustomerList> {
  const { filter, condition, order, page, withTotal } = request;
  const { matching, id, values, bind } = matchingCustomers(view, filter, condition);
  const sort = view.runId === null ? { column: 'c.id', type: 'uuid' } : ORDER_COLUMN[order.field];
  const due = dueOf('page', filter, view, bind);
  const ascending = (view.runId === null || order.direction === 'ASC') !== page.backward;
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
          from page ${customersOf('page', view, bind)} ${due.join}
          order by page.value ${direction}, page.id ${direction}) p) as page,
       ${withTotal ? `(select count(*)::int ${matching})` : 'null::int'} as total,
       ${start ? `exists (select ${matching} ${relativeToStart(behind)})` : 'false'} as behind,
       ${unknownNames(filter, view, bind)} as unknown, ${condition?.evidence(view, bind) ?? 'null::json'} as evidence`,
    values,
  );
  const row = rows[0]!;
  await refuseUnknown(pool, view, filter, row.unknown);
  condition?.check(row.evidence);
  return { ...sliceOf(page, row.page, ({ value, id }) => [value, id], row.behind), totalCount: row.total };
}

/** `from` and `where` of the customers that meet a filter, with scores as `s`. @throws DomainError BAD_FILTER */
export function matchingCustomers(view: WorkspaceView, asked: CustomerFilter, condition?: CustomerCondition) {
  const filter = withoutEmptyLists(asked);
  const { values, bind } = parameters();
  const { from, where, id } = view.runId === null ? all(view, bind) : scored(view, filter, bind);
  const conditions = [
    ...where,
    ...filterConditions(filter, bind),
    ...productConditions(filter, view, id, bind),
    ...(condition ? [condition.where(id, view, bind)] : []),
  ];
  return { matching: `${from} where ${conditions.join(' and ')}`, id, values, bind };
}

/** A customer of an audience. */
export interface AudienceMember {
  readonly id: string;
  /** As the published run has it; null where it does not know the customer. */
  readonly segment: Segment | null;
  /** M of the RFM scores; null for Prospects. */
  readonly monetary: number | null;
}

/**
 * The customers that meet a filter and come after an id, in the order of ids. @param ids Only among these; null for all.
 * @throws DomainError BAD_FILTER. That its names are known was seen to by {@link assertFilter}.
 */
export async function audienceAfter(
  pool: Pool,
  view: WorkspaceView,
  filter: CustomerFilter,
  { after, size, ids }: { readonly after: string; readonly size: number; readonly ids: readonly string[] | null },
): Promise<AudienceMember[]> {
  const { matching, id, values, bind } = matchingCustomers(view, filter);
  const among = ids === null ? '' : `and ${id} = any(${bind(ids)}::uuid[])`;
  const { rows } = await pool.query<AudienceMember>(
    `select ${id} as id, s.segment, case when s.segment <> 'PROSPECT' then s.monetary end as monetary
     ${matching} ${among} and ${id} > ${bind(after)}::uuid order by ${id} limit ${bind(size)}`,
    values,
  );
  return rows;
}

/** @throws DomainError where nobody could meet the filter: BAD_FILTER, NO_SUCH_PRODUCT, UNKNOWN_COUNTRY or UNKNOWN_CHANNEL. */
export async function assertFilter(pool: Pool, view: WorkspaceView, filter: CustomerFilter): Promise<void> {
  matchingCustomers(view, filter);
  const { values, bind } = parameters();
  const { rows } = await pool.query<Pick<ListRow, 'unknown'>>(
    `select ${unknownNames(filter, view, bind)} as unknown`,
    values,
  );
  await refuseUnknown(pool, view, filter, rows[0]!.unknown);
}

/** Scores alone, which is a good deal cheaper, where the filter asks for nothing else. */
function scored({ workspaceId, runId }: WorkspaceView, filter: CustomerFilter, bind: Bind) {
  const looksAtCustomer = filter.countries != null || filter.channels != null || filter.search != null;
  const join = 'join customer c on c.id = s.customer_id and c.workspace_id = s.workspace_id';
  return {
    from: `from customer_score s ${looksAtCustomer ? join : ''}`,
    where: [`s.workspace_id = ${bind(workspaceId)}`, `s.run_id = ${bind(runId)}`],
    id: 's.customer_id',
  };
}

function all({ workspaceId }: WorkspaceView, bind: Bind) {
  return {
    from: 'from customer c left join customer_score s on false',
    where: [`c.workspace_id = ${bind(workspaceId)}`, 'not c.is_anonymous'],
    id: 'c.id',
  };
}

/**
 * Late by their own rhythm: at least twice their mean gap between order days has passed since the last one. Worth keeping: a
 * 12-month CLV above zero, and an M score of 3 to 5.
 */
const AT_RISK = `(s.order_days > 1 and s.clv_12 > 0 and s.monetary > 2 and
  (select r.as_of from analysis_run r where r.workspace_id = s.workspace_id and r.id = s.run_id) - s.last_order_on
    >= 2 * (s.last_order_on - s.first_order_on)::float8 / (s.order_days - 1))`;

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
  if (filter.atRisk) conditions.push(AT_RISK);
  add(filter.search, (search) => {
    const pattern = bind(`%${likePattern(search)}%`);
    const columns = filter.searchPersonalData ? ['external_id', 'name', 'email'] : ['external_id'];
    return `(${columns.map((name) => `c.${name} ilike ${pattern}`).join(' or ')})`;
  });
  return conditions;
}
