import type pg from 'pg';

import type { Covariate } from '../../domain/covariates.ts';

/** A customer's trait, of the customer `c`. The first category is that of the dearest line of the first order. */
export const TRAIT: Readonly<Record<Covariate, string>> = {
  country: 'c.country',
  channel: 'c.channel',
  'first-category': `(
    select p.category from order_line l
    left join product p on p.id = l.product_id and p.workspace_id = l.workspace_id
    where l.customer_id = c.id and l.workspace_id = c.workspace_id and l.order_id = (
      select o.id from "order" o where o.customer_id = c.id and o.workspace_id = c.workspace_id
      order by o.placed_at, o.id limit 1)
    order by l.quantity * l.unit_price - l.discount desc, l.line_no limit 1)`,
};

export interface TraitCount {
  /** Null for customers where it is unknown. */
  readonly value: string | null;
  readonly count: number;
}

/** How many of the customers who have bought by the as-of day have each value of a trait. */
export async function countTrait(pool: pg.Pool, workspaceId: string, covariate: Covariate): Promise<TraitCount[]> {
  const { rows } = await pool.query<TraitCount>(
    `select ${TRAIT[covariate]} as value, count(*)::int as count
     from customer_summary s join customer c on c.id = s.customer_id and c.workspace_id = s.workspace_id
     where s.workspace_id = $1 and s.order_days > 0 group by 1`,
    [workspaceId],
  );
  return rows;
}
