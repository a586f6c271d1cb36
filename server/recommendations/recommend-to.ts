import type { Pool } from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { findCustomers } from '../customers/data/customers.ts';
import type { ProductRow } from '../customers/data/product-columns.ts';
import { DomainError } from '../domain/errors.ts';
import { customerId } from '../domain/ids.ts';
import { roundedMoney } from '../domain/money.ts';
import { REASON_OF_KIND } from '../domain/recommendations.ts';
import { findOffers } from './data/recommendations.ts';
import { reasonText } from './recommendation-reason.ts';
import { type ListRequest, serveRecommendations } from './serve-recommendations.ts';

/** A customer's list in full, with the figures and reasons that GraphQL gives. @throws DomainError for an unknown customer. */
export async function recommendTo(
  pool: Pool,
  workspace: CallerWorkspace,
  externalId: string,
  request: ListRequest & { readonly placement: string | null },
) {
  const tenant = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  const [customer] = await findCustomers(pool, tenant, [customerId(workspace.id, externalId)]);
  if (customer == null) {
    throw new DomainError('NO_SUCH_CUSTOMER', `workspace "${workspace.name}" has no customer "${externalId}"`, [
      'customer',
    ]);
  }
  const { id, country, orderCount } = customer;
  const [offers] = await findOffers(pool, tenant, [{ customerId: id, country, placement: request.placement }]);
  if (offers instanceof DomainError) throw offers;
  if (offers == null) {
    throw new DomainError(
      'NO_RECOMMENDATIONS',
      `workspace "${workspace.name}" has no published recommendations yet: perennial analyze --workspace ${workspace.name}`,
    );
  }
  const served = { id, workspaceId: workspace.id, hasOrders: orderCount > 0 };
  const list = serveRecommendations(served, offers, request);
  return {
    customer: externalId,
    variant: list.variant,
    reason: list.reason,
    horizonDays: offers.horizonDays,
    asOf: offers.asOf,
    recommendations: list.offers.map((offer, index) => ({
      rank: index + 1,
      product: named(offer.product),
      kind: offer.kind,
      probability: offer.probability,
      expectedMargin: offer.value === null ? null : roundedMoney(offer.value, workspace.currency),
      expectedOn: offer.expectedOn,
      reason: {
        code: REASON_OF_KIND[offer.kind],
        text: reasonText({ ...offer, country: list.country }),
        products: offer.because.map(named),
        customers: offer.boughtBoth,
        usualGapDays: offer.usualGapDays,
        daysSinceLastBought: offer.daysSinceLastBought,
        timesBought: offer.timesBought,
        priceRatio: offer.priceRatio,
      },
    })),
  };
}

const named = ({ externalId, name, category }: ProductRow) => ({ externalId, name, category });
