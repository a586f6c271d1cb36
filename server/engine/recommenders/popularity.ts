import { decayed, type History, type Interactions } from './interactions.ts';
import type { Recommender } from './types.ts';

export interface PopularityOptions {
  /** Time after which a purchase counts half; Infinity counts all alike. */
  readonly halfLife: number;
  /** How many purchases of everybody a group's own are mixed with: small groups follow the whole. */
  readonly prior: number;
}

export interface PopularityModel {
  readonly items: number;
  /** By group and item: share of the faded purchases; group 0 is everybody. */
  readonly share: Float64Array;
}

function fit(data: Interactions, { halfLife, prior }: PopularityOptions): PopularityModel {
  const groups = 1 + data.group.reduce((most, group) => Math.max(most, group), 0);
  const share = new Float64Array(groups * data.items);
  const total = new Float64Array(groups);
  for (let user = 0; user < data.users; user++) {
    const group = data.group[user]!;
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++) {
      const value = decayed(data.weight[entry]!, data.age[entry]!, halfLife);
      for (const each of group === 0 ? [0] : [0, group]) {
        share[each * data.items + data.item[entry]!]! += value;
        total[each]! += value;
      }
    }
  }
  for (let item = 0; item < data.items; item++) share[item]! /= total[0]! || 1;
  for (let group = 1; group < groups; group++) {
    for (let item = 0; item < data.items; item++) {
      const place = group * data.items + item;
      share[place] = (share[place]! + prior * share[item]!) / (total[group]! + prior || 1);
    }
  }
  return { items: data.items, share };
}

/** What sells best in a group, as shares of its purchases. */
export function groupShares({ items, share }: PopularityModel, group: number): Float64Array {
  const known = (group + 1) * items <= share.length ? group : 0;
  return share.subarray(known * items, (known + 1) * items);
}

/** What sells best in the user's group. */
export const popularity: Recommender<PopularityModel, PopularityOptions> = {
  name: 'popularity',
  defaults: { halfLife: Number.POSITIVE_INFINITY, prior: 200 },
  fit,
  score: (model, { group }: History, scores) => scores.set(groupShares(model, group)),
  explain: () => [],
};
