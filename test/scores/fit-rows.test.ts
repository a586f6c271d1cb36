import { expect, it } from 'vitest';

import type { RobustFit } from '../../server/engine/models/robust-fit.ts';
import { fromFitRow, toFitRow } from '../../server/scores/fit-rows.ts';

const robust = (status: RobustFit['fit']['status'], reasons: Partial<RobustFit> = {}): RobustFit => ({
  fit: {
    model: 'mbg-nbd',
    parameters: { r: 1 },
    standardErrors: { r: 0.5 },
    covariance: [[0.25]],
    priorWeight: 0.125,
    logLikelihood: -1,
    iterations: 200,
    status,
    customers: 60,
  },
  fallbackReason: null,
  priorReason: null,
  ...reasons,
});

it('says of a fit why it did not converge, and of a good one nothing', () => {
  expect(toFitRow('TRANSACTIONS', robust('max-iterations'), true)).toMatchObject({
    status: 'MAX_ITERATIONS',
    reason: 'the search for the parameters of MBG/NBD was stopped while its likelihood was still improving',
  });
  expect(toFitRow('TRANSACTIONS', robust('stalled'), true)).toMatchObject({
    status: 'STALLED',
    reason: 'the search for the parameters of MBG/NBD could make no more progress before it converged',
  });
  expect(toFitRow('TRANSACTIONS', robust('converged'), true)).toMatchObject({ status: 'CONVERGED', reason: null });
});

it('says of a stand-in why there is no fit, and of one with a prior how much of it is', () => {
  expect(toFitRow('TRANSACTIONS', robust('converged', { fallbackReason: 'too few' }), true)).toMatchObject({
    status: 'FALLBACK',
    reason: 'too few',
  });
  expect(toFitRow('TRANSACTIONS', robust('converged', { priorReason: 'few' }), true)).toMatchObject({
    status: 'CONVERGED',
    reason: 'few',
  });
});

it('says of a fit of spend whose means were capped, beside what else is to say', () => {
  expect(toFitRow('SPEND', robust('converged', { capReason: 'capped' }), true)).toMatchObject({ reason: 'capped' });
  expect(toFitRow('SPEND', robust('converged', { priorReason: 'few', capReason: 'capped' }), true)).toMatchObject({
    status: 'CONVERGED',
    reason: 'few; capped',
  });
});

it('reads back the fit that it recorded', () => {
  const { fit } = robust('stalled');
  expect(fromFitRow(toFitRow('TRANSACTIONS', { fit, fallbackReason: null, priorReason: null }, false))).toEqual(fit);
});
