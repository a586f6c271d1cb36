import { bgNbd } from '../../models/bg-nbd.ts';
import { mbgNbd } from '../../models/mbg-nbd.ts';
import { paretoNbd } from '../../models/pareto-nbd.ts';
import { pooledSpend } from '../../models/pooled-rate.ts';
import { fitSpend, fitTransactions } from '../../models/robust-fit.ts';
import type { Fit, Spend } from '../../models/types.ts';
import type { ObservedHistory } from '../order-days.ts';
import type { Snapshot } from './snapshot.ts';

/** What an origin's customers can be predicted with. */
export interface OriginFits {
  /** One for each candidate that could be fitted; the pooled rate alone where none could. */
  readonly transactions: readonly Fit<object>[];
  readonly spend: Fit<object>;
}

/** @param previous fits of an earlier origin, where the searches start from. */
export function fitsAt({ histories, groups }: Snapshot, previous: OriginFits | null): OriginFits {
  const startOf = (model: string) => previous?.transactions.find((fit) => fit.model === model)?.parameters as never;
  const fits = [
    // In the order of preference: BG/NBD calls every one-time buyer alive.
    fitTransactions(mbgNbd, groups, startOf(mbgNbd.name)),
    fitTransactions(paretoNbd, groups, startOf(paretoNbd.name)),
    fitTransactions(bgNbd, groups, startOf(bgNbd.name)),
  ];
  const own = fits.filter(({ fallbackReason }) => fallbackReason === null);
  return {
    transactions: (own.length > 0 ? own : fits.slice(0, 1)).map(({ fit }) => fit),
    spend: fitSpend(
      histories.map(({ x, m }) => ({ x, m, count: 1 })),
      histories.map(({ all }) => ({ ...all, count: 1 })),
    ).fit,
  };
}

/** What the spend model takes of a customer: the pooled mean takes all order days, Gamma-Gamma the repeat ones. */
export const spendFor = (spend: Fit<object>, { x, m, all }: ObservedHistory): Spend =>
  spend.model === pooledSpend.name ? all : { x, m };
