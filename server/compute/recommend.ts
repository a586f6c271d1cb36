import type { RecommenderName } from '../engine/recommenders/evaluation/findings.ts';
import { holdOut, seenBefore } from '../engine/recommenders/evaluation/hold-out.ts';
import { type Lesson, learn } from '../engine/recommenders/evaluation/learn.ts';
import { joinTrials, type Trial, tryOut } from '../engine/recommenders/evaluation/trial.ts';
import { historyOf, type Interactions, userItems } from '../engine/recommenders/interactions.ts';
import {
  type ItemKnnModel,
  type ItemKnnOptions,
  itemKnnModel,
  joinNeighbors,
  type Neighbors,
  neighborsOf,
} from '../engine/recommenders/item-knn.ts';
import { boughtTogether, type Neighborhood, similarItems } from '../engine/recommenders/neighborhoods.ts';
import { type ListMaker, listMaker, type UserRecommendations } from '../engine/recommenders/recommendations.ts';
import { type Models, type Options, recommender } from '../engine/recommenders/recommenders.ts';
import { type Sparse, transpose } from '../engine/recommenders/sparse.ts';
import { shared } from './shared.ts';

/** What was seen so long before the moment that lists are made for. */
export const seenUntil = (data: Interactions, horizon: number): Interactions => shared(seenBefore(data, horizon));

export interface FitRecommenderJob {
  readonly name: Exclude<RecommenderName, 'itemKnn'>;
  readonly data: Interactions;
  readonly options: Options;
}

export const fitRecommender = ({ name, data, options }: FitRecommenderJob): unknown =>
  shared(recommender(name).fit(data, options[name]));

/** The same entries twice. */
export interface Crossed {
  readonly users: Sparse;
  readonly items: Sparse;
}

/** Made once, for all threads that look for neighbours. */
export function crossUserItems(data: Interactions): Crossed {
  const users = shared(userItems(data));
  return { users, items: shared(transpose(users)) };
}

export interface NeighborsJob extends Crossed {
  readonly from: number;
  readonly to: number;
  readonly options: ItemKnnOptions;
}

/** The neighbours of a range of items: ranges go to several threads. */
export const nearestItems = ({ users, items, from, to, options }: NeighborsJob): Neighbors =>
  shared(neighborsOf(users, items, from, to, options));

export interface ItemKnnJob {
  readonly users: Sparse;
  readonly parts: readonly Neighbors[];
  readonly options: ItemKnnOptions;
}

export function joinItemKnn(job: ItemKnnJob): { readonly model: ItemKnnModel; readonly nearest: Neighbors } {
  const nearest = joinNeighbors(job.parts);
  return shared({ model: itemKnnModel(job.users, nearest, job.options), nearest });
}

export interface TrialJob {
  readonly models: Models;
  readonly names: readonly RecommenderName[];
  readonly data: Interactions;
  readonly horizon: number;
}

/** Of all users of the data who had a history before the horizon, whether they bought afterwards or not. */
export function tryRecommenders({ models, names, data, horizon }: TrialJob): Trial {
  const split = holdOut(data, horizon);
  const { start } = split.seen;
  const users = Array.from({ length: data.users }, (_, user) => user).filter((user) => start[user + 1]! > start[user]!);
  return shared(tryOut(models, names, split, users));
}

export const learnBlend = (trials: readonly Trial[], items: number): Lesson => learn(joinTrials(trials), items);

export interface RecommendationsJob {
  readonly data: Interactions;
  readonly maker: ListMaker;
  /** Users to make lists for. */
  readonly from: number;
  readonly to: number;
}

export function makeRecommendations({ data, maker, from, to }: RecommendationsJob): UserRecommendations[] {
  const recommendationsFor = listMaker(maker);
  return Array.from({ length: to - from }, (_, i) => recommendationsFor(historyOf(data, from + i)));
}

/** Neighbours that are kept of each item. */
const MOST_NEIGHBORS = 12;

export const findNeighborhoods = (data: Interactions, nearest: Neighbors) => ({
  BOUGHT_TOGETHER: boughtTogether(data, MOST_NEIGHBORS) as readonly Neighborhood[],
  SIMILAR: similarItems(data, nearest, MOST_NEIGHBORS) as readonly Neighborhood[],
});
