import { MODEL_NAME, type ModelKey } from '../../../domain/models.ts';
import { pooledRate } from '../../models/pooled-rate.ts';
import type { Fit } from '../../models/types.ts';
import type { ModelAccuracy } from './figures.ts';

export interface ModelResult {
  /** Name of the model, e.g. `mbg-nbd`. */
  readonly model: string;
  readonly status: Fit<object>['status'];
  readonly accuracy: ModelAccuracy;
}

/** The models and the baseline at one origin. */
export interface OriginComparison {
  /** Day number of the last day that the models knew. */
  readonly origin: number;
  /** Customers who had bought by then. */
  readonly customers: number;
  readonly models: readonly ModelResult[];
  /** Everybody going on at their own rate. */
  readonly baseline: ModelAccuracy;
}

/** How many of the latest origins decide. */
const LATEST = 3;

export interface Selection {
  /** Name of the model, e.g. `mbg-nbd`. */
  readonly chosen: string;
  /** Why, in a sentence with figures. */
  readonly reason: string;
  /** Whether it scores better on the latest origins than everybody's own rate does; else it is not worth publishing. */
  readonly beatsBaseline: boolean;
}

interface Contender {
  readonly model: string;
  /** Mean over the latest origins. */
  readonly crps: number;
  readonly converged: boolean;
}

/**
 * The model with the lowest mean CRPS over the latest origins, among those whose fits converged there. Where the digits shown
 * are equal, the first of {@link OriginComparison.models}.
 */
export function selectModel(origins: readonly OriginComparison[]): Selection {
  // Early on there may have been too few repeat buyers for any model but the pooled rate.
  const modelled = origins.filter(({ models }) => models.some(({ model }) => model !== pooledRate.name));
  const several = (modelled.length > 0 ? modelled : origins).slice(-LATEST);
  // A candidate may have been fitted at some of them only.
  const latest = contendersOf(several).length > 0 ? several : several.slice(-1);
  const contenders = contendersOf(latest);
  const converged = contenders.filter((contender) => contender.converged);
  const field = (converged.length > 0 ? converged : contenders).toSorted(
    (a, b) => Number(figure(a.crps)) - Number(figure(b.crps)),
  );
  const [best, ...others] = field as [Contender, ...Contender[]];
  const baseline = meanOf(latest.map((origin) => origin.baseline.crps));
  const isTied = others.some(({ crps }) => figure(crps) === figure(best.crps));
  const against = others.map(({ model, crps }) => `${figure(crps)} (${nameOf(model)})`).join(' and ');
  return {
    chosen: best.model,
    reason: [
      `${nameOf(best.model)} ${isTied ? 'shares' : 'has'} the lowest CRPS of orders over the latest ${latest.length} origins: ${figure(best.crps)}`,
      against === '' ? '' : ` against ${against}`,
      `; the rate baseline has ${figure(baseline)}`,
    ].join(''),
    beatsBaseline: best.crps < baseline,
  };
}

function contendersOf(latest: readonly OriginComparison[]): Contender[] {
  return latest.at(-1)!.models.flatMap(({ model }) => {
    const results = latest.map(({ models }) => models.find((result) => result.model === model));
    if (results.includes(undefined)) return [];
    const crps = meanOf(results.map((result) => result!.accuracy.crps));
    if (!Number.isFinite(crps)) return [];
    return {
      model,
      crps,
      converged: results.every((result) => result!.status === 'converged'),
    };
  });
}

/** Every origin has customers, so it has a score. */
const meanOf = (scores: readonly (number | null)[]) =>
  scores.reduce<number>((sum, score) => sum + score!, 0) / scores.length;

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];
const figure = (crps: number) => crps.toPrecision(4);
