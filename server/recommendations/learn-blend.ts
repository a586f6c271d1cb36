import { inWorker, PARALLEL_JOBS } from '../compute/pool.ts';
import { counted } from '../domain/counted.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import type { Blend } from '../engine/recommenders/evaluation/blend.ts';
import { RECOMMENDERS, type RecommendationFindings } from '../engine/recommenders/evaluation/findings.ts';
import { type Interactions, pickUsers } from '../engine/recommenders/interactions.ts';
import type { Options } from '../engine/recommenders/recommenders.ts';
import { fitRecommenders } from './fit-recommenders.ts';

/** What is known of the recommenders after the last time split. */
export interface Learned
  extends Pick<RecommendationFindings, 'reason' | 'split' | 'recommenders' | 'blend' | 'calibration'> {
  readonly weights: Blend;
  /** Whether the weights come from this shop's own purchases, so that its probabilities mean something. */
  readonly isMeasured: boolean;
}

/** Days ahead, where the history allows it. */
const HORIZON = 28;
/** The history is so many times as long as what is held out, at least. */
const HISTORY = 4;
const SHORTEST_HORIZON = 7;

/** Customers that weights are learned from: more would not change their second digit. */
const TRIAL_USERS = 2000;
/** Fewer later buyers are too few to measure with. */
const LEAST_JUDGED = 50;

/** What other shops' blends look like: for histories too short to learn from. */
const UNMEASURED: Blend = {
  names: ['popularity', 'itemKnn', 'repeatPurchase'],
  intercept: -5,
  weights: [0.5, 1, 2],
  activityWeights: [0, 0],
};

/** Days that purchases can be foretold for by a history of so many. */
export const horizonFor = (historyDays: number): number =>
  Math.min(HORIZON, Math.max(SHORTEST_HORIZON, Math.floor(historyDays / HISTORY)));

/** Fits the recommenders to what was bought before the last `horizon` days and weighs them by what was bought then. */
export async function learnWeights(
  data: Interactions,
  asOf: string,
  horizon: number,
  options: Options,
): Promise<Learned> {
  const historyDays = data.age.reduce((most, age) => Math.max(most, age), 0);
  if (historyDays < HISTORY * SHORTEST_HORIZON)
    return unmeasured(`${counted(historyDays, 'day')} of purchases, fewer than ${HISTORY * SHORTEST_HORIZON}`);
  const { models } = await fitRecommenders(data, horizon, options);
  const sample = spread(data.users, TRIAL_USERS);
  const shares = Array.from({ length: PARALLEL_JOBS }, (_, part) =>
    pickUsers(
      data,
      sample.filter((_user, i) => i % PARALLEL_JOBS === part),
    ),
  );
  const trials = await Promise.all(
    shares
      .filter(({ users }) => users > 0)
      .map((share) => inWorker('tryRecommenders', { data: share, horizon, models, names: RECOMMENDERS })),
  );
  const judged = trials.flatMap(({ bought }) => bought).filter(({ size }) => size > 0);
  if (judged.length < LEAST_JUDGED)
    return unmeasured(
      `${counted(judged.length, 'known customer')} bought in the last ${counted(horizon, 'day')}, fewer than ${LEAST_JUDGED}`,
    );
  const lesson = await inWorker('learnBlend', trials, data.items);
  const purchases = judged.reduce((sum, { size }) => sum + size, 0);
  return {
    weights: lesson.blend,
    isMeasured: true,
    reason: `a blend of ${lesson.blend.names.join(', ')}, with weights from what ${counted(judged.length, 'customer')} bought in the last ${counted(horizon, 'day')}`,
    split: { until: dayOfNumber(dayNumber(asOf) - horizon), customers: judged.length, purchases },
    recommenders: lesson.recommenders,
    blend: lesson.figures,
    calibration: lesson.calibration,
  };
}

function unmeasured(why: string): Learned {
  const sum = UNMEASURED.weights.reduce((total, weight) => total + weight, 0);
  const reason = `too little history to measure: ${why}`;
  return {
    weights: UNMEASURED,
    isMeasured: false,
    reason: `default weights: ${reason}`,
    split: null,
    recommenders: RECOMMENDERS.map((recommender) => {
      const at = UNMEASURED.names.indexOf(recommender);
      return at < 0
        ? { recommender, isUsed: false, reason: `not used: ${reason}`, weight: null, figures: null }
        : { recommender, isUsed: true, reason, weight: UNMEASURED.weights[at]! / sum, figures: null };
    }),
    blend: null,
    calibration: [],
  };
}

/** Numbers from 0 to `count`, at most so many, spread evenly. */
function spread(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
