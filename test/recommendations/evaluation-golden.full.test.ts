import { describe, expect, it } from 'vitest';

import { type Evaluation, evaluate, type FiguresAt } from '../../server/engine/recommenders/evaluation/evaluate.ts';
import type { RecommenderName } from '../../server/engine/recommenders/evaluation/findings.ts';
import { listFigures } from '../../server/engine/recommenders/evaluation/list-figures.ts';
import {
  GIVEN_SPLIT_OPTIONS,
  NEXT_ITEM_OPTIONS,
} from '../../server/engine/recommenders/evaluation/published-options.ts';
import { type Entry, historyOf, interactionsOf } from '../../server/engine/recommenders/interactions.ts';
import { popularity } from '../../server/engine/recommenders/popularity.ts';
import { topK } from '../../server/engine/recommenders/top-k.ts';
import { type EvaluationInput, readEvaluation } from '../../server/recommendations/read-evaluation.ts';
import { isMissing, sharedData } from '../support/files.ts';

const GOWALLA = {
  path: sharedData('gowalla/gowalla_train.txt.gz'),
  testPath: sharedData('gowalla/gowalla_test.txt.gz'),
};
const TAFENG = { path: sharedData('tafeng/tafeng_baskets.csv.gz') };
const BEAUTY = { path: sharedData('amazon_beauty/Beauty.txt.gz') };

async function evaluated(input: EvaluationInput, names: RecommenderName[], lengths: number[]) {
  const data = await readEvaluation(input);
  const options = input.testPath === undefined ? NEXT_ITEM_OPTIONS : GIVEN_SPLIT_OPTIONS;
  const setup = { names, lengths, options, isWholeCatalogue: true, clock: () => 0, onStage: () => {} };
  const { split } = data;
  const counts = [split.seen.users, split.seen.items, split.seen.item.length];
  return { data, counts, evaluation: evaluate(data, setup) };
}

const figuresOf = ({ recommenders }: Evaluation, name: RecommenderName): readonly FiguresAt[] =>
  recommenders.find(({ recommender }) => recommender === name)!.figures!;

/** Expects [Recall, NDCG, HitRate] to within a tolerance. */
function near({ recall, ndcg, hitRate }: FiguresAt, published: readonly (number | undefined)[], tolerance: number) {
  for (const [i, figure] of [recall, ndcg, hitRate].entries())
    if (published[i] !== undefined) expect(Math.abs(figure - published[i])).toBeLessThan(tolerance);
}

describe('recommenders on public data', { timeout: 600_000 }, () => {
  it.skipIf(isMissing(GOWALLA.path))(
    'do on Gowalla as the Open CF Benchmark has it (skipped without ../shared/data)',
    async () => {
      const { counts, evaluation } = await evaluated(GOWALLA, ['popularity', 'itemKnn', 'ease'], [20, 50]);
      expect([...counts, evaluation.judged]).toEqual([29_858, 40_981, 810_128, 29_858]);
      const [at20, at50] = figuresOf(evaluation, 'popularity');
      near(at20!, [0.04163097892995584, 0.03168992927421666, 0.2038314689530444], 1e-6);
      near(at50!, [0.06237059308999754, 0.03789331440607942, 0.27768102351128676], 1e-6);
      const [knn20, knn50] = figuresOf(evaluation, 'itemKnn');
      near(knn20!, [0.156994, 0.121364, 0.509445], 5e-4);
      near(knn50!, [0.254896, 0.152704], 5e-4);
      expect(evaluation.recommenders[2]!.reason).toBe(
        'not run: 40981 items need 10.1 GB, and more than 12500 take too long',
      );
      expect(evaluation.blendReason).toContain('the history has no order in time');
    },
  );

  it.skipIf(isMissing(TAFENG.path))(
    'are compared on Ta-Feng with the frequencies that other code computes (skipped without ../shared/data)',
    async () => {
      const { counts, evaluation } = await evaluated(TAFENG, ['popularity'], [10, 20]);
      expect([...counts, evaluation.judged]).toEqual([13_858, 11_997, 480_611, 13_858]);
      const rows: [readonly FiguresAt[], number[], number[]][] = [
        [figuresOf(evaluation, 'popularity'), [0.080346, 0.084246, 0.248882], [0.107074, 0.093699, 0.328402]],
        [evaluation.baselines[0]!.figures, [0.106197, 0.095286, 0.351277], [0.139155, 0.109541, 0.434695]],
        [evaluation.baselines[1]!.figures, [0.119549, 0.100704, 0.372132], [0.168416, 0.120227, 0.48463]],
      ];
      for (const [[at10, at20], published10, published20] of rows) {
        near({ ...at10!, ndcg: at10!.ndcgOfBasket }, published10, 1e-4);
        near({ ...at20!, ndcg: at20!.ndcgOfBasket }, published20, 1e-4);
      }
    },
  );

  it.skipIf(isMissing(BEAUTY.path))(
    'do on Amazon Beauty as published, item-kNN better than SASRec (skipped without ../shared/data)',
    async () => {
      const { data, counts, evaluation } = await evaluated(BEAUTY, ['popularity'], [10, 20]);
      expect([...counts, evaluation.judged]).toEqual([22_363, 12_101, 198_502 - 22_363, 22_363]);
      // Two items tie at the tenth place, and which comes first moves the figures by 2e-4.
      const [at10, at20] = figuresOf(evaluation, 'popularity');
      near(at10!, [0.01364, 0.00613], 2e-4);
      near(at20!, [0.02169, 0.00815], 2e-4);

      const { evaluation: other } = await evaluated(BEAUTY, ['itemKnn'], [10, 20]);
      const [knn10, knn20] = figuresOf(other, 'itemKnn');
      const sasrec = [0.0605, 0.0318, 0.0902, 0.0394];
      for (const [i, figure] of [knn10!.hitRate, knn10!.ndcg, knn20!.hitRate, knn20!.ndcg].entries())
        expect(figure).toBeGreaterThan(sasrec[i]!);

      // The published figures of popularity count what is held out too.
      const { seen, bought } = data.split;
      const all: Entry[][] = bought.map((items, user) => [
        ...Array.from(historyOf(seen, user).item, (item) => ({ item, age: 0, weight: 1 })),
        ...Array.from(items, (item) => ({ item, age: 0, weight: 1 })),
      ]);
      const leaking = popularity.fit(interactionsOf(all, seen.items), popularity.defaults);
      const scores = new Float64Array(seen.items);
      const lists = bought.map((_, user) => {
        const own = new Set(historyOf(seen, user).item);
        popularity.score(leaking, historyOf(seen, user), scores);
        return topK(scores, 20, (item) => !own.has(item));
      });
      near({ k: 10, ...listFigures(lists, bought, 10, seen.items) }, [0.0152, 0.0068], 5e-5);
      near({ k: 20, ...listFigures(lists, bought, 20, seen.items) }, [0.0217, 0.0084], 5e-5);
    },
  );
});
