/** The variance of a difference between the means of two groups, and how many customers each has, at least 1. */
export interface DifferenceVariance {
  readonly variance: number;
  readonly customers: number;
  readonly controls: number;
}

/** Customers whose variance counts as much as everybody's. */
const STRENGTH = 200;

/**
 * Variances of differences, with those of few customers drawn to what is usual. Where one in a hundred buys, a small group often
 * has no buyer at all: by its own variance the difference would be certain. With n and m customers, and the variance
 * of one customer s^2 = variance / (1/n + 1/m),
 *
 *   moderated = (1/n + 1/m) (200 usual + (n + m) s^2) / (200 + n + m),  usual the mean s^2 of all customers
 *
 * @returns Above 0 unless all variances are 0. @see Smyth (2004), with a strength that is given instead of estimated
 */
export function moderatedVariances(differences: readonly DifferenceVariance[]): number[] {
  const ownVariances = differences.map(
    ({ variance, customers, controls }) => variance / (1 / customers + 1 / controls),
  );
  const sizes = differences.map(({ customers, controls }) => customers + controls);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const usual = ownVariances.reduce((sum, own, i) => sum + (own * sizes[i]!) / total, 0);
  return differences.map(({ customers, controls }, i) => {
    const moderated = (STRENGTH * usual + sizes[i]! * ownVariances[i]!) / (STRENGTH + sizes[i]!);
    return moderated * (1 / customers + 1 / controls);
  });
}
