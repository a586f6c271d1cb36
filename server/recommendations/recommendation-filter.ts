import { DomainError } from '../domain/errors.ts';
import { MOST_RECOMMENDATIONS } from './placement.ts';

/** What a filter looks at. */
export interface Filterable {
  readonly category: string | null;
  /** Null where unknown. */
  readonly price: number | null;
  /** Days from the last purchase of it to the as-of day, negative for a later one; null where it was never bought. */
  readonly daysSinceLastBought: number | null;
}

/** What a list must keep to; null is no limit. */
export interface ListFilter {
  readonly categories: readonly string[] | null;
  /** Inclusive. */
  readonly minimumPrice: number | null;
  readonly maximumPrice: number | null;
  /** Leaves out what was bought so many days before the as-of day or later. */
  readonly notBoughtWithinDays: number | null;
  readonly mostPerCategory: number | null;
}

/** The first items of a list that a filter lets pass, in the list's order. What has no known price is within no bounds. */
export function firstPassing<Item>(
  items: readonly Item[],
  filter: ListFilter,
  first: number,
  look: (item: Item) => Filterable,
): Item[] {
  const ofCategory = new Map<string, number>();
  const passing: Item[] = [];
  for (const item of items) {
    if (passing.length === first) break;
    const seen = look(item);
    if (!passes(seen, filter)) continue;
    if (seen.category !== null) {
      const taken = ofCategory.get(seen.category) ?? 0;
      if (taken === filter.mostPerCategory) continue;
      ofCategory.set(seen.category, taken + 1);
    }
    passing.push(item);
  }
  return passing;
}

function passes({ category, price, daysSinceLastBought }: Filterable, filter: ListFilter): boolean {
  const { categories, minimumPrice, maximumPrice, notBoughtWithinDays } = filter;
  if (categories !== null && (category === null || !categories.includes(category))) return false;
  if (minimumPrice !== null && !(price !== null && price >= minimumPrice)) return false;
  if (maximumPrice !== null && !(price !== null && price <= maximumPrice)) return false;
  return notBoughtWithinDays === null || daysSinceLastBought === null || daysSinceLastBought > notBoughtWithinDays;
}

/** Rows of a list where nothing else is asked for. */
export const LIST_SIZE = 5;

/** How many rows a list may have. @throws DomainError BAD_PAGE unless 1 to 24. */
export function readFirst(first: number | null | undefined): number {
  const size = first ?? LIST_SIZE;
  if (size >= 1 && size <= MOST_RECOMMENDATIONS) return size;
  throw new DomainError('BAD_PAGE', `\`first\` must be 1 to ${MOST_RECOMMENDATIONS}, got ${size}`, ['first']);
}
