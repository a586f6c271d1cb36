import { MODEL_NAME, type ModelKey } from '../../../domain/models.ts';
import { pooledRate } from '../../models/pooled-rate.ts';
import type { Fit } from '../../models/types.ts';
import type { ModelAccuracy } from './figures.ts';
import type { FailedFit } from './fits.ts';

export interface ModelResult {
  /** Name of the model, e.g. `mbg-nbd`. */
  readonly model: string;
  readonly status: Fit<object>['status'];
  readonly accuracy: ModelAccuracy;
}

/** The models, the baseline and the yardstick at one origin. */
export interface OriginComparison {
  /** Day number of the last day that the models knew. */
  readonly origin: number;
  /** Customers who had bought by then. */
  readonly customers: number;
  readonly models: readonly ModelResult[];
  /** Candidates without a fit. */
  readonly failed: readonly FailedFit[];
  /** Everybody going on at their own rate. */
  readonly baseline: ModelAccuracy;
  /** NBD, in which nobody leaves; it is shown, and cannot be chosen. */
  readonly yardstick: ModelResult | null;
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
  /** Mean over the latest origins; of a model that lacks some of them, as its others let expect. */
  readonly crps: number;
  readonly converged: boolean;
}

/**
 * The model with the lowest mean CRPS over the latest origins, among those whose fits converged there. A candidate that has no
 * fit at some of them is compared on the others, by its share of the rate baseline's CRPS there. Where the digits shown are
 * equal, the first of {@link OriginComparison.models}.
 */
export function selectModel(origins: readonly OriginComparison[]): Selection {
  // Early on there may have been too few repeat buyers for any model but the pooled rate.
  const modelled = origins.filter(({ models }) => models.some(({ model }) => model !== pooledRate.name));
  const latest = (modelled.length > 0 ? modelled : origins).slice(-LATEST);
  const contenders = contendersOf(latest);
  const converged = contenders.filter((contender) => contender.converged);
  const field = (converged.length > 0 ? converged : contenders).toSorted(
    (a, b) => Number(figure(a.crps)) - Number(figure(b.crps)),
  );
  const [best, ...others] = field as [Contender, ...Contender[]];
  const baseline = baselineOf(latest);
  const beatsBaseline = best.crps < baseline;
  const isTied = others.some(({ crps }) => figure(crps) === figure(best.crps));
  const against = others.map(({ model, crps }) => `${figure(crps)} (${nameOf(model)})`).join(' and ');
  return {
    chosen: best.model,
    reason: [
      beatsBaseline ? '' : 'no model beats the rate baseline: ',
      `${nameOf(best.model)} ${isTied ? 'shares' : 'has'} the lowest CRPS of orders over the latest ${latest.length} origins: ${figure(best.crps)}`,
      against === '' ? '' : ` against ${against}`,
      `; the rate baseline has ${figure(baseline)}`,
      ...failuresAt(latest).map((failure) => `; ${failure}`),
    ].join(''),
    beatsBaseline,
  };
}

function contendersOf(latest: readonly OriginComparison[]): Contender[] {
  const models = new Set(latest.toReversed().flatMap((origin) => origin.models.map(({ model }) => model)));
  return [...models].flatMap((model) => {
    const where = latest.filter((origin) => resultOf(origin, model) !== undefined);
    const results = where.map((origin) => resultOf(origin, model)!);
    const own = meanOf(results.map(({ accuracy }) => accuracy.crps));
    const crps = where.length === latest.length ? own : (own / baselineOf(where)) * baselineOf(latest);
    return Number.isFinite(crps)
      ? { model, crps, converged: results.every(({ status }) => status === 'converged') }
      : [];
  });
}

const resultOf = ({ models }: OriginComparison, model: string) => models.find((result) => result.model === model);

/** One sentence for each model and reason. */
function failuresAt(latest: readonly OriginComparison[]): string[] {
  const failures = latest.flatMap(({ failed }) => failed.map(({ model, reason }) => `${nameOf(model)}: ${reason}`));
  return [...new Set(failures)].map((failure) => {
    const times = failures.filter((other) => other === failure).length;
    return `at ${times} of them there is no ${failure}`;
  });
}

const baselineOf = (origins: readonly OriginComparison[]) => meanOf(origins.map(({ baseline }) => baseline.crps));

/** Every origin has customers, so it has a score. */
const meanOf = (scores: readonly (number | null)[]) =>
  scores.reduce<number>((sum, score) => sum + score!, 0) / scores.length;

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];
const figure = (crps: number) => crps.toPrecision(3);
