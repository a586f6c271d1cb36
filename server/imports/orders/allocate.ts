import Decimal from 'decimal.js';

/** Decimals of stored amounts. */
const SCALE = 4;

/**
 * Splits an amount in proportion to weights, to four decimals; the last share with a weight takes what rounding leaves.
 * @param weights >= 0; equal shares where all are 0.
 * @returns Shares that add up to the amount, as many as there are weights.
 */
export function allocate(amount: Decimal, weights: readonly Decimal[]): Decimal[] {
  const sum = Decimal.sum(0, ...weights);
  if (sum.isZero())
    return weights.length === 0
      ? []
      : allocate(
          amount,
          weights.map(() => new Decimal(1)),
        );
  const shares = weights.map((weight) => amount.times(weight).div(sum).toDecimalPlaces(SCALE));
  const last = weights.findLastIndex((weight) => !weight.isZero());
  shares[last] = shares[last]!.plus(amount).minus(Decimal.sum(...shares));
  return shares;
}
