import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { failing, json, run, unwrapped } from '../support/cli.ts';
import { testFile, testFolder } from '../support/files.ts';

/** Three baskets of forty users, who buy their own two items again and now and then one of the others'. */
const BASKETS = Array.from({ length: 40 }, (_, user) =>
  ['history', 'history', 'history', 'future'].flatMap((split, order) =>
    [user % 5, 5 + ((user + order) % 3)].map((item) => `${user},${split},${order},${item}`),
  ),
).flat();

const baskets = () => testFile(['user_id,split,order_number,item_id', ...BASKETS].join('\n'));

const evaluating = (...args: string[]) => ['evaluate', 'recommendations', ...args];

describe('perennial evaluate recommendations', { timeout: 120_000 }, () => {
  it('gives protocol, counts, options and figures as JSON, and makes no store', async () => {
    const folder = testFolder();
    const figures = [10, 20].map((k) => ({
      k,
      recall: expect.any(Number),
      ndcg: expect.any(Number),
      ndcgOfBasket: expect.any(Number),
      hitRate: expect.any(Number),
      coverage: expect.any(Number),
      concentration: expect.any(Number),
    }));
    const evaluation = await json<{ recommenders: { recommender: string }[] }>(
      folder,
      ...evaluating('--data', baskets()),
    );
    expect(evaluation).toEqual({
      format: 'baskets',
      protocol: expect.stringContaining('judged by the future one'),
      unit: 'orders',
      horizon: 1,
      isMasked: false,
      users: 40,
      judged: 40,
      items: 8,
      interactions: 240,
      heldOut: 80,
      rejected: {},
      recommenders: Array.from({ length: 5 }, () => ({
        recommender: expect.any(String),
        isUsed: expect.any(Boolean),
        reason: expect.any(String),
        weight: expect.toSatisfy((weight) => weight === null || (weight > 0 && weight <= 1)),
        fitSeconds: expect.any(Number),
        options: expect.any(Object),
        figures,
      })),
      baselines: ['P-TopFreq', 'GP-TopFreq'].map((name) => ({ name, figures })),
      blend: figures,
      blendReason: expect.stringContaining('40 users'),
      seconds: expect.any(Number),
    });
    const all = ['popularity', 'itemKnn', 'ease', 'ials', 'repeatPurchase'];
    expect(evaluation.recommenders.map(({ recommender }) => recommender)).toEqual(all);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('prints a table for each length with a row each in 80 columns, its notes apart', async () => {
    const args = evaluating('--data', baskets(), '--recommenders', 'itemKnn', '--k', '5', '2');
    const { code, stdout, stderr } = await run(testFolder(), ...args);
    expect([code, stderr]).toEqual([0, expect.stringContaining('fitting itemKnn')]);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const [head, two, five, costs, reasons] = stdout.trim().split('\n\n');
    expect(head).toMatch(/^format +baskets\nprotocol [\s\S]*\nusers +40\n/);
    for (const [length, table] of Object.entries({ 'best 2': two, 'best 5': five })) {
      const [columns, ...rows] = table!.split('\n').map((line) => line.trim().split(/ {2,}/));
      expect(columns!.slice(0, 5)).toEqual([length, 'Recall', 'NDCG', 'full NDCG', 'HitRate']);
      expect(rows.map(([name]) => name)).toEqual(['popularity', 'itemKnn', 'P-TopFreq', 'GP-TopFreq', 'blend']);
    }
    expect(costs).toMatch(/^ +fit, s +weight\npopularity .*\nitemKnn .*$/);
    expect(reasons).toMatch(/^popularity [\s\S]*\nitemKnn [\s\S]*\nblend /);
  });

  it('takes a test file with sequences, and masks what a user has', async () => {
    const data = testFile('ann a b\nbob a c\ncem b\n');
    const test = testFile('ann c\nbob b d\n');
    const evaluation = await json(testFolder(), ...evaluating('--data', data, '--test', test));
    expect(evaluation).toMatchObject({
      format: 'sequence',
      isMasked: true,
      judged: 2,
      blend: null,
      blendReason: expect.stringContaining('no blend'),
      recommenders: [{ recommender: 'popularity', figures: [{ k: 10, hitRate: 1 }, { k: 20 }, { k: 50 }] }, {}, {}, {}],
    });
  });

  it('refuses what it cannot use with what is accepted', async () => {
    const wrong: [string[], number, string][] = [
      [[], 2, '--data'],
      [['--data', baskets(), '--format', 'excel'], 2, 'orders, online-retail, baskets, sequence'],
      [['--data', baskets(), '--recommenders', 'oracle'], 2, 'popularity, itemKnn, ease, ials, repeatPurchase'],
      [['--data', baskets(), '--k', '0'], 2, '1 to 999'],
      [['--data', baskets(), '--holdout-days', '7'], 2, 'has no dates'],
      [['--data', baskets(), '--holdout-days', 'week'], 2, '1 to 999'],
      [['--data', baskets(), '--format', 'baskets', '--test', baskets()], 2, 'goes with the format sequence'],
      [['--data', 'nowhere.csv'], 1, 'nowhere.csv does not exist'],
      [['--data', testFile('a;b\n1;2\n')], 1, 'expected one of'],
    ];
    for (const [args, status, expected] of wrong) {
      const { code, stderr } = await failing(testFolder(), ...evaluating(...args));
      expect([args, code]).toEqual([args, status]);
      expect(unwrapped(stderr)).toContain(expected);
      expect(stderr).not.toContain('    at ');
    }
  });
});
