import { bgNbd } from '../engine/models/bg-nbd.ts';
import { mbgCnbd } from '../engine/models/mbg-cnbd.ts';
import { isPoisson } from '../engine/models/mbg-cnbd-fit.ts';
import { mbgNbd } from '../engine/models/mbg-nbd.ts';
import { paretoNbd } from '../engine/models/pareto-nbd.ts';
import { fitTransactions, type RobustFit } from '../engine/models/robust-fit.ts';
import type { HistoryGroup } from '../engine/models/types.ts';
import { type Packed, unpackHistories } from './packed.ts';

/** The models of transactions that an analysis chooses from. */
export const CANDIDATES = { bg: bgNbd, mbg: mbgNbd, 'mbg-cnbd': mbgCnbd, pareto: paretoNbd } as const;

export type Candidate = keyof typeof CANDIDATES;

// Which model it is does not matter to the types, only that its own parameters come back.
export const fitCandidate = (candidate: Candidate, groups: readonly HistoryGroup[]): RobustFit =>
  fitTransactions(CANDIDATES[candidate] as typeof bgNbd, groups);

/** Fits the candidates but for the chosen one, for people to compare with; those with enough data for any; MBG/CNBD-k only where it is not MBG/NBD. */
export function fitOthers(chosen: Candidate | null, histories: Packed<HistoryGroup>): RobustFit[] {
  const groups = unpackHistories(histories);
  return (Object.keys(CANDIDATES) as Candidate[])
    .filter((candidate) => candidate !== chosen)
    .map((candidate) => fitCandidate(candidate, groups))
    .filter(({ fit, fallbackReason }) => fallbackReason === null && !isPoisson(fit));
}
