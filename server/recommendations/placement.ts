import { DomainError } from '../domain/errors.ts';
import { hashShare } from '../domain/hash-share.ts';
import type { RecommendationKind } from '../domain/recommendations.ts';

export const FALLBACKS = ['TRENDING', 'NONE'] as const;

export type Fallback = (typeof FALLBACKS)[number];

/** How a named place of a shop filters its recommendations. */
export interface PlacementRules {
  readonly name: string;
  /** Null for all. */
  readonly kinds: readonly RecommendationKind[] | null;
  /** Null for all. */
  readonly categories: readonly string[] | null;
  /** Bounds of the price, inclusive, as decimal text. */
  readonly minimumPrice: string | null;
  readonly maximumPrice: string | null;
  /** Leaves out what the customer bought so many days before the as-of day or later. */
  readonly notBoughtWithinDays: number | null;
  readonly mostPerCategory: number | null;
  readonly fallback: Fallback;
  /** In [0, 1] */
  readonly controlShare: number;
}

export interface Placement extends PlacementRules {
  readonly updatedAt: Date;
}

export const MOST_PLACEMENTS = 100;
/** Longest list of recommendations. */
export const MOST_RECOMMENDATIONS = 24;
const MOST_CATEGORIES = 50;
const LONGEST_CATEGORY = 200;
const MOST_DAYS = 3650;

/** Whether a text can name a placement. */
export const isPlacementName = (text: string): boolean => /^[\w-]{1,60}$/.test(text);

/** @throws DomainError naming the argument that is not acceptable. */
export function assertPlacement(rules: PlacementRules): void {
  const { name, categories, minimumPrice, maximumPrice } = rules;
  assertPlacementName(name);
  assertCategories(categories);
  const [minimum, maximum] = [assertPrice(minimumPrice, 'minimumPrice'), assertPrice(maximumPrice, 'maximumPrice')];
  if (minimum !== null && maximum !== null && minimum > maximum) {
    const message = `expected a minimum of at most the maximum, got ${minimumPrice} and ${maximumPrice}`;
    throw new DomainError('BAD_PRICE', message, ['minimumPrice']);
  }
  assertCount(rules.notBoughtWithinDays, MOST_DAYS, 'notBoughtWithinDays');
  assertCount(rules.mostPerCategory, MOST_RECOMMENDATIONS, 'mostPerCategory');
  if (!(rules.controlShare >= 0 && rules.controlShare <= 1)) {
    throw new DomainError('BAD_SHARE', `controlShare must lie in 0 to 1, got ${rules.controlShare}`, ['controlShare']);
  }
}

/** @throws DomainError BAD_NAME */
export function assertPlacementName(name: string): void {
  if (isPlacementName(name)) return;
  throw new DomainError('BAD_NAME', `"${name}" is no name: expected 1 to 60 letters, digits, - and _`, ['name']);
}

/** @param names Those that exist. */
export function noSuchPlacement(name: string, names: readonly string[], field: string): DomainError {
  const known = names.length === 0 ? 'there is none yet' : `there are: ${names.join(', ')}`;
  return new DomainError('NO_SUCH_PLACEMENT', `no placement "${name}"; ${known}`, [field]);
}

function assertCategories(categories: readonly string[] | null): void {
  if (categories === null) return;
  if (categories.length > MOST_CATEGORIES) {
    const message = `expected at most ${MOST_CATEGORIES} categories, or none given for all, got ${categories.length}`;
    throw new DomainError('BAD_CATEGORIES', message, ['categories']);
  }
  const bad = categories.find((category) => category === '' || category.length > LONGEST_CATEGORY);
  if (bad !== undefined) {
    const message = `expected categories of 1 to ${LONGEST_CATEGORY} characters, got one of ${bad.length}`;
    throw new DomainError('BAD_CATEGORIES', message, ['categories']);
  }
}

/** What `numeric(14, 4)` holds. */
const PRICE = /^\d{1,10}(\.\d{1,4}0*)?$/;

function assertPrice(price: string | null, field: string): number | null {
  if (price === null || PRICE.test(price)) return price === null ? null : Number(price);
  const message = `${field} must be 0 or more with at most 10 digits before the point and 4 behind it, got ${price}`;
  throw new DomainError('BAD_PRICE', message, [field]);
}

function assertCount(count: number | null, most: number, field: string): void {
  if (count === null || (count >= 1 && count <= most)) return;
  throw new DomainError('BAD_COUNT', `${field} must be 1 to ${most}, got ${count}`, [field]);
}

/** Whether a customer is in the control group of a placement: always the same for the same three, for a share of customers. */
export const isControl = (workspaceId: string, { name, controlShare }: PlacementRules, customerId: string): boolean =>
  hashShare(workspaceId, name, customerId) < controlShare;
