import { midRanks } from './mid-ranks.ts';

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
