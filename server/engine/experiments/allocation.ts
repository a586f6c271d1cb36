import { verdictOf } from './pays.ts';

/** What may be done with a segment. Draws in the same place belong together; null where nothing was tested. */
export interface Candidate {
  /** Net value per customer. */
  readonly draws: Float64Array | null;
  /** Share of the segment that can get it, above 0, at most 1. */
  readonly most: number;
}

/** What is to be expected of a candidate. */
interface Chance {
  /** P(net value > 0) and P(it is the best of all that were tested and of doing nothing); null where nothing was tested. */
  readonly pays: number | null;
  readonly best: number | null;
}

export interface Chances {
  readonly of: readonly Chance[];
  /** P(doing nothing is best). */
  readonly nothing: number;
}

/** How often candidates, and doing nothing, win among the draws. */
export function chancesOf(candidates: readonly Candidate[]): Chances {
  const draws = candidates.find((candidate) => candidate.draws !== null)?.draws?.length ?? 0;
  const [pays, best] = [candidates.map(() => 0), candidates.map(() => 0)];
  for (let at = 0; at < draws; at++) {
    let [winner, most] = [-1, 0];
    for (const [i, candidate] of candidates.entries()) {
      const value = candidate.draws?.[at] ?? Number.NEGATIVE_INFINITY;
      if (value > 0) pays[i]!++;
      if (value > most) [winner, most] = [i, value];
    }
    if (winner >= 0) best[winner]!++;
  }
  const won = best.reduce((sum, wins) => sum + wins, 0);
  return {
    of: candidates.map((candidate, i) =>
      candidate.draws === null ? { pays: null, best: null } : { pays: pays[i]! / draws, best: best[i]! / draws },
    ),
    nothing: draws === 0 ? 1 : 1 - won / draws,
  };
}

/**
 * The shares of a segment that candidates get, and last the share that gets nothing. Thompson (1933): each gets its probability of being the
 * best, so that what may be best goes on being tried. A part for exploration is spread evenly over doing nothing, what was
 * not tested and what is not clearly harmful, so that the next experiment has a control group and nothing falls out by bad luck.
 * Where nothing was tested all get the same: an even split teaches most.
 * @param exploration 0 to under 1.
 */
export function thompsonShares(
  candidates: readonly Candidate[],
  { of, nothing }: Chances,
  exploration: number,
): number[] {
  const isTried = [...of.map(({ pays }) => pays === null || verdictOf(pays) !== 'LEAVE_ALONE'), true];
  const even = 1 / isTried.filter(Boolean).length;
  const floor = candidates.every(({ draws }) => draws === null) ? 1 : exploration;
  const best = [...of.map(({ best }) => best ?? 0), nothing];
  const shares = best.map((chance, i) => (1 - floor) * chance + (isTried[i] ? floor * even : 0));
  return capped(shares, [...candidates.map(({ most }) => most), 1]);
}

/** Cuts shares to what is possible; what is cut goes to the others in proportion to theirs, or to the last where they have none. */
function capped(shares: readonly number[], most: readonly number[]): number[] {
  const result = [...shares];
  const isFull = shares.map(() => false);
  for (;;) {
    const over = result.findIndex((share, i) => !isFull[i] && share > most[i]!);
    if (over < 0) return result;
    const cut = result[over]! - most[over]!;
    result[over] = most[over]!;
    isFull[over] = true;
    const rest = result.reduce((sum, share, i) => sum + (isFull[i] ? 0 : share), 0);
    if (rest > 0) for (const [i, share] of result.entries()) result[i] = isFull[i] ? share : share * (1 + cut / rest);
    else result[result.length - 1]! += cut;
  }
}
