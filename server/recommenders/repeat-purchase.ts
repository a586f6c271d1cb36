import { lnGamma } from '../numerics/ln-gamma.ts';
import {
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

export interface RepeatPurchaseModel {
  readonly horizon: number;
  /** By item: repeat purchases a unit of time. */
  readonly hazard: Hazard;
  /** By item: usual gap between purchases, drawn to that of all items; NaN where nothing was ever bought again. */
  readonly usualGap: Float64Array;
  /** Shapes of the gamma distributed factors by which users, and their items, differ from everybody: small is different. */
  readonly userShape: number;
  readonly itemShape: number;
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
/** Users that tell shapes well enough. */
const SAMPLE_USERS = 20_000;

/** The user's purchases, item by item. */
export function repeatsOf({ item, age, weight }: History): Repeat[] {
  const repeats: Repeat[] = [];
  for (let from = 0, to = 0; from < item.length; from = to) {
    const ages: number[] = [];
    for (; to < item.length && item[to] === item[from]; to++) {
      if (weight[to] === 1 && ages.at(-1) !== age[to]) ages.push(age[to]!);
    }
    if (ages.length === 0) continue;
    const gaps = ages.slice(1).map((each, i) => ages[i]! - each);
    repeats.push({ item: item[from]!, times: ages.length, elapsed: ages.at(-1)!, gaps });
  }
  return repeats;
}

function fit(data: Interactions, { horizon, strength }: RepeatPurchaseOptions): RepeatPurchaseModel {
  const counts = noGaps(data.items);
  const all: GapCounts = noGaps();
  for (let user = 0; user < data.users; user++) {
    for (const { item, gaps, elapsed } of repeatsOf(historyOf(data, user))) {
      for (const gap of gaps) {
        countGap(counts, item, gap, false);
        countGap(all, 0, gap, false);
      }
      countGap(counts, item, elapsed, true);
      countGap(all, 0, elapsed, true);
    }
  }
  const rates = gapRates(counts, all, strength);
  const hazard = { rates, sums: cumulative(rates) };
  const usualGap = Float64Array.from(
    { length: data.items },
    (_, item) => medianGap(counts, item, all, strength) ?? Number.NaN,
  );
  return { horizon, hazard, usualGap, ...shapesOf(data, hazard) };
}

/** The shapes under which the repeat purchases seen are likeliest, on a grid; users first, then items given the users. */
function shapesOf(data: Interactions, hazard: Hazard): Pick<RepeatPurchaseModel, 'userShape' | 'itemShape'> {
  const stride = Math.ceil(data.users / SAMPLE_USERS);
  const sample: Exposed[][] = [];
  for (let user = 0; user < data.users; user += stride)
    sample.push(repeatsOf(historyOf(data, user)).map((repeat) => exposedTo(hazard, repeat)));
  const totals = sample.map(totalOf);
  const userShape = likeliest(totals);
  const scaled = sample.flatMap((items, i) => {
    const factor = (userShape + totals[i]!.happened) / (userShape + totals[i]!.expected);
    return items.map(({ happened, expected }) => ({ happened, expected: factor * expected }));
  });
  return { userShape, itemShape: likeliest(scaled) };
}

/** Repeat purchases that happened, and that everybody's rates would have made. */
interface Exposed {
  readonly happened: number;
  readonly expected: number;
}

const exposedTo = (hazard: Hazard, { item, gaps, elapsed }: Repeat): Exposed => ({
  happened: gaps.length,
  expected: gaps.reduce((sum, gap) => sum + expectedRepeats(hazard, item, gap), expectedRepeats(hazard, item, elapsed)),
});

const totalOf = (items: readonly Exposed[]): Exposed => ({
  happened: items.reduce((sum, each) => sum + each.happened, 0),
  expected: items.reduce((sum, each) => sum + each.expected, 0),
});

/** Happened is Poisson of mean factor x expected, the factor gamma distributed with mean 1: negative binomial. */
const lnLikelihood = (shape: number, seen: readonly Exposed[]): number =>
  seen.reduce(
    (sum, { happened, expected }) =>
      sum +
      lnGamma(shape + happened) -
      lnGamma(shape) +
      shape * Math.log(shape) -
      (shape + happened) * Math.log(shape + expected),
    0,
  );

function likeliest(seen: readonly Exposed[]): number {
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
  const exposed = repeats.map((repeat) => exposedTo(hazard, repeat));
  const total = totalOf(exposed);
  const factor = (userShape + total.happened) / (userShape + total.expected);
  return repeats.map((repeat, i) => {
    const { item, gaps, elapsed } = repeat;
    const { happened, expected } = exposed[i]!;
    const ahead = expectedRepeats(hazard, item, elapsed + horizon) - expectedRepeats(hazard, item, elapsed);
    const exponent = itemShape + happened;
    const lnNot = -exponent * Math.log1p((factor * ahead) / (itemShape + factor * expected));
    const usual = (usualGap[item]! + gaps.reduce((sum, gap) => sum + gap, 0)) / (1 + gaps.length);
    return { ...repeat, probability: -Math.expm1(lnNot), usualGap: usual, expectedIn: usual - elapsed };
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
