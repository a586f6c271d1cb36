/**
 * P-values corrected for being made together: rejecting those below a level keeps the chance of any false one below it, whatever
 * depends on what.
 * @param pValues In [0, 1]. @returns In their order, each at least as large, at most 1.
 * @see Holm (1979)
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, i] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]!));
    adjusted[i] = largest;
  }
  return adjusted;
}
