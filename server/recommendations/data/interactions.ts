import type pg from 'pg';
import { LOWEST_UUID } from '../../domain/ids.ts';
import type { ProductEventKind } from '../../domain/product-events.ts';
import { dayOf, endOf, startOf } from '../../store/sql/shop-day.ts';

/** What customers bought and looked at, for recommending. */
export interface InteractionPage {
  /** All customers of the page, those without any purchase or event too, by id. */
  readonly customers: readonly { readonly id: string; readonly country: string | null }[];
  readonly purchases: readonly PurchaseRow[];
  readonly events: readonly EventRow[];
}

export interface PurchaseRow {
  readonly customerId: string;
  readonly productId: string;
  /** Since 1970-01-01, ascending. */
  readonly days: readonly number[];
}

export interface EventRow {
  readonly customerId: string;
  readonly productId: string;
  readonly kind: ProductEventKind;
  /** The last one's, since 1970-01-01. */
  readonly day: number;
}

const PAGE = 2000;
/** Older events add little, and can be many. */
const EVENT_DAYS = 90;

/** Page by page, in the order of customer ids; purchases as the summaries of that day know them. */
export async function* interactionPages(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
): AsyncGenerator<InteractionPage> {
  let after = LOWEST_UUID;
  for (;;) {
    const { rows: customers } = await pool.query<InteractionPage['customers'][number]>(
      'select id, country from customer where workspace_id = $1 and id > $2 and not is_anonymous order by id limit $3',
      [workspaceId, after, PAGE],
    );
    if (customers.length === 0) return;
    const ids = customers.map(({ id }) => id);
    const { rows: purchases } = await pool.query<PurchaseRow>(
      `select customer_id as "customerId", product_id as "productId", days from customer_product
       where workspace_id = $1 and customer_id = any($2::uuid[])`,
      [workspaceId, ids],
    );
    const { rows: events } = await pool.query<EventRow>(
      `select customer_id as "customerId", product_id as "productId", kind,
         max(${dayOf('at', '$1')} - date '1970-01-01') as day
       from product_event
       where workspace_id = $1 and customer_id = any($2::uuid[])
         and at >= ${startOf(`$3::date - ${EVENT_DAYS}`, '$1')} and at < ${endOf('$3', '$1')}
       group by 1, 2, 3`,
      [workspaceId, ids, asOf],
    );
    yield { customers, purchases, events };
    after = ids[ids.length - 1]!;
  }
}

/** A product with what all customers have paid for it. */
export interface SoldProduct {
  readonly id: string;
  readonly category: string | null;
  /** Of the catalogue. */
  readonly price: number | null;
  readonly unitCost: number | null;
  readonly isOpen: boolean;
  readonly revenue: number;
  readonly quantity: number;
  /** Order days of customers, summed. */
  readonly purchases: number;
  /** Revenue and cost of those purchases whose costs are known. */
  readonly costedRevenue: number;
  readonly cost: number;
  readonly buyers: number;
  /** Customers who bought it on two days or more. */
  readonly repeatBuyers: number;
}

/** Every product of the workspace that was bought or looked at, by id: the others have no interactions. */
export async function findSoldProducts(pool: pg.Pool, workspaceId: string): Promise<SoldProduct[]> {
  const { rows } = await pool.query<SoldProduct>(
    `select p.id, p.category, p.price::float8 as price, p.unit_cost::float8 as "unitCost", p.in_stock and not p.is_excluded as "isOpen",
       coalesce(s.revenue, 0) as revenue, coalesce(s.quantity, 0) as quantity, coalesce(s.purchases, 0)::int as purchases,
       coalesce(s.costed_revenue, 0) as "costedRevenue", coalesce(s.cost, 0) as cost, coalesce(s.buyers, 0)::int as buyers,
       coalesce(s.repeat_buyers, 0)::int as "repeatBuyers"
     from product p left join (
       select product_id, sum(revenue) as revenue, sum(quantity) as quantity, sum(cardinality(days)) as purchases,
         sum(revenue) filter (where cost is not null) as costed_revenue, sum(cost) as cost, count(*) as buyers,
         count(*) filter (where cardinality(days) > 1) as repeat_buyers
       from customer_product where workspace_id = $1 group by product_id) s on s.product_id = p.id
     where p.workspace_id = $1
       and (s.product_id is not null or p.id in (select product_id from product_event where workspace_id = $1))
     order by p.id`,
    [workspaceId],
  );
  return rows;
}
