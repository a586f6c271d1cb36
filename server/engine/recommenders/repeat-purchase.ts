import { lnGamma } from '../numerics/ln-gamma.ts';
import {
  allGaps,
  BINS,
  countGap,
  cumulative,
  expectedRepeats,
  type GapCounts,
  gapRates,
  type Hazard,
  medianGap,
  noGaps,
} from './gap-hazard.ts';
import { type History, historyOf, type Interactions } from './interactions.ts';
import type { Cause, Recommender } from './types.ts';

export interface RepeatPurchaseOptions {
  /** How far ahead a purchase counts, in the unit of the ages. */
  readonly horizon: number;
  /** How many repeat purchases it takes for an item's own gaps to count as much as everybody's. */
  readonly strength: number;
}

/** How fast everybody buys again, and how much users differ. */
interface Rates {
  /** By item: repeat purchases a unit of time. */
  readonly hazard: Hazard;
  /** Shapes of the gamma distributed factors by which users, and their items, differ from everybody: small is different. */
  readonly userShape: number;
  readonly itemShape: number;
}

export interface RepeatPurchaseModel extends Rates {
  readonly horizon: number;
  /** By item: usual gap between purchases, drawn to that of all items; NaN where nothing was ever bought again. */
  readonly usualGap: Float64Array;
  /** By item: repeat purchases (gaps that ended) per buyer, >= 0; near 0 for items that are not bought twice. */
  readonly repeatRate: Float64Array;
}

/** What is known of one user's purchases of one item. */
export interface Repeat {
  readonly item: number;
  readonly times: number;
  /** Since the last purchase. */
  readonly elapsed: number;
  /** Between purchases, of those that ended. */
  readonly gaps: readonly number[];
}

/** The same, with what is to be expected of it. NaN for gaps where nothing was ever bought again. */
export interface Due extends Repeat {
  /** P(bought again within the horizon). */
  readonly probability: number;
  readonly usualGap: number;
  /** Until the usual gap is over; negative when it is. */
  readonly expectedIn: number;
}

const SHAPES = [0.25, 0.5, 1, 2, 4, 8, 16, 32];
/** Users from which shapes can be estimated. */
const SAMPLE_USERS = 20_000;
/** After so many, rates and shapes stand where more rounds would hardly move them. */
const ROUNDS = 3;

/** The user's purchases, item by item. */
export function repeatsOf({ item, age, weight }: History): Repeat[] {
  const repeats: { item: number; times: number; elapsed: number; gaps: number[] }[] = [];
  let last: (typeof repeats)[number] | undefined;
  for (let at = 0; at < item.length; at++) {
    if (weight[at] !== 1) continue;
    const elapsed = age[at]!;
    if (last === undefined || last.item !== item[at]) {
      last = { item: item[at]!, times: 1, elapsed, gaps: [] };
      repeats.push(last);
    } else if (last.elapsed !== elapsed) {
      last.gaps.push(last.elapsed - elapsed);
      last.elapsed = elapsed;
      last.times++;
    }
  }
  return repeats;
}

/**
 * Expectation maximisation: rates as if all were alike, and the shapes under them; then, given these, everybody's time counts
 * by their mean factors. Else rates would sink with time also because the slower ones are left, as if each slowed down.
 */
function fit(data: Interactions, { horizon, strength }: RepeatPurchaseOptions): RepeatPurchaseModel {
  const counts = countAll(data, null);
  let rates = ratesOf(data, counts, strength);
  for (let round = 0; round < ROUNDS; round++) rates = ratesOf(data, countAll(data, rates), strength);
  return { horizon, ...rates, ...usualOf(counts, strength) };
}

function ratesOf(data: Interactions, counts: GapCounts, strength: number): Rates {
  const rates = gapRates(counts, allGaps(counts), strength);
  const hazard = { rates, sums: cumulative(rates) };
  return { hazard, ...shapesOf(data, hazard) };
}

interface Counts extends GapCounts {
  readonly buyers: Uint32Array;
}

/** Gaps by item. The time in them counts by the mean factors of who spent it, or alike where no rates are known yet. */
function countAll(data: Interactions, rates: Rates | null): Counts {
  const counts = { ...noGaps(data.items), buyers: new Uint32Array(data.items) };
  for (let user = 0; user < data.users; user++) {
    const repeats = repeatsOf(historyOf(data, user));
    const factors = rates === null ? null : factorsOf(rates, repeats);
    for (let i = 0; i < repeats.length; i++) {
      const { item, gaps, elapsed } = repeats[i]!;
      const weight = factors === null ? 1 : factors[i]!;
      for (const gap of gaps) countGap(counts, item, gap, false, weight);
      countGap(counts, item, elapsed, true, weight);
      counts.buyers[item]!++;
    }
  }
  return counts;
}

/** What is stored of items beside their rates. */
function usualOf(counts: Counts, strength: number): Pick<RepeatPurchaseModel, 'usualGap' | 'repeatRate'> {
  const all = allGaps(counts);
  const usualGap = new Float64Array(counts.buyers.length);
  const repeatRate = new Float64Array(counts.buyers.length);
  for (const [item, buyers] of counts.buyers.entries()) {
    usualGap[item] = medianGap(counts, item, all, strength) ?? Number.NaN;
    const ended = counts.events.subarray(item * BINS, (item + 1) * BINS).reduce((sum, count) => sum + count, 0);
    repeatRate[item] = ended / Math.max(1, buyers);
  }
  return { usualGap, repeatRate };
}

/** The shapes under which the repeat purchases seen are likeliest, on a grid; users first, then items given the users. */
function shapesOf(data: Interactions, hazard: Hazard): Pick<Rates, 'userShape' | 'itemShape'> {
  const stride = Math.ceil(data.users / SAMPLE_USERS);
  const sample: Seen[] = [];
  for (let user = 0; user < data.users; user += stride) sample.push(seenOf(hazard, repeatsOf(historyOf(data, user))));
  const userShape = likeliest({
    happened: sample.map(({ happened }) => sumOf(happened)),
    expected: sample.map(({ expected }) => sumOf(expected)),
  });
  const [happened, expected]: [number[], number[]] = [[], []];
  for (const seen of sample) {
    const factor = userFactor(userShape, seen);
    for (const each of seen.happened) happened.push(each);
    for (const each of seen.expected) expected.push(factor * each);
  }
  return { userShape, itemShape: likeliest({ happened, expected }) };
}

/** Repeat purchases that happened, and side by side those that everybody's rates would have made. */
interface Seen {
  readonly happened: readonly number[];
  readonly expected: readonly number[];
}

const sumOf = (numbers: readonly number[]): number => {
  let sum = 0;
  for (const each of numbers) sum += each;
  return sum;
};

const seenOf = (hazard: Hazard, repeats: readonly Repeat[]): Seen => ({
  happened: repeats.map(({ gaps }) => gaps.length),
  expected: repeats.map(({ item, gaps, elapsed }) => {
    let expected = expectedRepeats(hazard, item, elapsed);
    for (const gap of gaps) expected += expectedRepeats(hazard, item, gap);
    return expected;
  }),
});

/** Mean of a gamma distributed factor, of mean 1 before anything was seen. */
const meanFactor = (shape: number, happened: number, expected: number): number =>
  (shape + happened) / (shape + expected);

/** A user's z: how much faster than everybody they buy again, whatever the item. */
const userFactor = (userShape: number, { happened, expected }: Seen): number =>
  meanFactor(userShape, sumOf(happened), sumOf(expected));

/** z w by item: with the item's own factor, given the user's. */
function factorsOf({ hazard, userShape, itemShape }: Rates, repeats: readonly Repeat[]): number[] {
  const seen = seenOf(hazard, repeats);
  const factor = userFactor(userShape, seen);
  return seen.expected.map((expected, i) => factor * meanFactor(itemShape, seen.happened[i]!, factor * expected));
}

/** Happened is Poisson of mean factor x expected, the factor gamma distributed with mean 1: negative binomial. */
function lnLikelihood(shape: number, { happened, expected }: Seen): number {
  const [lnGammaShape, lnShape] = [lnGamma(shape), Math.log(shape)];
  let sum = 0;
  for (let i = 0; i < happened.length; i++) {
    if (happened[i]! > 0) sum += lnGamma(shape + happened[i]!) - lnGammaShape;
    sum += shape * lnShape - (shape + happened[i]!) * Math.log(shape + expected[i]!);
  }
  return sum;
}

function likeliest(seen: Seen): number {
  const lnLikelihoods = SHAPES.map((shape) => lnLikelihood(shape, seen));
  return SHAPES[lnLikelihoods.indexOf(Math.max(...lnLikelihoods))]!;
}

/**
 * What to expect of every item that the user has bought. The rate of item i for user u at a time t after the last purchase is
 * z_u w_ui h_i(t): the item's hazard times gamma distributed factors, whose means follow from what has happened. With
 * n repeats where L were expected, and D more expected within the horizon,
 * P(again) = 1 - (1 + z D / (w + z L))^-(w + n), w the shape of the item's factor and z the user's mean factor.
 */
export function dueItems(model: RepeatPurchaseModel, history: History): Due[] {
  const { hazard, horizon, usualGap, userShape, itemShape } = model;
  const repeats = repeatsOf(history);
  const seen = seenOf(hazard, repeats);
  const factor = userFactor(userShape, seen);
  return repeats.map(({ item, times, elapsed, gaps }, i) => {
    const ahead = expectedRepeats(hazard, item, elapsed + horizon) - expectedRepeats(hazard, item, elapsed);
    const lnNot = -(itemShape + gaps.length) * Math.log1p((factor * ahead) / (itemShape + factor * seen.expected[i]!));
    const usual = (usualGap[item]! + sumOf(gaps)) / times;
    return {
      item,
      times,
      elapsed,
      gaps,
      probability: -Math.expm1(lnNot),
      usualGap: usual,
      expectedIn: usual - elapsed,
    };
  });
}

function score(model: RepeatPurchaseModel, history: History, scores: Float64Array): void {
  scores.fill(0);
  for (const { item, probability } of dueItems(model, history)) scores[item] = probability;
}

const explain = (_model: RepeatPurchaseModel, history: History, target: number): Cause[] =>
  repeatsOf(history)
    .filter(({ item }) => item === target)
    .map(({ item, times }) => ({ item, part: times }));

/** What the user has bought before, by the probability that it is due again. After Bhagat et al. (2018), with hazards for gaps. */
export const repeatPurchase: Recommender<RepeatPurchaseModel, RepeatPurchaseOptions> = {
  name: 'repeatPurchase',
  defaults: { horizon: 28, strength: 20 },
  fit,
  score,
  explain,
};
