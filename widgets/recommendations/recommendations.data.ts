import type { RecommendationKind, RecommendationsQuery, RecommendationsQueryVariables } from '../generated/graphql.ts';
import { isApiId } from '../shared/ids.ts';
import { type Complaint, countComplaint, nameComplaint, parseNames } from '../shared/names.ts';

type RecommendedCustomer = NonNullable<RecommendationsQuery['customer']>;
export type RecommendationList = NonNullable<RecommendedCustomer['recommendations']>;
export type Recommendation = RecommendationList['nodes'][number];

export interface RecommendationChoice {
  readonly customer?: string;
  readonly kinds?: readonly RecommendationKind[];
  readonly first: number;
  readonly placement?: string;
}

/** Why there is no row: no such customer, no published recommendations, or none of the kinds asked for. */
export type Lack = 'customer' | 'run' | 'recommendations';

/** When a product is due: on a day to come, or so many days before the as-of day. */
export type Due = { readonly on: string } | { readonly daysAgo: number };

/** Which columns of figures have any, and the largest margin, which decides how many decimals margins have. */
export interface Figures {
  readonly hasChance: boolean;
  readonly hasMargin: boolean;
  readonly largestMargin: number;
}

export const KINDS = [
  'CROSS_SELL',
  'UP_SELL',
  'REPLENISH',
  'TRENDING',
] as const satisfies readonly RecommendationKind[];

export const USUAL_ROWS = 5;
const MOST_ROWS = 24;
const DAY_MS = 86_400_000;

/** The kinds that an attribute names: `cross-sell REPLENISH`. */
export const parseKinds = parseNames<RecommendationKind>;

/** What is wrong with the attributes, if anything. */
export function choiceComplaint(choice: {
  readonly kinds?: readonly RecommendationKind[];
  readonly first: number | string;
}): Complaint | undefined {
  return nameComplaint('kinds', choice.kinds, KINDS) ?? countComplaint('first', choice.first, MOST_ROWS);
}

/** Null while no customer is chosen; no kinds, and an empty placement, mean any. */
export function recommendationVariables(choice: RecommendationChoice): RecommendationsQueryVariables | null {
  const { customer = '', kinds = [], first, placement = '' } = choice;
  if (customer === '') return null;
  return {
    ...(isApiId(customer, 'Customer') ? { id: customer, externalId: null } : { id: null, externalId: customer }),
    kinds: kinds.length > 0 ? [...kinds] : null,
    first,
    placement: placement === '' ? null : placement,
  };
}

/** What an answer lacks; undefined where it has rows. */
export function lackOf({ customer }: RecommendationsQuery): Lack | undefined {
  if (customer === null) return 'customer';
  if (customer.recommendations === null) return 'run';
  return customer.recommendations.nodes.length === 0 ? 'recommendations' : undefined;
}

/** A customer's name, or the shop's own key where it is withheld. */
export function customerName({ name, externalId }: RecommendedCustomer): string {
  return name ?? externalId;
}

/** A product's name, or the shop's own key where it is unknown. */
export function productName({ name, externalId }: Pick<Recommendation['product'], 'name' | 'externalId'>): string {
  return name ?? externalId;
}

export function figuresOf({ nodes }: RecommendationList): Figures {
  const margins = nodes.flatMap(({ expectedMargin }) => (expectedMargin ? [Number(expectedMargin.amount)] : []));
  return {
    hasChance: nodes.some(({ probability }) => probability !== null),
    hasMargin: margins.length > 0,
    largestMargin: Math.max(0, ...margins),
  };
}

/** When a recommendation is due, seen from the as-of day; undefined for one without a day. */
export function dueOf({ expectedOn }: Recommendation, asOf: string): Due | undefined {
  if (expectedOn === null) return undefined;
  const daysAgo = Math.round((Date.parse(asOf) - Date.parse(expectedOn)) / DAY_MS);
  return daysAgo > 0 ? { daysAgo } : { on: expectedOn };
}
