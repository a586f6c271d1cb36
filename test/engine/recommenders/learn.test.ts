import { describe, expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import { learnBlend, probabilities } from '../../../server/engine/recommenders/evaluation/blend.ts';
import type { RecommenderName } from '../../../server/engine/recommenders/evaluation/findings.ts';
import { learn } from '../../../server/engine/recommenders/evaluation/learn.ts';
import { listFigures } from '../../../server/engine/recommenders/evaluation/list-figures.ts';
import { listsOf, type Trial } from '../../../server/engine/recommenders/evaluation/trial.ts';

const ITEMS = 30;

/**
 * Users for whom all items are candidates. What was bought has a part in the signal of each recommender, the rest is chance.
 * @param quality By recommender: how far its signals tell what was bought, in [0, 1].
 */
function drawn(seed: number, users: number, quality: Partial<Record<RecommenderName, number>>): Trial {
  const random = createRandom(seed);
  const names = Object.keys(quality) as RecommenderName[];
  const rows = users * ITEMS;
  const isBought = Uint8Array.from({ length: rows }, () => Number(random.uniform() < 0.1));
  return {
    names,
    start: Uint32Array.from({ length: users + 1 }, (_, i) => i * ITEMS),
    item: Uint32Array.from({ length: rows }, (_, row) => row % ITEMS),
    signal: Float64Array.from({ length: rows * names.length }, (_, at) => {
      const tells = quality[names[at % names.length]!]!;
      return tells * isBought[Math.floor(at / names.length)]! * random.uniform() + (1 - tells) * random.uniform();
    }),
    activity: new Float64Array(2 * rows).fill(1),
    isBought,
    bought: Array.from(
      { length: users },
      (_, user) =>
        new Set(Array.from({ length: ITEMS }, (_each, i) => i).filter((i) => isBought[user * ITEMS + i] === 1)),
    ),
  };
}

describe('learn', () => {
  const trial = drawn(1, 400, { popularity: 0.2, itemKnn: 0.5, ease: 0.05, ials: 0.4 });
  const { blend, recommenders, figures } = learn(trial, ITEMS);
  const of = (name: RecommenderName) => recommenders.find(({ recommender }) => recommender === name)!;

  it('does not use a recommender that does not beat popularity, and says so', () => {
    expect(of('ease')).toMatchObject({ isUsed: false, weight: null });
    expect(of('ease').reason).toMatch(
      /^not used: Recall@10 0\.\d{4} and NDCG@10 0\.\d{4} on held-out purchases do not beat popularity's 0\.\d{4} and 0\.\d{4}$/,
    );
    expect(of('ease').figures!.ndcg).toBeLessThan(of('popularity').figures!.ndcg);
    expect(blend.names).not.toContain('ease');
  });

  it('weighs those that it uses, the best most, and says by what figures', () => {
    expect(of('itemKnn').reason).toMatch(/^used: Recall@10 .* against popularity's /);
    expect(of('popularity').reason).toMatch(/^used: .* on held-out purchases$/);
    const weights = recommenders.map(({ weight }) => weight ?? 0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(of('itemKnn').weight).toBe(Math.max(...weights));
    expect(recommenders.map(({ recommender }) => recommender)).toEqual(trial.names);
  });

  it('says of one that beats popularity, but adds nothing, that others say it already', () => {
    // The copy of a recommender with its signals halved, and against it where it errs.
    const pair = drawn(2, 300, { popularity: 0.05, itemKnn: 0.6, ials: 0 });
    const signal = Float64Array.from(pair.signal);
    const noise = createRandom(3);
    for (let row = 0; row < pair.item.length; row++)
      signal[3 * row + 2] = Math.max(0, 0.7 * signal[3 * row + 1]! - 0.3 * pair.isBought[row]! * noise.uniform());
    const found = learn({ ...pair, signal }, ITEMS).recommenders[2]!;
    expect(found).toMatchObject({ isUsed: false, weight: null });
    expect(found.reason).toMatch(/, but it adds nothing to the others$/);
  });

  it('does better by the blend than by any of its parts', () => {
    for (const { figures: own } of recommenders) expect(figures.ndcg).toBeGreaterThan(own!.ndcg);
  });

  it('judges the blend by users who did not teach the weights', () => {
    const rowsOf = (parity: number) => [...trial.item.keys()].filter((row) => Math.floor(row / ITEMS) % 2 === parity);
    const narrow = { ...trial, names: ['popularity', 'itemKnn', 'ials'] as const };
    const columns = [0, 1, 3];
    const half = (rows: readonly number[]) => ({
      ...narrow,
      signal: Float64Array.from(rows.flatMap((row) => columns.map((column) => trial.signal[4 * row + column]!))),
      activity: new Float64Array(2 * rows.length).fill(1),
    });
    const crossed = new Float64Array(trial.item.length);
    for (const parity of [0, 1]) {
      const [teachers, pupils] = [rowsOf(1 - parity), rowsOf(parity)];
      const taught = learnBlend(
        half(teachers),
        Uint8Array.from(teachers, (row) => trial.isBought[row]!),
      );
      for (const [i, p] of probabilities(taught, half(pupils)).entries()) crossed[pupils[i]!] = p;
    }
    const { recall, ndcg } = listFigures(listsOf(trial, crossed, 10), trial.bought, 10, ITEMS);
    expect([figures.recall, figures.ndcg]).toEqual([recall, ndcg]);
  });

  it('has no better figures than chance where signals are chance, however many they are', () => {
    const chance = learn(drawn(7, 60, { popularity: 0, itemKnn: 0, ease: 0, ials: 0 }), ITEMS);
    const ofChance = 10 / ITEMS;
    expect(Math.abs(chance.figures.recall - ofChance)).toBeLessThan(0.08);
  });

  it('calibrates ten in each list, with what came of them', () => {
    const signals = drawn(8, 800, { popularity: 0, itemKnn: 0 });
    const random = createRandom(9);
    const isBought = Uint8Array.from({ length: signals.item.length }, (_, row) => {
      const z = -4 + signals.signal[2 * row]! + 4 * signals.signal[2 * row + 1]!;
      return Number(random.uniform() < 1 / (1 + Math.exp(-z)));
    });
    const bought = signals.bought.map((_, user) => {
      const own = isBought.subarray(user * ITEMS, (user + 1) * ITEMS);
      return new Set([...own.keys()].filter((item) => own[item] === 1));
    });
    const bins = learn({ ...signals, isBought, bought }, ITEMS).calibration;
    expect(bins.map(({ recommendations }) => recommendations)).toEqual(new Array(10).fill(800));
    // Five standard errors of a share of 800.
    for (const { predicted, observed } of bins) expect(Math.abs(predicted - observed)).toBeLessThan(0.09);
    expect(bins[9]!.observed).toBeGreaterThan(bins[0]!.observed + 0.2);
  });

  it('ends with figures of a single user too', () => {
    const { figures: own, calibration: bins } = learn(drawn(4, 1, { popularity: 0.5, itemKnn: 0.5 }), ITEMS);
    expect(Object.values(own).every((figure) => figure >= 0 && figure <= 1)).toBe(true);
    expect(bins.every(({ predicted }) => predicted >= 0 && predicted <= 1)).toBe(true);
  });
});
