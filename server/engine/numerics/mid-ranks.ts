/** Ranks from 1, in the order of the values; equal values share the mean of theirs. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const column = Float64Array.from(values);
  const sorted = column.toSorted();
  const rankOf = new Map<number, number>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    rankOf.set(sorted[from]!, (from + to + 1) / 2);
  }
  return column.map((value) => rankOf.get(value)!);
}
