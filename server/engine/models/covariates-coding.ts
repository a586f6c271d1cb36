import { DomainError } from '../../domain/errors.ts';
import { dot } from '../numerics/vector.ts';
import type { Stratum } from './covariates-likelihood.ts';
import { customersOf } from './fit.ts';

/** With fewer customers than this a level is no level of its own. */
const MIN_CUSTOMERS = 30;

const UNKNOWN = 'unknown';
const OTHER = 'other';

/** How many customers have a value of a category; null where theirs is not known. */
export interface CategoryCount {
  readonly value: string | null;
  readonly count: number;
}

/**
 * The levels of a category, by number of customers; the first is the reference, and each other one is a column of dummies.
 * A missing value is a level of its own, `unknown`. Levels beyond `maxLevels`, and those with fewer than 30 customers, together
 * are the last level, `other`; where they are fewer than 30 altogether, they are no level and count as the reference.
 * @param maxLevels besides `other`, >= 1.
 * @returns one level or none where there is nothing to compare: the category then has no column.
 */
export function dummyCode(values: readonly CategoryCount[], maxLevels = 8): string[] {
  const counts = new Map<string, number>();
  for (const { value, count } of values) counts.set(value ?? UNKNOWN, (counts.get(value ?? UNKNOWN) ?? 0) + count);
  const kept = [...counts]
    .filter(([level, count]) => level !== OTHER && count >= MIN_CUSTOMERS)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, maxLevels)
    .map(([level]) => level);
  const others = [...counts].filter(([level]) => !kept.includes(level)).reduce((sum, [, count]) => sum + count, 0);
  return kept.length > 0 && others >= MIN_CUSTOMERS ? [...kept, OTHER] : kept;
}

/** The columns of a value: 1 at its level, 0 elsewhere. One number per level but the reference. @param levels of `dummyCode`. */
export function dummyRow(levels: readonly string[], value: string | null): number[] {
  const level = levels.includes(value ?? UNKNOWN) ? (value ?? UNKNOWN) : OTHER;
  return levels.slice(1).map((column) => (column === level ? 1 : 0));
}

/**
 * The covariates that are sums of others and a constant, so that only the sum of their effects can be seen.
 * @throws DomainError BAD_COVARIATES for rows of another length or with a number that is not finite, CONSTANT_COVARIATE for a
 * covariate that is the same for every customer.
 */
export function collinearCovariates(names: readonly string[], strata: readonly Stratum[]): string[] {
  const bad = strata.find(({ covariates }) => covariates.length !== names.length || !covariates.every(Number.isFinite));
  if (bad !== undefined)
    throw new DomainError(
      'BAD_COVARIATES',
      `Expected ${names.length} finite covariates (${names.join(', ')}), got [${bad.covariates.join(', ')}].`,
    );
  const weights = strata.map(({ groups }) => customersOf(groups));
  const customers = weights.reduce((sum, weight) => sum + weight, 0);
  /** Of the parts of the covariates that no earlier one explains: unit vectors, one entry per stratum. */
  const basis: number[][] = [];
  return names.filter((name, j) => {
    const column = strata.map(({ covariates }) => covariates[j]!);
    const mean = dot(column, weights) / customers;
    const centered = column.map((z, i) => (z - mean) * Math.sqrt(weights[i]!));
    const length = Math.sqrt(dot(centered, centered));
    if (!(length > 1e-9 * Math.abs(mean) * Math.sqrt(customers)))
      throw new DomainError('CONSTANT_COVARIATE', `The covariate ${name} is the same for every customer.`, [name]);
    const rest = basis.reduce((left, unit) => {
      const along = dot(left, unit);
      return left.map((value, i) => value - along * unit[i]!);
    }, centered);
    const restLength = Math.sqrt(dot(rest, rest));
    if (restLength <= 1e-6 * length) return true;
    basis.push(rest.map((value) => value / restLength));
    return false;
  });
}
