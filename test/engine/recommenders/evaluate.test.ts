import { describe, expect, it } from 'vitest';

import {
  type Baseline,
  type EvaluationSetup,
  evaluate,
  type Task,
} from '../../../server/engine/recommenders/evaluation/evaluate.ts';
import { holdOut } from '../../../server/engine/recommenders/evaluation/hold-out.ts';
import { NEXT_ITEM_OPTIONS } from '../../../server/engine/recommenders/evaluation/published-options.ts';
import { optionsFor } from '../../../server/engine/recommenders/evaluation/setup.ts';
import { topFrequency } from '../../../server/engine/recommenders/evaluation/top-frequency.ts';
import { interactionsOf } from '../../../server/engine/recommenders/interactions.ts';

/** Purchases as [item, age], user by user; the last unit of time is held out. */
const task = (users: readonly (readonly [number, number])[][], items: number, given: Partial<Task> = {}): Task => ({
  split: holdOut(
    interactionsOf(
      users.map((entries) => entries.map(([item, age]) => ({ item, age, weight: 1 }))),
      items,
    ),
    1,
  ),
  innerHorizon: 1,
  isMasked: false,
  baselines: [],
  ...given,
});

const setup = (given: Partial<EvaluationSetup> = {}): EvaluationSetup => ({
  names: ['popularity'],
  options: NEXT_ITEM_OPTIONS,
  isWholeCatalogue: true,
  lengths: [1, 2],
  clock: () => 0,
  onStage: () => {},
  ...given,
});

/** Two kinds of users, each buying again and again from its own five items; the others are bought by chance. */
const TWO_KINDS = Array.from({ length: 60 }, (_, user) =>
  Array.from({ length: 8 }, (_, age): [number, number] => {
    const draw = (7 * user + 3 * age + ((user * age) % 11)) % 10;
    return [draw < 8 ? 5 * (user % 2) + (draw % 5) : 10 + draw, age];
  }),
);

describe('an evaluation', () => {
  const three: [number, number][][] = [
    // Held out, the youngest: 0 and 1; then 2; then 3.
    [
      [2, 1],
      [0, 1],
      [0, 2],
      [0, 0],
      [1, 0],
    ],
    [
      [2, 1],
      [2, 0],
    ],
    [
      [0, 2],
      [2, 1],
      [3, 0],
    ],
  ];

  it('comes to the figures of popularity that a hand comes to, ties going to the smaller item', () => {
    const { judged, recommenders } = evaluate(task(three, 4), setup());
    expect(judged).toBe(3);
    const [one, two] = recommenders[0]!.figures!;
    // Lists of one: 0 for everybody, a hit for the first user. Full: over 1 + 1 / log2(3).
    expect(one).toEqual({
      k: 1,
      recall: expect.closeTo(1 / 6, 12),
      ndcg: expect.closeTo(1 / 3, 12),
      ndcgOfBasket: expect.closeTo(1 / (1 + 1 / Math.log2(3)) / 3, 12),
      hitRate: expect.closeTo(1 / 3, 12),
      coverage: 1 / 4,
      concentration: expect.closeTo(3 / 4, 12),
    });
    // Lists of two: 0 and 2.
    expect(two).toMatchObject({ k: 2, recall: expect.closeTo(1 / 2, 12), hitRate: expect.closeTo(2 / 3, 12) });
  });

  it('leaves out of the lists what a user has where the protocol says so', () => {
    const masked = evaluate(task(three, 4, { isMasked: true }), setup({ lengths: [3] }));
    expect(masked.recommenders[0]!.figures![0]).toMatchObject({ recall: 0, coverage: 1 / 4 });
  });

  it('judges the most frequent purchases of each user, of equals the first, and filled with those of everybody', () => {
    const baselines = topFrequency([[2, 0, 0], [2], [0, 2]], 4);
    expect(baselines.map(({ listOf }: Baseline) => [0, 1, 2].map((user) => listOf(user, 3)))).toEqual([
      [[0, 2], [2], [0, 2]],
      [
        [0, 2],
        [2, 0],
        [0, 2],
      ],
    ]);
    const { baselines: judged } = evaluate(task(three, 4, { baselines }), setup());
    expect(judged.map(({ name, figures }) => [name, figures[0]!.recall])).toEqual([
      ['P-TopFreq', expect.closeTo(1 / 2, 12)],
      ['GP-TopFreq', expect.closeTo(1 / 2, 12)],
    ]);
  });

  it('weighs recommenders by the end of the history, never by what they are judged by', () => {
    const names = ['popularity', 'itemKnn', 'repeatPurchase'] as const;
    const options = optionsFor('orders', 1);
    const { blend, blendReason, recommenders } = evaluate(task(TWO_KINDS, 20), setup({ names, options }));
    expect(blendReason).toContain('60 users');
    const weights = recommenders.flatMap(({ weight }) => weight ?? []);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const { isUsed, weight, figures } of recommenders)
      expect([isUsed, figures?.length]).toEqual([weight !== null, 2]);
    expect(blend![1]!.recall).toBeGreaterThan(recommenders[0]!.figures![1]!.recall);

    // Other purchases to be judged by: other figures, the same weights.
    const { split } = task(TWO_KINDS, 20);
    const shifted = {
      ...split,
      bought: split.bought.map((items) => new Set([...items].map((item) => (item + 1) % 20))),
    };
    const other = evaluate(task(TWO_KINDS, 20, { split: shifted }), setup({ names, options }));
    expect(other.recommenders.map(({ weight }) => weight)).toEqual(recommenders.map(({ weight }) => weight));
    expect(other.blend).not.toEqual(blend);
  });

  it('measures the time of each fit by the clock it is given', () => {
    let now = 0;
    const clock = () => {
      now += 1500;
      return now;
    };
    expect(evaluate(task(three, 4), setup({ clock })).recommenders[0]!.fitSeconds).toBe(1.5);
  });

  it('says why there is no blend, and why a recommender is not run', () => {
    const names = ['popularity', 'ease'] as const;
    const reason = (given: Partial<Task>, of: Partial<EvaluationSetup>) =>
      evaluate(task(TWO_KINDS, 20, given), setup(of)).blendReason;
    expect(reason({ innerHorizon: null }, { names })).toContain('no order in time');
    expect(reason({}, {})).toContain('needs popularity and another');
    expect(evaluate(task(three, 4), setup({ names })).blendReason).toContain('only 2 users');
    const options = { ...NEXT_ITEM_OPTIONS, ease: { ...NEXT_ITEM_OPTIONS.ease, mostItems: 19 } };
    const { recommenders } = evaluate(task(TWO_KINDS, 20), setup({ names, options }));
    expect(recommenders[1]).toEqual({
      recommender: 'ease',
      isUsed: false,
      reason: expect.stringMatching(/^not run: 20 items need .* GB/),
      weight: null,
      fitSeconds: null,
      figures: null,
    });
    const ofHead = evaluate(task(TWO_KINDS, 20), setup({ names, options, isWholeCatalogue: false }));
    expect(ofHead.recommenders[1]!.figures).not.toBeNull();
  });
});
