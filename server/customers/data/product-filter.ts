import { DomainError } from '../../domain/errors.ts';
import { productId } from '../../domain/ids.ts';
import type { Bind } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** What customers have bought or will buy again, with products by their external ids. */
export interface ProductFilter {
  /** Customers who have bought every one of these. */
  readonly bought?: readonly string[] | null | undefined;
  /** Customers who have bought none of these. */
  readonly notBought?: readonly string[] | null | undefined;
  readonly replenishmentDue?: ReplenishmentDue | null | undefined;
}

/** Customers who are expected to buy a product again within so many days after the as-of day, by the published run. */
export interface ReplenishmentDue {
  readonly product: string;
  readonly withinDays: number;
}

/** What the published run expects of the product that `replenishmentDue` asks for. */
export interface Due {
  readonly expectedOn: string;
  readonly probability: number;
  readonly usualGapDays: number;
  readonly lastBoughtOn: string;
}

const MOST_PRODUCTS = 20;
const MOST_DAYS = 365;

/** @throws DomainError BAD_FILTER */
function check({ bought, notBought, replenishmentDue }: ProductFilter): void {
  for (const [name, products] of Object.entries({ bought, notBought })) {
    if (products == null || products.length <= MOST_PRODUCTS) continue;
    const message = `${name} names ${products.length} products: expected at most ${MOST_PRODUCTS}`;
    throw new DomainError('BAD_FILTER', message, ['filter', name]);
  }
  if (replenishmentDue == null) return;
  const { withinDays } = replenishmentDue;
  if (!Number.isInteger(withinDays) || withinDays < 0 || withinDays > MOST_DAYS) {
    const message = `withinDays must be 0 to ${MOST_DAYS}, got ${withinDays}`;
    throw new DomainError('BAD_FILTER', message, ['filter', 'replenishmentDue', 'withinDays']);
  }
}

/**
 * Conditions on a customer's id, each over an index. They hold as of the published run: no customer meets them without one.
 * @param customer Column of the id.
 */
export function productConditions(
  filter: ProductFilter,
  { workspaceId, runId }: WorkspaceView,
  customer: string,
  bind: Bind,
): string[] {
  check(filter);
  const { bought, notBought, replenishmentDue } = filter;
  if (bought == null && notBought == null && replenishmentDue == null) return [];
  if (runId === null) return ['false'];
  const workspace = bind(workspaceId);
  const idOf = (product: string) => productId(workspaceId, product);
  const hasBought = (condition: string) =>
    `exists (select from customer_product b where b.workspace_id = ${workspace} and b.customer_id = ${customer} and b.product_id ${condition})`;
  const conditions = [...new Set(bought)].map((product) => hasBought(`= ${bind(idOf(product))}::uuid`));
  if (notBought != null) conditions.push(`not ${hasBought(`= any(${bind(notBought.map(idOf))}::uuid[])`)}`);
  if (replenishmentDue != null) {
    const run = bind(runId);
    conditions.push(`exists (
      select from replenishment r
      where r.workspace_id = ${workspace} and r.run_id = ${run}::uuid and r.customer_id = ${customer}
        and r.product_id = ${bind(idOf(replenishmentDue.product))}::uuid
        and r.expected_on <= ${bind(replenishmentDue.withinDays)}::int
          + (select as_of from analysis_run where workspace_id = ${workspace} and id = ${run}::uuid))`);
  }
  return conditions;
}

/** `due` of the customers whose ids a table has, where the filter asks for a replenishment. */
export function dueOf(
  table: string,
  { replenishmentDue }: ProductFilter,
  { workspaceId, runId }: WorkspaceView,
  bind: Bind,
): { readonly column: string; readonly join: string } {
  if (replenishmentDue == null || runId === null) return { column: 'null', join: '' };
  const product = bind(productId(workspaceId, replenishmentDue.product));
  return {
    column: `json_build_object('expectedOn', d.expected_on, 'probability', d.probability, 'usualGapDays', d.usual_gap_days,
      'lastBoughtOn', d.last_bought_on)`,
    join: `join replenishment d on d.customer_id = ${table}.id and d.run_id = ${bind(runId)}::uuid
      and d.product_id = ${product}::uuid and d.workspace_id = ${bind(workspaceId)}`,
  };
}
