import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import { calibrationOf } from '../../../server/engine/recommenders/evaluation/calibration.ts';
import { expectedRepeats } from '../../../server/engine/recommenders/gap-hazard.ts';
import { type Entry, historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { dueItems, repeatPurchase, repeatsOf } from '../../../server/engine/recommenders/repeat-purchase.ts';
import { arbitraryUsers, scoresOf, shopOf } from '../../support/interactions.ts';

const HORIZON = 28;
const DAYS = 730;

/**
 * Buyers of items whose rates are z_u w_ui h_i, z and w gamma distributed with mean 1: purchases of each by age, negative for
 * those of the days to come.
 */
function simulated(seed: number, users: number, rates: readonly number[], userShape: number, itemShape: number) {
  const random = createRandom(seed);
  return Array.from({ length: users }, () => {
    const z = random.gamma(userShape, userShape);
    return rates.flatMap((rate, item): Entry[] => {
      if (random.uniform() < 0.4) return [];
      const own = z * random.gamma(itemShape, itemShape) * rate;
      const entries: Entry[] = [];
      for (let age = DAYS * random.uniform(); age > -HORIZON; age -= random.exponential(own))
        entries.push({ item, age: Math.floor(age), weight: 1 });
      return entries;
    });
  });
}

/** What can be seen today. */
const until = (entries: readonly Entry[][]) => entries.map((own) => own.filter(({ age }) => age >= 0));

/** An item bought every so many days, so many times, the last time so many days ago. */
type Steady = readonly [item: number, gap: number, times: number, elapsed: number];
const steady = (...items: readonly Steady[]) =>
  items.flatMap(([item, gap, times, elapsed]) =>
    Array.from({ length: times }, (_, i) => [item, elapsed + i * gap] as const),
  );

/** Of item 0 half the buyers come back every thirty days, of item 1 every hundred, of item 2 nobody does. */
const SHOP = shopOf(
  Array.from({ length: 60 }, (_, u) =>
    steady([0, 30, u % 2 ? 4 : 1, u], [1, 100, u % 3 ? 3 : 1, 2 * u], [2, 1, 1, 3 * u]),
  ),
  4,
);
const MODEL = repeatPurchase.fit(SHOP, { horizon: HORIZON, strength: 20 });
const dueOf = (entries: Parameters<typeof shopOf>[0][number]) => dueItems(MODEL, historyOf(shopOf([entries], 4), 0));

describe('by hand', () => {
  it('returns the gaps of an item, and how long ago it was bought last', () => {
    const history = historyOf(
      shopOf(
        [
          [
            [3, 40],
            [3, 5],
            [3, 15],
            [3, 5],
            [1, 9],
            [2, 4, 0.1],
            [3, 1, 0.3],
          ],
        ],
        4,
      ),
      0,
    );
    expect(repeatsOf(history)).toEqual([
      { item: 1, times: 1, elapsed: 9, gaps: [] },
      { item: 3, times: 3, elapsed: 5, gaps: [25, 10] },
    ]);
  });

  it('has the probability of the gamma-Poisson model', () => {
    const { hazard, userShape, itemShape } = MODEL;
    const [first, second] = dueOf(steady([0, 30, 3, 10], [1, 90, 1, 50]));
    const seen = 2 * expectedRepeats(hazard, 0, 30) + expectedRepeats(hazard, 0, 10);
    const all = seen + expectedRepeats(hazard, 1, 50);
    const z = (userShape + 2) / (userShape + all);
    const ahead = expectedRepeats(hazard, 0, 10 + HORIZON) - expectedRepeats(hazard, 0, 10);
    expect(first!.probability).toBeCloseTo(1 - (1 + (z * ahead) / (itemShape + z * seen)) ** -(itemShape + 2), 12);
    expect([first!.times, second!.times]).toEqual([3, 1]);
  });

  it('gives the usual gap by own gaps and everybody’s, and when it is over', () => {
    const [due, late] = [dueOf(steady([0, 20, 5, 2]))[0]!, dueOf(steady([0, 20, 5, 300]))[0]!];
    expect(due.usualGap).toBeCloseTo((4 * 20 + MODEL.usualGap[0]!) / 5, 12);
    expect(due.expectedIn).toBeCloseTo(due.usualGap - 2, 12);
    expect(due.expectedIn).toBeGreaterThan(0);
    expect(late.expectedIn).toBeLessThan(0);
  });

  it('returns how often buyers of an item came back for it', () => {
    expect([...MODEL.repeatRate]).toEqual([(30 * 3) / 60, (40 * 2) / 60, 0, 0]);
  });

  it('explains by how often the item was bought', () => {
    const history = historyOf(shopOf([steady([0, 30, 3, 1], [1, 9, 1, 4])], 4), 0);
    expect(repeatPurchase.explain(MODEL, history, 0)).toEqual([{ item: 0, part: 3 }]);
    expect(repeatPurchase.explain(MODEL, history, 2)).toEqual([]);
  });
});

describe('by property', () => {
  const rates = [1 / 15, 1 / 30, 1 / 60, 1 / 120, 1 / 250, 1 / 700, 1e-9];
  const different = interactionsOf(until(simulated(8, 1000, rates, 1, 4)), rates.length);
  const model = repeatPurchase.fit(different, { horizon: HORIZON, strength: 20 });
  const due = (...items: readonly Steady[]) => dueItems(model, historyOf(shopOf([steady(...items)], rates.length), 0));

  // Two standard errors of the share of a bin, of 1,265 and more, are up to 0.028; the rest is the bias that is left.
  it.each([
    ['all but alike', 50, 50],
    ['as different as gamma shapes 2 and 4 make them', 2, 4],
    ['very different', 0.7, 1],
  ])('foretells simulated repeat purchases by decile; customers are %s', (_, userShape, itemShape) => {
    const entries = simulated(31, 3000, rates, userShape, itemShape);
    const data = interactionsOf(until(entries), rates.length);
    const fitted = repeatPurchase.fit(data, { horizon: HORIZON, strength: 20 });
    const predicted: number[] = [];
    const isBought: boolean[] = [];
    for (const [user, own] of entries.entries()) {
      for (const { item, probability } of dueItems(fitted, historyOf(data, user))) {
        predicted.push(probability);
        isBought.push(own.some((entry) => entry.item === item && entry.age < 0));
      }
    }
    const bins = calibrationOf(predicted, isBought);
    for (const bin of bins) expect(Math.abs(bin.predicted - bin.observed)).toBeLessThan(0.04);
    expect(bins.at(-1)!.observed - bins[0]!.observed).toBeGreaterThan(0.7);
  });

  it('takes customers who differ for different, and those who are alike for alike', () => {
    const alike = interactionsOf(until(simulated(8, 1000, rates, 50, 50)), rates.length);
    expect(model.userShape).toBeLessThanOrEqual(2);
    expect(repeatPurchase.fit(alike, { horizon: HORIZON, strength: 20 }).userShape).toBeGreaterThanOrEqual(16);
  });

  it('raises the probability for short gaps of the customer’s own', () => {
    const [short] = due([2, 20, 5, 10]);
    const [long] = due([2, 100, 5, 10]);
    expect(short!.probability).toBeGreaterThan(1.5 * long!.probability);
    expect(short!.usualGap).toBeLessThan(long!.usualGap);
  });

  it('raises the probability of an item for a customer who buys others often', () => {
    const [alone] = due([2, 20, 1, 10]);
    const among = due([0, 5, 20, 1], [2, 20, 1, 10]);
    expect(among[1]!.probability).toBeGreaterThan(1.2 * alone!.probability);
  });

  it('lowers the probability the longer a customer has stayed away', () => {
    const byElapsed = [5, 60, 200, 600].map((elapsed) => due([1, 30, 4, elapsed])[0]!.probability);
    expect(byElapsed).toEqual(byElapsed.toSorted((a, b) => b - a));
    expect(byElapsed[0]).toBeGreaterThan(4 * byElapsed[3]!);
  });

  it('gives an item that is never bought again a low probability', () => {
    const [often, never] = due([0, 1, 1, 10], [6, 1, 1, 10]);
    expect(never!.probability).toBeLessThan(0.03);
    expect(often!.probability).toBeGreaterThan(10 * never!.probability);
  });

  it('rises as the time nears at which customers come back', () => {
    const justBought = dueOf(steady([1, 100, 3, 1]))[0]!;
    const dueNow = dueOf(steady([1, 100, 3, 80]))[0]!;
    expect(dueNow.probability).toBeGreaterThan(2 * justBought.probability);
  });

  it('has probabilities in [0, 1] and nothing to say of what was never bought', () => {
    fc.assert(
      fc.property(arbitraryUsers(5), fc.integer({ min: 1, max: 200 }), (users, horizon) => {
        const data = interactionsOf(users, 5);
        const fitted = repeatPurchase.fit(data, { horizon, strength: 20 });
        for (const [user, entries] of users.entries()) {
          for (const [item, score] of scoresOf(repeatPurchase, fitted, data, user).entries()) {
            const isBought = entries.some((entry) => entry.item === item && entry.weight === 1);
            expect(score > 0).toBe(isBought);
            expect(score).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});
