import { expect, it } from 'vitest';

import { bgNbd } from '../../server/engine/models/bg-nbd.ts';
import { mbgNbd } from '../../server/engine/models/mbg-nbd.ts';
import { symmetricInverse } from '../../server/engine/numerics/symmetric-inverse.ts';
import reference from './models/fixtures/covariates.json' with { type: 'json' };

it('fits MBG/NBD to 300 customers with the likelihood that 30-digit arithmetic has', () => {
  const groups = reference.customers.map(([x, tx, T]) => ({ x: x!, tx: tx! / 7, T: T! / 7, count: 1 }));
  const fit = mbgNbd.fit(groups);
  expect(fit).toMatchObject({ status: 'converged', customers: 300 });
  expect(fit.logLikelihood).toBeCloseTo(reference.plainLogLikelihood, 8);
});

it('expects of the published customer the published purchases', () => {
  const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
  const orders = bgNbd.conditionalExpectedTransactions(published, { x: 2, tx: 30.43, T: 38.86 }, 39);
  expect(orders).toBeCloseTo(1.226028, 6);
});

it('inverts a matrix with the WebAssembly kernel', () => {
  const inverse = symmetricInverse(2, (matrix) => {
    matrix.set(0, 0, 5);
    matrix.set(1, 0, 3);
    matrix.set(1, 1, 4);
  });
  const entries = [inverse.get(0, 0), inverse.get(1, 0), inverse.get(1, 1)];
  for (const [i, value] of [4 / 11, -3 / 11, 5 / 11].entries()) expect(entries[i]).toBeCloseTo(value, 6);
});
