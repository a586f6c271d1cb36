import { expect, it } from 'vitest';

import { type ChosenFit, toFitRow } from '../../server/services/fit-models.ts';

const chosen = (status: ChosenFit['fit']['status'], fallbackReason: string | null = null): ChosenFit => ({
  fit: {
    model: 'mbg-nbd',
    parameters: { r: 1 },
    standardErrors: null,
    logLikelihood: -1,
    iterations: 200,
    status,
    customers: 60,
  },
  fallbackReason,
});

it('says of a fit why it did not converge, and of a good one nothing', () => {
  expect(toFitRow('TRANSACTIONS', chosen('max-iterations'))).toMatchObject({
    status: 'MAX_ITERATIONS',
    reason: 'the search for the parameters of MBG/NBD was stopped while its likelihood was still improving',
  });
  expect(toFitRow('TRANSACTIONS', chosen('stalled'))).toMatchObject({
    status: 'STALLED',
    reason: 'the search for the parameters of MBG/NBD could make no more progress before it converged',
  });
  expect(toFitRow('TRANSACTIONS', chosen('converged'))).toMatchObject({ status: 'CONVERGED', reason: null });
});

it('says of a stand-in why there is no fit', () => {
  expect(toFitRow('TRANSACTIONS', chosen('converged', 'too few'))).toMatchObject({
    status: 'FALLBACK',
    reason: 'too few',
  });
});
