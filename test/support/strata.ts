import type { BetaGeometricParameters } from '../../server/engine/models/beta-geometric.ts';
import type { Stratum } from '../../server/engine/models/covariates-likelihood.ts';
import type { TransactionModel } from '../../server/engine/models/types.ts';
import type { Random } from '../../server/engine/numerics/random.ts';

export type Model = TransactionModel<BetaGeometricParameters>;

export const TRUTH = { r: 2, alpha: 8, a: 1, b: 4 };

/** Customers of one stratum, watched for 30 to 70 weeks. */
export function stratum(
  model: Model,
  random: Random,
  customers: number,
  covariates: readonly number[],
  effects: { transaction: readonly number[]; dropout: readonly number[] },
): Stratum {
  const effect = (coefficients: readonly number[]) =>
    Math.exp(coefficients.reduce((sum, g, i) => sum + g * covariates[i]!, 0));
  const own = {
    ...TRUTH,
    alpha: TRUTH.alpha / effect(effects.transaction),
    a: TRUTH.a * effect(effects.dropout),
  };
  const groups = Array.from({ length: customers }, () => {
    const T = 30 + 40 * random.uniform();
    const times = model.simulate(own, T, random);
    return { x: times.length, tx: times.at(-1) ?? 0, T, count: 1 };
  });
  return { groups, covariates };
}
