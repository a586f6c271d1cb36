import type { Random } from '../numerics/random.ts';
import type { Fit } from './types.ts';

/** Some parameters of a poor fit are known to within powers of ten: draws stop at e^4 times the estimate. */
const FURTHEST = 4;

/** Lower triangular L with L L' = matrix; a direction without variance (or with rounding's idea of it) becomes zeros. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      const pivot = lower[j]![j]!;
      if (i === j) lower[i]![j] = Math.sqrt(Math.max(0, rest));
      else lower[i]![j] = pivot === 0 ? 0 : rest / pivot;
    }
  }
  return lower;
}

/**
 * Parameters as uncertain as the data leave them: ln(parameter - lower bound) is normal around the estimate with the fit's
 * covariance. Parameters without a bound, and all where the fit has no covariance, are the estimate in every draw.
 * @param model the one that the fit is of; the covariance is in the order of its lower bounds.
 * @param count number of draws, >= 0.
 */
export function parameterDraws<P>(
  model: { readonly lowerBounds: Partial<P> },
  { parameters, covariance }: Pick<Fit<P>, 'parameters' | 'covariance'>,
  count: number,
  random: Random,
): P[] {
  if (covariance === null) return Array.from({ length: count }, () => parameters);
  const bounds = Object.entries(model.lowerBounds as Readonly<Record<string, number>>);
  const estimates = parameters as Readonly<Record<string, number>>;
  const lower = cholesky(covariance);
  return Array.from({ length: count }, () => {
    const normals = bounds.map(() => random.normal());
    const draw = bounds.map(([name, bound], i) => {
      const deviation = normals.reduce((sum, z, j) => sum + lower[i]![j]! * z, 0);
      const factor = Math.exp(Math.min(Math.max(deviation, -FURTHEST), FURTHEST));
      return [name, bound + (estimates[name]! - bound) * factor];
    });
    return { ...parameters, ...Object.fromEntries(draw) };
  });
}
