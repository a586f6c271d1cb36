/** How one column is spelled, decided once from all its values. */
export type Decision<Spelling> =
  | {
      readonly spelling: Spelling;
      /** The first value that only this spelling fits; null where every value fits another one too, as whole numbers do. */
      readonly evidence: string | null;
    }
  /** Values that leave it open, or that contradict each other: whoever imports has to choose. */
  | { readonly ambiguous: readonly string[] };

/** Values that only one of the spellings fits. */
export interface Votes<Spelling> {
  readonly spelling: Spelling;
  count: number;
  /** The first of them. */
  example: string | null;
}

export const votesFor = <Spelling>(spelling: Spelling): Votes<Spelling> => ({ spelling, count: 0, example: null });

export function vote(votes: Votes<unknown>, value: string): void {
  votes.count++;
  votes.example ??= value;
}

/** A spelling needs this many values for each one that contradicts it. */
const CLEAR_MAJORITY = 4;

/** @returns What the values decide; null where no value decides anything. */
export function decideByVotes<Spelling>(one: Votes<Spelling>, other: Votes<Spelling>): Decision<Spelling> | null {
  const [more, fewer] = one.count >= other.count ? [one, other] : [other, one];
  if (more.example === null) return null;
  if (more.count >= CLEAR_MAJORITY * fewer.count) return { spelling: more.spelling, evidence: more.example };
  return { ambiguous: [more.example, fewer.example!] };
}
