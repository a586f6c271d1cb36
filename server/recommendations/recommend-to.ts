import type { Pool } from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { findCustomers } from '../customers/data/customers.ts';
import type { ProductRow } from '../customers/data/product-columns.ts';
import { DomainError } from '../domain/errors.ts';
import { customerId } from '../domain/ids.ts';
import { roundedMoney } from '../domain/money.ts';
import { REASON_OF_KIND } from '../domain/recommendations.ts';
import { findListSources } from './data/recommendations.ts';
import { reasonText } from './recommendation-reason.ts';
import { type ListRequest, serveRecommendations } from './serve-recommendations.ts';

/** A customer's list in full, with the figures and reasons that GraphQL gives. @throws DomainError for an unknown customer. */
export async function recommendTo(
  pool: Pool,
  workspace: CallerWorkspace,
  externalId: string,
  request: ListRequest & { readonly placement: string | null },
) {
  const view = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  const [customer] = await findCustomers(pool, view, [customerId(workspace.id, externalId)]);
  if (customer == null) {
    throw new DomainError('NO_SUCH_CUSTOMER', `workspace "${workspace.name}" has no customer "${externalId}"`, [
      'customer',
    ]);
  }
  const { id, country, orderCount } = customer;
  const [source] = await findListSources(pool, view, [{ customerId: id, country, placement: request.placement }]);
  if (source instanceof DomainError) throw source;
  if (source == null) {
    throw new DomainError(
      'NO_RECOMMENDATIONS',
      `workspace "${workspace.name}" has no published recommendations yet: perennial analyze --workspace ${workspace.name}`,
    );
  }
  const served = { id, workspaceId: workspace.id, hasOrders: orderCount > 0 };
  const list = serveRecommendations(served, source, request);
  return {
    customer: externalId,
    variant: list.variant,
    reason: list.reason,
    horizonDays: source.horizonDays,
    asOf: source.asOf,
    recommendations: list.recommendations.map((recommendation, index) => ({
      rank: index + 1,
      product: named(recommendation.product),
      kind: recommendation.kind,
      probability: recommendation.probability,
      expectedMargin: recommendation.value === null ? null : roundedMoney(recommendation.value, workspace.currency),
      expectedOn: recommendation.expectedOn,
      reason: {
        code: REASON_OF_KIND[recommendation.kind],
        text: reasonText({ ...recommendation, country: list.country }),
        products: recommendation.because.map(named),
        customers: recommendation.boughtBoth,
        usualGapDays: recommendation.usualGapDays,
        daysSinceLastBought: recommendation.daysSinceLastBought,
        timesBought: recommendation.timesBought,
        priceRatio: recommendation.priceRatio,
      },
    })),
  };
}

const named = ({ externalId, name, category }: ProductRow) => ({ externalId, name, category });
