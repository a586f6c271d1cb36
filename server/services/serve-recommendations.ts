import { priceOf } from '../data/product-columns.ts';
import type { Offer, Offers } from '../data/recommendations.ts';
import { dayNumber, daysBetween } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import { isControl } from '../domain/placement.ts';
import { firstPassing, type ListFilter, readFirst } from '../domain/recommendation-filter.ts';
import { type CAUSES, listReason } from '../domain/recommendation-reason.ts';
import type { RecommendationKind, RecommendationVariant } from '../domain/recommendations.ts';

export interface ListRequest {
  /** Null for all. */
  readonly kinds: readonly RecommendationKind[] | null;
  /** 1 to 24 */
  readonly first: number;
}

export interface ServedCustomer {
  readonly id: string;
  readonly workspaceId: string;
  readonly hasOrders: boolean;
}

export interface ServedList {
  readonly variant: RecommendationVariant;
  /** Why it is not the customer's own; null where it is. */
  readonly reason: string | null;
  readonly offers: readonly Offer[];
  /** Of the trending list; empty for the one over all countries, and for the customer's own. */
  readonly country: string;
}

/** @throws DomainError naming the argument that is not acceptable. */
export function readListRequest({
  kinds,
  first,
}: { readonly [Name in keyof ListRequest]?: ListRequest[Name] | null }): ListRequest {
  if (kinds?.length === 0) {
    throw new DomainError('BAD_KINDS', 'expected at least one kind, or none given for all of them', ['kinds']);
  }
  return { kinds: kinds ?? null, first: readFirst(first) };
}

/**
 * The list that a customer gets: their own under the filters of request and placement; in its place, for the control group of
 * the placement and for whom it is empty, what sells best. Only who would have a list of their own is in the control group,
 * so that it compares with PERSONAL like with like.
 */
export function serveRecommendations(
  customer: ServedCustomer,
  { own, trending, placement, asOf }: Offers,
  request: ListRequest,
): ServedList {
  const pick = (offers: readonly Offer[]) =>
    firstPassing(offers, filterOf(placement), request.first, ({ product, lastBoughtDay }) => ({
      category: product.category,
      price: priceOf(product),
      daysSinceLastBought: lastBoughtDay === null ? null : dayNumber(asOf) - lastBoughtDay,
    }));
  const bestSelling = (variant: RecommendationVariant, cause: keyof typeof CAUSES): ServedList => {
    const lists = trending.map(({ country, offers }) => ({ country, offers: pick(offers) }));
    const list = lists.find(({ offers }) => offers.length > 0) ?? { country: '', offers: [] };
    return { ...list, variant, reason: listReason(cause, list.offers.length === 0 ? null : list.country) };
  };
  const ofKinds = own.filter(({ kind }) =>
    [request.kinds, placement?.kinds].every((kinds) => kinds?.includes(kind) ?? true),
  );
  const offers = pick(ofKinds);
  if (offers.length === 0) {
    const cause = !customer.hasOrders && own.length === 0 ? 'NO_PURCHASES' : causeOf(own, ofKinds);
    return placement?.fallback === 'NONE'
      ? { variant: 'FALLBACK', reason: listReason(cause, null), offers, country: '' }
      : bestSelling('FALLBACK', cause);
  }
  if (placement !== null && isControl(customer.workspaceId, placement, customer.id))
    return bestSelling('CONTROL', 'CONTROL');
  return { variant: 'PERSONAL', reason: null, offers, country: '' };
}

const causeOf = (own: readonly Offer[], ofKinds: readonly Offer[]): keyof typeof CAUSES =>
  own.length === 0 ? 'NOTHING_OWN' : ofKinds.length === 0 ? 'NO_KIND' : 'ALL_FILTERED';

const filterOf = (placement: Offers['placement']): ListFilter => ({
  categories: placement?.categories ?? null,
  minimumPrice: numberOf(placement?.minimumPrice),
  maximumPrice: numberOf(placement?.maximumPrice),
  notBoughtWithinDays: placement?.notBoughtWithinDays ?? null,
  mostPerCategory: placement?.mostPerCategory ?? null,
});

const numberOf = (text: string | null | undefined) => (text == null ? null : Number(text));

/** Days from the last purchase to the as-of day, 0 where it came later; null where there was none. */
export const daysSinceLastBought = ({ lastBoughtOn, lastBoughtDay }: Offer, asOf: string): number | null => {
  if (lastBoughtOn !== null) return daysBetween(lastBoughtOn, asOf);
  return lastBoughtDay === null ? null : Math.max(0, dayNumber(asOf) - lastBoughtDay);
};
