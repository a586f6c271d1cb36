import { ACTIVITY, type Blend, learnBlend, probabilities } from './blend.ts';
import { calibrationOf } from './calibration.ts';
import type { CalibrationBin, ListFigures, RecommenderFindings, RecommenderName } from './findings.ts';
import { type LengthFigures, listFigures } from './list-figures.ts';
import { listsOf, signalOf, type Trial } from './trial.ts';

/** What a trial has taught. */
export interface Lesson {
  readonly blend: Blend;
  readonly recommenders: readonly RecommenderFindings[];
  /** Of the blend, each half of the users by weights that the other half taught. */
  readonly figures: ListFigures;
  readonly calibration: readonly CalibrationBin[];
}

/** Length of the lists that recommenders are judged by. */
const LIST = 10;

/**
 * Weighs the recommenders by a trial; those that do not beat popularity are not used.
 * @param trial With popularity, and of users whether they bought afterwards or not: of buyers alone, probabilities would be too high.
 */
export function learn(trial: Trial, items: number): Lesson {
  const judge = (scores: ArrayLike<number>) =>
    figuresOf(listFigures(listsOf(trial, scores, LIST), trial.bought, LIST, items));
  const figures = new Map(trial.names.map((name) => [name, judge(signalOf(trial, name))]));
  const popularity = figures.get('popularity')!;
  const able = trial.names.filter((name) => name === 'popularity' || beats(figures.get(name)!, popularity));
  const blend = learnBlend(narrow(trial, able), trial.isBought);
  const crossed = crossProbabilities(trial, able);
  const sum = blend.weights.reduce((total, weight) => total + weight, 0);
  return {
    blend,
    recommenders: trial.names.map((recommender) => {
      const at = blend.names.indexOf(recommender);
      const weight = at < 0 ? null : blend.weights[at]! / sum;
      const own = figures.get(recommender)!;
      return {
        recommender,
        isUsed: at >= 0,
        reason: reasonOf(recommender, able, weight, own, popularity),
        weight,
        figures: own,
      };
    }),
    figures: judge(crossed),
    calibration: calibrationOf(...listed(trial, crossed)),
  };
}

const figuresOf = ({ recall, ndcg, hitRate, coverage, concentration }: LengthFigures): ListFigures => ({
  recall,
  ndcg,
  hitRate,
  coverage,
  concentration,
});

const beats = (own: ListFigures, popularity: ListFigures) =>
  own.recall > popularity.recall || own.ndcg > popularity.ndcg;

function reasonOf(
  name: RecommenderName,
  able: readonly RecommenderName[],
  weight: number | null,
  own: ListFigures,
  popularity: ListFigures,
): string {
  const figures = `Recall@10 ${own.recall.toFixed(4)} and NDCG@10 ${own.ndcg.toFixed(4)}`;
  const theirs = `popularity's ${popularity.recall.toFixed(4)} and ${popularity.ndcg.toFixed(4)}`;
  if (!able.includes(name)) return `not used: ${figures} on held-out purchases do not beat ${theirs}`;
  if (weight === null) return `not used: ${figures}, but it adds nothing to the others`;
  return name === 'popularity' ? `used: ${figures} on held-out purchases` : `used: ${figures} against ${theirs}`;
}

/** The trial with some of its recommenders. */
function narrow(trial: Trial, names: readonly RecommenderName[]): Trial {
  const columns = names.map((name) => trial.names.indexOf(name));
  const signal = new Float64Array(trial.item.length * names.length);
  for (let row = 0; row < trial.item.length; row++) {
    for (const [i, column] of columns.entries())
      signal[row * names.length + i] = trial.signal[row * trial.names.length + column]!;
  }
  return { ...trial, names, signal };
}

/** The probability of every candidate, by a blend that half of the users taught and this one did not; ids are hashes, so halves are fair. */
function crossProbabilities(trial: Trial, able: readonly RecommenderName[]): Float64Array {
  const narrowed = narrow(trial, able);
  const crossed = new Float64Array(trial.item.length);
  for (const parity of [0, 1]) {
    const others = usersOf(narrowed, 1 - parity);
    const own = probabilities(learnBlend(others, others.isBought), narrowed);
    for (let user = parity; user < trial.bought.length; user += 2)
      for (let row = trial.start[user]!; row < trial.start[user + 1]!; row++) crossed[row] = own[row]!;
  }
  return crossed;
}

/** The rows of every second user. */
function usersOf({ names, start, signal, activity, isBought, bought }: Trial, parity: number) {
  const rows: number[] = [];
  for (let user = parity; user < bought.length; user += 2)
    for (let row = start[user]!; row < start[user + 1]!; row++) rows.push(row);
  const pick = (from: Float64Array, width: number) =>
    Float64Array.from(
      { length: rows.length * width },
      (_, i) => from[rows[Math.floor(i / width)]! * width + (i % width)]!,
    );
  return {
    names,
    signal: pick(signal, names.length),
    activity: pick(activity, ACTIVITY),
    isBought: Uint8Array.from(rows, (row) => isBought[row]!),
  };
}

/** Predicted probability and outcome of what the lists of ten would hold. */
function listed(trial: Trial, scores: Float64Array): [number[], boolean[]] {
  const lists = listsOf(trial, scores, LIST).map((list) => new Set(list));
  const predicted: number[] = [];
  const isBought: boolean[] = [];
  for (const [user, list] of lists.entries()) {
    for (let row = trial.start[user]!; row < trial.start[user + 1]!; row++) {
      if (!list.has(trial.item[row]!)) continue;
      predicted.push(scores[row]!);
      isBought.push(trial.isBought[row] === 1);
    }
  }
  return [predicted, isBought];
}
