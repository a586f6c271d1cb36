import type { Qini, QiniPoint } from './result-types.ts';

/** Customers with what they came to together, in the unit of the metric. */
export interface Outcome {
  readonly customers: number;
  readonly sum: number;
}

/** A group ranked by what was learned elsewhere, with what it came to here. */
export interface RankedGroup {
  readonly predicted: number;
  readonly treated: Outcome;
  readonly control: Outcome;
}

/**
 * The Qini curve: groups are reached from the highest predicted uplift down, those predicted alike at once. At a share s of
 * the customers, with means over those reached so far,
 *
 *   gain = s (mean of the treated - mean of the control group),  random = s times the same over all
 *
 * The control group is scaled to the treated by its own number. Its points leave out where only one of them is reached.
 * @returns null where either is empty.
 * @see Radcliffe (2007), Using Control Groups to Target on Predicted Lift, Direct Marketing Analytics Journal; coefficient: the area
 * between both curves over that under the random one
 */
export function qini(groups: readonly RankedGroup[]): Qini | null {
  const total = groups.reduce((sum, { treated, control }) => sum + treated.customers + control.customers, 0);
  const ranked = groups.toSorted((a, b) => b.predicted - a.predicted);
  const gains: { share: number; gain: number }[] = [];
  const [treated, control] = [
    { customers: 0, sum: 0 },
    { customers: 0, sum: 0 },
  ];
  for (const [i, group] of ranked.entries()) {
    add(treated, group.treated);
    add(control, group.control);
    const isTied = ranked[i + 1]?.predicted === group.predicted;
    if (isTied || treated.customers === 0 || control.customers === 0) continue;
    const share = (treated.customers + control.customers) / total;
    gains.push({ share, gain: share * (treated.sum / treated.customers - control.sum / control.customers) });
  }
  if (treated.customers === 0 || control.customers === 0) return null;
  const all = gains.at(-1)!.gain;
  const points = [{ share: 0, gain: 0 }, ...gains].map((point): QiniPoint => ({ ...point, random: point.share * all }));
  return { points, coefficient: all > 0 ? (areaUnder(points) - all / 2) / (all / 2) : null };
}

function add(sum: { customers: number; sum: number }, part: Outcome): void {
  sum.customers += part.customers;
  sum.sum += part.sum;
}

const areaUnder = (points: readonly QiniPoint[]): number =>
  points.slice(1).reduce((area, { share, gain }, i) => {
    const before = points[i]!;
    return area + ((share - before.share) * (gain + before.gain)) / 2;
  }, 0);
