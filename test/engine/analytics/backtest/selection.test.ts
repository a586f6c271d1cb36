import { describe, expect, it } from 'vitest';

import type { ModelAccuracy } from '../../../../server/engine/analytics/backtest/figures.ts';
import type { OriginComparison } from '../../../../server/engine/analytics/backtest/selection.ts';
import { selectModel } from '../../../../server/engine/analytics/backtest/selection.ts';
import type { MinimizeStatus } from '../../../../server/engine/numerics/minimize.ts';

const totals = { predicted: 1, actual: 1, bias: 0, lnRatio: 0 };

const accuracy = (crps: number): ModelAccuracy => ({
  customers: 10,
  orders: totals,
  value: totals,
  meanAbsoluteError: crps,
  rootMeanSquareError: crps,
  crps,
  brier: null,
  areaUnderCurve: null,
  expectedCalibrationError: null,
  anyOrderCalibration: [],
  ordersCalibration: [],
  normalisedGini: null,
  topDecileShare: null,
});

/** An origin from the scores of its models. */
const origin = (
  scores: Record<string, number>,
  baseline = 1,
  status: MinimizeStatus = 'converged',
): OriginComparison => ({
  origin: 0,
  customers: 10,
  failed: [],
  models: Object.entries(scores).map(([model, crps]) => ({ model, status, accuracy: accuracy(crps) })),
  baseline: accuracy(baseline),
  yardstick: null,
});

describe('selectModel', () => {
  it('takes the lowest mean score and says so with figures', () => {
    const good = { 'mbg-nbd': 0.4, 'pareto-nbd': 0.3, 'bg-nbd': 0.5 };
    expect(selectModel([origin(good), origin(good), origin({ ...good, 'pareto-nbd': 0.33 })])).toEqual({
      chosen: 'pareto-nbd',
      reason:
        'Pareto/NBD has the lowest CRPS of orders over the latest 3 origins: 0.310 against 0.400 (MBG/NBD) and 0.500 (BG/NBD); the rate baseline has 1.00',
      beatsBaseline: true,
    });
  });

  it('looks at the latest three origins only', () => {
    const late = origin({ 'mbg-nbd': 0.4, 'bg-nbd': 0.3 });
    const early = origin({ 'mbg-nbd': 0.1, 'bg-nbd': 9 });
    expect(selectModel([early, early, late, late, late]).chosen).toBe('bg-nbd');
  });

  it('takes the first model where the digits shown are equal', () => {
    const tied = origin({ 'mbg-nbd': 0.55421, 'bg-nbd': 0.55389 });
    const { chosen, reason } = selectModel([tied, tied, tied]);
    expect(chosen).toBe('mbg-nbd');
    expect(reason).toMatch(/^MBG\/NBD shares the lowest CRPS/);
  });

  it('passes over a model whose fit did not converge at one of them', () => {
    const fine = origin({ 'mbg-nbd': 0.4, 'bg-nbd': 0.5 });
    const mixed: OriginComparison = {
      ...fine,
      models: fine.models.map((result) => (result.model === 'mbg-nbd' ? { ...result, status: 'stalled' } : result)),
    };
    expect(selectModel([fine, mixed, fine]).chosen).toBe('bg-nbd');
    const stalled = origin({ 'mbg-nbd': 0.4, 'bg-nbd': 0.5 }, 1, 'stalled');
    expect(selectModel([stalled, stalled, stalled]).chosen).toBe('mbg-nbd');
  });

  it('leaves out origins that knew too few repeat buyers for a model, unless all did', () => {
    const pooled = origin({ 'pooled-rate': 0.2 });
    const modelled = origin({ 'mbg-nbd': 0.4, 'bg-nbd': 0.5 });
    expect(selectModel([pooled, modelled, modelled])).toMatchObject({
      chosen: 'mbg-nbd',
      reason: expect.stringContaining('latest 2 origins'),
    });
    expect(selectModel([pooled, pooled, pooled]).chosen).toBe('pooled-rate');
  });

  it('reports where the best model loses to the rate baseline', () => {
    const poor = origin({ 'mbg-nbd': 0.4 }, 0.3);
    const { beatsBaseline, reason } = selectModel([poor, poor, poor]);
    expect(beatsBaseline).toBe(false);
    expect(reason).toMatch(/^no model beats the rate baseline: MBG/);
  });

  it('compares a model that lacks an origin on the others, and names why it lacks it', () => {
    const hard = {
      ...origin({ 'bg-nbd': 0.8 }, 2),
      failed: [{ model: 'mbg-nbd', reason: 'its likelihood has no maximum' }],
    };
    const fine = origin({ 'mbg-nbd': 0.3, 'bg-nbd': 0.4 });
    // Four of ten of the baseline's score everywhere against three of ten where it has a fit.
    const { chosen, reason } = selectModel([fine, hard, fine]);
    expect(chosen).toBe('mbg-nbd');
    expect(reason).toContain('0.400 against 0.533 (BG/NBD)');
    expect(reason).toContain('at 1 of them there is no MBG/NBD: its likelihood has no maximum');
    expect(selectModel([fine, fine, hard]).chosen).toBe('mbg-nbd');
  });
});
