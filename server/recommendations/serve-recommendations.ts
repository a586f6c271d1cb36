import { type ProductRow, priceOf } from '../customers/data/product-columns.ts';
import { dayNumber, daysBetween } from '../domain/day.ts';
import { withoutEmptyLists } from '../domain/filter.ts';
import type { RecommendationKind, RecommendationVariant } from '../domain/recommendations.ts';
import type { ListSource, Recommendation } from './data/recommendations.ts';
import { isControl } from './placement.ts';
import { firstPassing, type ListFilter, readFirst } from './recommendation-filter.ts';
import { type CAUSES, listReason } from './recommendation-reason.ts';

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

/** A recommendation as it is served; one of a trending list has no figures of its own. */
export interface ServedRecommendation extends Omit<Recommendation, 'lastBoughtOn'> {
  /** To the as-of day; null where the customer never bought it. */
  readonly daysSinceLastBought: number | null;
}

export interface ServedList {
  readonly variant: RecommendationVariant;
  /** Why it is not the customer's own; null where it is. */
  readonly reason: string | null;
  readonly recommendations: readonly ServedRecommendation[];
  /** Of the trending list; empty for the one over all countries, and for the customer's own. */
  readonly country: string;
}

/** @throws DomainError naming the argument that is not acceptable. */
export function readListRequest(
  asked: {
    readonly [Name in keyof ListRequest]?: ListRequest[Name] | null;
  },
): ListRequest {
  const { kinds, first } = withoutEmptyLists(asked);
  return { kinds: kinds ?? null, first: readFirst(first) };
}

/**
 * The list that a customer gets: their own under the filters of request and placement. The control group of the placement, and
 * customers with an empty list, get the best-selling products. Only customers who would have a list of their own are in the
 * control group, so that they compare with PERSONAL.
 */
export function serveRecommendations(customer: ServedCustomer, source: ListSource, request: ListRequest): ServedList {
  const { own, placement, asOf } = source;
  const ofKinds = own.filter(({ kind }) =>
    [request.kinds, placement?.kinds].every((kinds) => kinds?.includes(kind) ?? true),
  );
  const list = pick(ofKinds, ({ product }) => product, source, request);
  if (list.length === 0) {
    const cause = causeOf(customer, own, ofKinds);
    return placement?.fallback === 'NONE'
      ? { variant: 'FALLBACK', reason: listReason(cause, null), recommendations: [], country: '' }
      : bestSelling('FALLBACK', cause, source, request);
  }
  if (placement !== null && isControl(customer.workspaceId, placement, customer.id)) {
    return bestSelling('CONTROL', 'CONTROL', source, request);
  }
  const served = list.map(({ lastBoughtOn, ...recommendation }) => ({
    ...recommendation,
    daysSinceLastBought: lastBoughtOn === null ? null : daysBetween(lastBoughtOn, asOf),
  }));
  return { variant: 'PERSONAL', reason: null, recommendations: served, country: '' };
}

function bestSelling(
  variant: RecommendationVariant,
  cause: keyof typeof CAUSES,
  source: ListSource,
  request: ListRequest,
): ServedList {
  const lists = source.trending.map(({ country, products }) => ({
    country,
    products: pick(products, (product) => product, source, request),
  }));
  const list = lists.find(({ products }) => products.length > 0);
  return {
    variant,
    reason: listReason(cause, list?.country ?? null),
    recommendations: (list?.products ?? []).map((product) => trendingRecommendation(product, source)),
    country: list?.country ?? '',
  };
}

function trendingRecommendation(product: ProductRow, { asOf, purchasesOf }: ListSource): ServedRecommendation {
  const purchases = purchasesOf(product.id);
  return {
    product,
    kind: 'TRENDING',
    probability: null,
    value: null,
    because: [],
    boughtBoth: null,
    usualGapDays: null,
    // A purchase after the as-of day counts as one of that day.
    daysSinceLastBought: purchases && Math.max(0, dayNumber(asOf) - purchases.lastDay),
    timesBought: purchases?.times ?? 0,
    expectedOn: null,
    priceRatio: null,
  };
}

/** What the placement lets pass, as much as is asked for. */
function pick<Item>(
  items: readonly Item[],
  productOf: (item: Item) => ProductRow,
  { placement, asOf, purchasesOf }: ListSource,
  { first }: ListRequest,
): Item[] {
  return firstPassing(items, filterOf(placement), first, (item) => {
    const product = productOf(item);
    const purchases = purchasesOf(product.id);
    return {
      category: product.category,
      price: priceOf(product),
      daysSinceLastBought: purchases && dayNumber(asOf) - purchases.lastDay,
    };
  });
}

function causeOf(
  { hasOrders }: ServedCustomer,
  own: readonly Recommendation[],
  ofKinds: readonly Recommendation[],
): keyof typeof CAUSES {
  if (own.length === 0) return hasOrders ? 'NOTHING_OWN' : 'NO_PURCHASES';
  return ofKinds.length === 0 ? 'NO_KIND' : 'ALL_FILTERED';
}

const filterOf = (placement: ListSource['placement']): ListFilter => ({
  categories: placement?.categories ?? null,
  minimumPrice: numberOf(placement?.minimumPrice),
  maximumPrice: numberOf(placement?.maximumPrice),
  notBoughtWithinDays: placement?.notBoughtWithinDays ?? null,
  mostPerCategory: placement?.mostPerCategory ?? null,
});

const numberOf = (text: string | null | undefined) => (text == null ? null : Number(text));
