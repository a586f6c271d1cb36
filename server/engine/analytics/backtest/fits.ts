import { bgNbd } from '../../models/bg-nbd.ts';
import { mbgCnbd } from '../../models/mbg-cnbd.ts';
import { isPoisson } from '../../models/mbg-cnbd-fit.ts';
import { mbgNbd } from '../../models/mbg-nbd.ts';
import { nbd } from '../../models/nbd.ts';
import { paretoNbd } from '../../models/pareto-nbd.ts';
import { pooledSpend } from '../../models/pooled-rate.ts';
import { fitSpend, fitTransactions } from '../../models/robust-fit.ts';
import type { Fit, Spend } from '../../models/types.ts';
import type { ObservedHistory } from '../order-days.ts';
import type { Snapshot } from './snapshot.ts';

/** What an origin's customers can be predicted with. */
export interface OriginFits {
  /** One for each candidate that could be fitted and is no other in disguise; the pooled rate alone where none could. */
  readonly transactions: readonly Fit<object>[];
  readonly spend: Fit<object>;
  /** NBD, in which nobody leaves: what the others have to add something to; null where it could not be fitted. */
  readonly yardstick: Fit<object> | null;
  /** The other candidates, and why they could not be fitted. */
  readonly failed: readonly FailedFit[];
}

export interface FailedFit {
  /** Name of the model. */
  readonly model: string;
  readonly reason: string;
}

/** In the order of preference: BG/NBD calls every one-time buyer alive. */
const CANDIDATES = [mbgNbd, mbgCnbd, paretoNbd, bgNbd] as const;

/** @param previous fits of an earlier origin, where the searches start from. */
export function fitsAt({ histories, groups }: Snapshot, previous: OriginFits | null): OriginFits {
  const startOf = (model: string) => previous?.transactions.find((fit) => fit.model === model)?.parameters as never;
  const fits = CANDIDATES.map((model) => fitTransactions(model as typeof mbgNbd, groups, startOf(model.name)));
  const own = fits.filter(({ fit, fallbackReason }) => fallbackReason === null && !isPoisson(fit));
  const yardstick = fitTransactions(nbd, groups, previous?.yardstick?.parameters as never);
  return {
    transactions: (own.length > 0 ? own : fits.slice(0, 1)).map(({ fit }) => fit),
    yardstick: yardstick.fallbackReason === null ? yardstick.fit : null,
    failed: fits.flatMap(({ fallbackReason }, i) =>
      fallbackReason === null ? [] : { model: CANDIDATES[i]!.name, reason: fallbackReason },
    ),
    spend: fitSpend(
      histories.map(({ x, m }) => ({ x, m, count: 1 })),
      histories.map(({ all }) => ({ ...all, count: 1 })),
    ).fit,
  };
}

/** What the spend model takes of a customer: the pooled mean takes all order days, Gamma-Gamma the repeat ones. */
export const spendFor = (spend: Fit<object>, { x, m, all }: ObservedHistory): Spend =>
  spend.model === pooledSpend.name ? all : { x, m };
