import { type Column, meanAbsoluteError } from '../accuracy.ts';

/** The value per customer at one origin, as two forecasts have it, and as it came. */
export interface ValueTrial {
  readonly model: Column;
  /** Everybody at their own rate and mean. */
  readonly own: Column;
  readonly actual: Column;
}

export interface OwnShare {
  /** Weight of the customers' own rates and means beside the model, 0 to 1. */
  readonly share: number;
  /** Origins at which the error per customer was larger with the model than at own rates. */
  readonly lost: number;
  readonly origins: number;
  /** Mean over the origins of the mean absolute error per customer. */
  readonly modelError: number;
  readonly ownError: number;
}

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * How much of the value comes from the customers' own rates and means: nothing, unless the model loses to them at most
 * origins; then the share with the least mean error over the origins, with one more origin for a half.
 */
export function ownShareOf(trials: readonly ValueTrial[]): OwnShare {
  const errors = trials.map(({ model, own, actual }) =>
    SHARES.map((share) => meanAbsoluteError(mixed(model, own, share), actual) ?? 0),
  );
  const meanOf = (i: number) => errors.reduce((sum, each) => sum + each[i]!, 0) / Math.max(1, errors.length);
  const lost = errors.filter((each) => each[0]! > each.at(-1)!).length;
  // Each origin weighs the same, whatever the length of its history.
  const relative = SHARES.map((_, i) => errors.reduce((sum, each) => sum + each[i]! / (each[0]! || 1), 0));
  const best = SHARES[relative.indexOf(Math.min(...relative))]!;
  const isLosing = 2 * lost > trials.length;
  return {
    share: isLosing ? (trials.length * best + 0.5) / (trials.length + 1) : 0,
    lost,
    origins: trials.length,
    modelError: meanOf(0),
    ownError: meanOf(SHARES.length - 1),
  };
}

export const mixed = (model: Column, own: Column, share: number): Column =>
  share === 0 ? model : model.map((value, i) => (1 - share) * value + share * own[i]!);
