/** Inner product of two vectors of equal length. */
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Largest absolute component; NaN if any component is. */
export const maxAbs = (a: readonly number[]): number => Math.max(0, ...a.map(Math.abs));

/**
 * Inverse of a symmetric positive definite matrix, by Cholesky.
 * @returns null if the matrix is not positive definite (or holds a NaN): then it is no covariance.
 */
export function inversePositiveDefinite(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const lower = matrix.map(() => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i]![j]! - dot(lower[i]!.slice(0, j), lower[j]!.slice(0, j));
      if (i === j && !(rest > 0)) return null;
      lower[i]![j] = i === j ? Math.sqrt(rest) : rest / lower[j]![j]!;
    }
  }
  const columns = matrix.map((_, k) => solve(lower, k));
  return columns.map((column, i) => column.map((_, j) => dot(columns[i]!, columns[j]!)));
}

/** Column k of the inverse of a lower triangular matrix: the solution of L x = unit vector k. */
function solve(lower: readonly (readonly number[])[], k: number): number[] {
  const x: number[] = [];
  for (const [i, row] of lower.entries()) x.push(((i === k ? 1 : 0) - dot(row.slice(0, i), x)) / row[i]!);
  return x;
}
