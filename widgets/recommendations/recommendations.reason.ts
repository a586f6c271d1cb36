import type { Formats } from '../shared/formats.ts';

import { productName, type Recommendation } from './recommendations.data.ts';
import type { RecommendationsTerms } from './recommendations.terms.ts';

/** Products named in a reason; the strongest come first. */
const MOST_NAMES = 2;

/** Why a product is recommended, in the reader's language: `because they bought Teapot: 41 customers bought both`. */
export function reasonText({ product, reason }: Recommendation, terms: RecommendationsTerms, formats: Formats): string {
  if (reason.code === 'GOES_WITH') return goesWith(reason, terms, formats);
  if (reason.code === 'DUE_AGAIN') return dueAgain(reason, terms, formats);
  if (reason.code === 'STEP_UP') return stepUp(reason, product, terms, formats);
  return terms.sellsBest;
}

/** Customers are counted for the first product alone, so where more are named the count stands beside it. */
function goesWith(
  { products, customers }: Recommendation['reason'],
  terms: RecommendationsTerms,
  formats: Formats,
): string {
  const [first, ...more] = namesOf(products);
  if (first === undefined) return terms.goesWithBought;
  if (customers === null) return terms.lookedAt(formats.list([first, ...more]));
  const both = terms.boughtBoth(customers, formats.count(customers));
  return more.length === 0
    ? `${terms.because(first)}: ${both}`
    : terms.because(formats.list([`${first} (${both})`, ...more]));
}

function dueAgain(reason: Recommendation['reason'], terms: RecommendationsTerms, formats: Formats): string {
  const { usualGapDays, daysSinceLastBought } = reason;
  const facts = [
    ...(usualGapDays === null ? [] : [terms.usualGap(formats.days(Math.round(usualGapDays)))]),
    ...(daysSinceLastBought === null ? [] : [terms.lastBought(formats.daysAgo(daysSinceLastBought))]),
  ];
  return facts.length === 0 ? terms.boughtAgain : facts.join(terms.comma);
}

function stepUp(
  { products, priceRatio }: Recommendation['reason'],
  { category }: Recommendation['product'],
  terms: RecommendationsTerms,
  formats: Formats,
): string {
  const names = namesOf(products);
  const step = names.length === 0 ? undefined : terms.stepUp(formats.list(names));
  if (priceRatio === null) return step ?? terms.stepUp(undefined);
  const where = category === null ? undefined : isolated(category);
  const ratio = terms.priceRatio(formats.decimal(priceRatio), where);
  return step === undefined ? ratio : `${step}: ${ratio}`;
}

function namesOf(products: Recommendation['reason']['products']): string[] {
  return products.slice(0, MOST_NAMES).map((product) => isolated(productName(product)));
}

/** Keeps the direction of a name from turning the words around it. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
