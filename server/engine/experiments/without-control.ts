import { studentQuantile, studentTwoSided } from '../numerics/student-t.ts';
import type { Estimate } from './types.ts';

/** Sums of what customers spent in as many days before their assignment (x) as after it (y). */
export interface PrePostSums {
  readonly variantId: string;
  readonly customers: number;
  readonly before: { readonly sum: number; readonly squares: number };
  readonly after: { readonly sum: number; readonly squares: number };
  /** Sum of x y */
  readonly products: number;
}

/** A difference between means per customer. */
export interface Difference {
  readonly difference: Estimate;
  readonly pValue: number;
}

/** The same customers before and after. Not causal: whoever is sent something has often just bought, or just not. */
export interface PrePost {
  readonly variantId: string;
  readonly customers: number;
  /** Revenue per customer; null of nobody. */
  readonly before: number | null;
  readonly after: number | null;
  /** After less before; null with fewer than two customers, or where all differ by the same. */
  readonly change: Difference | null;
}

/** Student's paired t. */
export function prePost({ variantId, customers, before, after, products }: PrePostSums): PrePost {
  const mean = (sum: number) => (customers === 0 ? null : sum / customers);
  const sum = after.sum - before.sum;
  const squares = after.squares - 2 * products + before.squares;
  const variance = Math.max(0, squares - (sum * sum) / customers) / (customers - 1);
  return {
    variantId,
    customers,
    before: mean(before.sum),
    after: mean(after.sum),
    change: customers < 2 ? null : differenceOf(sum / customers, variance / customers, customers - 1),
  };
}

/** What some customers of a stratum spent. */
export interface StratumSums {
  readonly customers: number;
  readonly sum: number;
  readonly squares: number;
}

/** Customers alike by what was known of them before: those of a variant, and those who were never in the campaign. */
export interface MatchedStratum {
  readonly segment: string;
  readonly tier: string | null;
  readonly exposed: StratumSums;
  readonly others: StratumSums;
}

export interface MatchedSums {
  readonly variantId: string;
  /** All that count, whether there is anybody like them or not. */
  readonly customers: number;
  readonly strata: readonly MatchedStratum[];
}

/** A variant's customers beside others alike. Not causal: they are alike only by what was bought before. */
export interface MatchedComparison {
  readonly variantId: string;
  readonly customers: number;
  /** Share of the variant's customers in strata with others to compare with, 0 to 1; null of nobody. */
  readonly matched: number | null;
  /** Revenue per matched customer, and of the others made up like them; null where nobody is matched. */
  readonly exposed: number | null;
  readonly others: number | null;
  readonly effect: Difference | null;
}

/** In either part of a stratum: one customer has no variance. */
const FEWEST = 2;

/**
 * The mean difference over strata, each weighed by its share of the variant's matched customers, with variances of the strata's
 * means added up and degrees of freedom after Satterthwaite. Strata with fewer than two on a side are left out.
 * @see Imbens & Rubin (2015), Causal Inference, section 17.5 (subclassification, effect on the treated)
 */
export function matchedComparison({ variantId, customers, strata }: MatchedSums): MatchedComparison {
  const used = strata.filter(({ exposed, others }) => Math.min(exposed.customers, others.customers) >= FEWEST);
  const matched = used.reduce((sum, { exposed }) => sum + exposed.customers, 0);
  if (matched === 0) {
    return { variantId, customers, matched: customers === 0 ? null : 0, exposed: null, others: null, effect: null };
  }
  const means = { exposed: 0, others: 0 };
  let variance = 0;
  let perDegree = 0;
  for (const stratum of used) {
    const weight = stratum.exposed.customers / matched;
    for (const side of ['exposed', 'others'] as const) {
      const { customers: n, sum, squares } = stratum[side];
      means[side] += (weight * sum) / n;
      const part = (weight ** 2 * Math.max(0, squares - (sum * sum) / n)) / (n - 1) / n;
      variance += part;
      perDegree += part ** 2 / (n - 1);
    }
  }
  return {
    variantId,
    customers,
    matched: matched / customers,
    ...means,
    effect: differenceOf(means.exposed - means.others, variance, variance ** 2 / perDegree),
  };
}

function differenceOf(value: number, variance: number, degrees: number): Difference | null {
  if (!(variance > 0)) return null;
  const error = Math.sqrt(variance);
  const half = studentQuantile(0.975, degrees) * error;
  return {
    difference: { value, interval: { low: value - half, high: value + half } },
    pValue: studentTwoSided(value / error, degrees),
  };
}
