import { candidateFinder } from '../candidates.ts';
import { historyOf } from '../interactions.ts';
import type { Models } from '../recommenders.ts';
import { topK } from '../top-k.ts';
import { ACTIVITY, activityOf, type Examples } from './blend.ts';
import type { RecommenderName } from './findings.ts';
import type { Split } from './hold-out.ts';

/** The scores of recommenders for users whose next purchases are known: candidates user by user. */
export interface Trial extends Examples {
  /** The candidates of the i-th user are at `start[i]` to `start[i + 1]`. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  readonly isBought: Uint8Array;
  /** Distinct items that each user bought, also those that are no candidates. */
  readonly bought: readonly ReadonlySet<number>[];
}

/** @param users Those to ask for. @param isMasked Whether what a user has already is not to be recommended. */
export function tryOut(
  models: Models,
  names: readonly RecommenderName[],
  { seen, bought }: Split,
  users: readonly number[],
  isMasked = false,
): Trial {
  const find = candidateFinder(models, names, seen.items);
  const start = new Uint32Array(users.length + 1);
  const item: number[] = [];
  const signals: Float64Array[] = [];
  const activities: Float64Array[] = [];
  const isBought: number[] = [];
  for (const [i, user] of users.entries()) {
    const history = historyOf(seen, user);
    const own = isMasked ? new Set(history.item) : undefined;
    const candidates = find(history, own && ((each) => !own.has(each)));
    for (const each of candidates.item) {
      item.push(each);
      isBought.push(Number(bought[user]!.has(each)));
    }
    signals.push(candidates.signal);
    activities.push(repeated(activityOf(history), candidates.item.length));
    start[i + 1] = item.length;
  }
  return {
    names,
    start,
    item: Uint32Array.from(item),
    signal: joined(signals, new Float64Array(item.length * names.length)),
    activity: joined(activities, new Float64Array(item.length * ACTIVITY)),
    isBought: Uint8Array.from(isBought),
    bought: users.map((user) => bought[user]!),
  };
}

/** The same numbers so many times. */
const repeated = (numbers: readonly number[], times: number): Float64Array =>
  Float64Array.from({ length: times * numbers.length }, (_, i) => numbers[i % numbers.length]!);

function joined<Values extends Uint32Array | Float64Array | Uint8Array>(
  parts: readonly Values[],
  into: Values,
): Values {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}

/** Users of one trial after those of another; the same recommenders in all. */
export function joinTrials(trials: readonly Trial[]): Trial {
  const count = trials.reduce((sum, { item }) => sum + item.length, 0);
  let before = 0;
  const starts = trials.map(({ start, item }) => {
    const moved = start.subarray(1).map((at) => at + before);
    before += item.length;
    return moved;
  });
  const users = starts.reduce((sum, { length }) => sum + length, 0);
  return {
    names: trials[0]!.names,
    start: Uint32Array.from([0, ...joined(starts, new Uint32Array(users))]),
    item: joined(
      trials.map(({ item }) => item),
      new Uint32Array(count),
    ),
    signal: joined(
      trials.map(({ signal }) => signal),
      new Float64Array(count * trials[0]!.names.length),
    ),
    activity: joined(
      trials.map(({ activity }) => activity),
      new Float64Array(count * ACTIVITY),
    ),
    isBought: joined(
      trials.map(({ isBought }) => isBought),
      new Uint8Array(count),
    ),
    bought: trials.flatMap(({ bought }) => bought),
  };
}

/** The best k candidates of each user by a score of each candidate. */
export function listsOf({ start, item }: Trial, score: ArrayLike<number>, k: number): number[][] {
  return Array.from({ length: start.length - 1 }, (_, i) => {
    const [from, to] = [start[i]!, start[i + 1]!];
    const own = Array.from({ length: to - from }, (_each, row) => score[from + row]!);
    return topK(own, k).map((row) => item[from + row]!);
  });
}

/** The score of one recommender for every candidate. */
export function signalOf({ names, signal, item }: Trial, name: RecommenderName): Float64Array {
  const column = names.indexOf(name);
  return Float64Array.from({ length: item.length }, (_, row) => signal[row * names.length + column]!);
}
