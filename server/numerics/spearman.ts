/** Ranks from 1; equal values share the mean of theirs. */
function midRanks(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to + 1) / 2;
  }
  return ranks;
}

/**
 * Spearman's rank correlation of two columns.
 * @returns in [-1, 1]; NaN with fewer than two rows or a column of one value.
 */
export function spearman(xs: readonly number[], ys: readonly number[]): number {
  const mean = (xs.length + 1) / 2;
  const [rx, ry] = [midRanks(xs), midRanks(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [dx, dy] = [rx[i]! - mean, ry[i]! - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
