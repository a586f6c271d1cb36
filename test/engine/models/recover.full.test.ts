import { describe, expect, it } from 'vitest';

import { bdw } from '../../../server/engine/models/bdw.ts';
import { bgBb } from '../../../server/engine/models/bg-bb.ts';
import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { gammaGamma } from '../../../server/engine/models/gamma-gamma.ts';
import { mbgCnbd } from '../../../server/engine/models/mbg-cnbd.ts';
import { fitStages } from '../../../server/engine/models/mbg-cnbd-fit.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import { sbg } from '../../../server/engine/models/sbg.ts';
import type { Fit, HistoryGroup, TransactionModel } from '../../../server/engine/models/types.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';

const RUNS = 100;
/** Of the 95% intervals; 90 of 100 is what chance leaves with a probability of 97% when they are right. */
const AT_LEAST = 90;
const Z95 = 1.959964;

/** How many of the runs have each true parameter in its 95% interval, which is symmetric in ln(parameter - bound). */
function hits<P extends object>(
  truth: P,
  lowerBounds: Partial<P>,
  fitOf: (random: Random) => Fit<P>,
): Record<string, number> {
  const values = (p: Partial<P>) => p as Readonly<Record<string, number>>;
  const names = Object.keys(lowerBounds);
  const counts = Object.fromEntries(names.map((name) => [name, 0]));
  for (let seed = 1; seed <= RUNS; seed++) {
    const { parameters, covariance } = fitOf(createRandom(seed));
    for (const [i, name] of names.entries()) {
      const ln = (p: P) => Math.log(values(p)[name]! - values(lowerBounds)[name]!);
      if (covariance && Math.abs(ln(parameters) - ln(truth)) < Z95 * Math.sqrt(covariance[i]![i]!)) counts[name]!++;
    }
  }
  return counts;
}

function histories<P>(model: TransactionModel<P>, truth: P, customers: number, random: Random): HistoryGroup[] {
  return Array.from({ length: customers }, () => {
    const T = 40 + 40 * random.uniform();
    const times = model.simulate(truth, T, random);
    return { x: times.length, tx: times.at(-1) ?? 0, T, count: 1 };
  });
}

const expectRecovered = (counts: Record<string, number>) => {
  for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThanOrEqual(AT_LEAST);
};

describe(`of ${RUNS} simulated stores at least ${AT_LEAST} have each true parameter in its 95% interval`, () => {
  const TIMEOUT = 120_000;
  const betaGeometric = { r: 0.9, alpha: 7, a: 0.9, b: 2.5 };

  it.each([bgNbd, mbgNbd])(
    '$name, 1,000 customers',
    (model) => {
      const fitOf = (random: Random) =>
        model.fit(histories(model, betaGeometric, 1000, random), { start: betaGeometric });
      expectRecovered(hits(betaGeometric, model.lowerBounds, fitOf));
    },
    TIMEOUT,
  );

  it(
    'mbg-cnbd, 2,000 customers, and its number of stages too',
    () => {
      const truth = { k: 2, r: 0.9, alpha: 3.5, a: 0.9, b: 2.5 };
      let recognised = 0;
      const fitOf = (random: Random) => {
        const groups = histories(mbgCnbd, truth, 2000, random);
        const fit = mbgCnbd.fit(groups);
        if (fit.parameters.k === truth.k) recognised++;
        return fit.parameters.k === truth.k ? fit : fitStages(truth.k, groups, { start: truth });
      };
      expectRecovered(hits(truth, mbgCnbd.lowerBounds, fitOf));
      expect(recognised).toBeGreaterThanOrEqual(AT_LEAST);
    },
    TIMEOUT,
  );

  it(
    'pareto-nbd, 1,500 customers',
    () => {
      const truth = { r: 1, alpha: 8, s: 0.9, beta: 12 };
      const fitOf = (random: Random) => paretoNbd.fit(histories(paretoNbd, truth, 1500, random), { start: truth });
      expectRecovered(hits(truth, paretoNbd.lowerBounds, fitOf));
    },
    TIMEOUT,
  );

  it(
    'bg-bb, 2,000 customers of 8 opportunities',
    () => {
      const truth = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 };
      const fitOf = (random: Random) => {
        const groups = new Map<string, HistoryGroup & { count: number }>();
        for (let i = 0; i < 2000; i++) {
          const times = bgBb.simulate(truth, 8, random);
          const key = `${times.length}/${times.at(-1)}`;
          const group = groups.get(key) ?? { x: times.length, tx: times.at(-1) ?? 0, T: 8, count: 0 };
          group.count++;
          groups.set(key, group);
        }
        return bgBb.fit([...groups.values()], { start: truth });
      };
      expectRecovered(hits(truth, bgBb.lowerBounds, fitOf));
    },
    TIMEOUT,
  );

  it(
    'gamma-gamma, 1,000 customers',
    () => {
      const truth = { p: 6, q: 4, gamma: 15 };
      const fitOf = (random: Random) =>
        gammaGamma.fit(
          Array.from({ length: 1000 }, () => {
            const counts = Float64Array.of(1 + Math.floor(5 * random.uniform()));
            const values = new Float64Array(1);
            gammaGamma.drawSpend(truth, { x: 0, m: 0 }, counts, random, values);
            return { x: counts[0]!, m: values[0]! / counts[0]!, count: 1 };
          }),
          { start: truth },
        );
      expectRecovered(hits(truth, gammaGamma.lowerBounds, fitOf));
    },
    TIMEOUT,
  );

  /** Cohorts watched for eight renewals. */
  const contracts = (simulate: (random: Random) => number, random: Random) =>
    Array.from({ length: 2000 }, () => simulate(random)).map((period) => ({
      tenure: Math.min(period, 8),
      churned: period <= 8,
      count: 1,
    }));

  it(
    'sbg, 2,000 customers',
    () => {
      const truth = { alpha: 0.7, beta: 1.9 };
      const fitOf = (random: Random) =>
        sbg.fit(
          contracts((own) => sbg.simulate(truth, own), random),
          { start: truth },
        );
      expectRecovered(hits(truth, sbg.lowerBounds, fitOf));
    },
    TIMEOUT,
  );

  it(
    'bdw, 2,000 customers',
    () => {
      const truth = { alpha: 0.8, beta: 2.2, c: 1.3 };
      const fitOf = (random: Random) =>
        bdw.fit(
          contracts((own) => bdw.simulate(truth, own), random),
          { start: truth },
        );
      expectRecovered(hits(truth, bdw.lowerBounds, fitOf));
    },
    TIMEOUT,
  );
});
