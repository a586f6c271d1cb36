import { counted } from '../domain/counted.ts';
import { REASON_OF_KIND, type RecommendationKind } from '../domain/recommendations.ts';

export interface NamedProduct {
  readonly externalId: string;
  readonly name: string | null;
  readonly category: string | null;
}

/** What the reason for a recommendation is made from. */
export interface Grounds {
  readonly kind: RecommendationKind;
  readonly product: NamedProduct;
  /** Bought before, strongest first; only looked at where there is no count. */
  readonly because: readonly NamedProduct[];
  /** Customers who bought the first of them and this. */
  readonly boughtBoth: number | null;
  readonly usualGapDays: number | null;
  readonly daysSinceLastBought: number | null;
  /** Price over what the customer usually pays in the category. */
  readonly priceRatio: number | null;
  /** Of the trending list it is from; empty for the one over all countries. */
  readonly country: string;
}

/** Products that a sentence names at most. */
const NAMED = 3;

const list = new Intl.ListFormat('en-GB');

/** Why a product is recommended, in a sentence without its full stop. */
export function reasonText(grounds: Grounds): string {
  switch (REASON_OF_KIND[grounds.kind]) {
    case 'GOES_WITH':
      return goesWith(grounds);
    case 'DUE_AGAIN':
      return dueAgain(grounds);
    case 'STEP_UP':
      return stepUp(grounds);
    case 'TRENDING':
      return `among the ${bestSelling(grounds.country)}`;
  }
}

/** Only the first product is counted with, so where more are named it is named again. */
function goesWith({ because, boughtBoth }: Grounds): string {
  const [first, ...more] = because;
  if (first === undefined) return 'goes with what was bought before';
  if (boughtBoth === null) return `because you looked at ${names(because)}`;
  const reason = `because you bought ${names(because)}`;
  return `${reason}: ${counted(boughtBoth, 'customer')} bought ${more.length === 0 ? 'both' : `this and ${nameOf(first)}`}`;
}

function dueAgain({ usualGapDays, daysSinceLastBought }: Grounds): string {
  const parts = [
    usualGapDays === null ? 'bought before' : `usually bought again after ${counted(usualGapDays, 'day')}`,
    ...(daysSinceLastBought === null ? [] : [`last bought ${counted(daysSinceLastBought, 'day')} ago`]),
  ];
  return parts.join(', ');
}

function stepUp({ because, priceRatio, product: { category } }: Grounds): string {
  const step = because.length === 0 ? 'a step up' : `a step up from ${names(because)}`;
  if (priceRatio === null) return step;
  return `${step}: ${priceRatio.toFixed(1)} times what they usually pay${category === null ? '' : ` in ${category}`}`;
}

/** Why a list is not the customer's own. */
export const CAUSES = {
  CONTROL: 'control group of this placement',
  NO_PURCHASES: 'no purchases yet',
  NOTHING_OWN: 'nothing to recommend to this customer in particular',
  NO_KIND: 'no products of these kinds',
  ALL_FILTERED: 'no products pass the filters',
} as const;

/** @param country Of the trending list that is shown instead; null for an empty list. */
export const listReason = (cause: keyof typeof CAUSES, country: string | null): string =>
  `${CAUSES[cause]}: ${country === null ? 'the list is empty' : `these are the ${bestSelling(country)}`}`;

const bestSelling = (country: string) => `best-selling products${country === '' ? '' : ` in ${country}`}`;

const nameOf = ({ name, externalId }: NamedProduct) => name ?? externalId;

const names = (products: readonly NamedProduct[]) => list.format(products.slice(0, NAMED).map(nameOf));
