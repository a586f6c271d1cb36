/**
 * Ticks of an axis that begins at zero and ends at or above `maximum`.
 * @param maximum Largest value shown, >= 0; zero gives an axis from 0 to 1.
 * @returns Two to five evenly spaced round numbers, the first of them 0.
 */
export function ticksFromZero(maximum: number): number[] {
  const top = maximum > 0 ? maximum : 1;
  const power = 10 ** Math.floor(Math.log10(top / 4));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate * 4 >= top) ?? top;
  const intervals = Math.ceil(top / step);
  return Array.from({ length: intervals + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** The linear map from `[from, to]` to `[start, end]`. */
export function linear(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/**
 * Moves labels apart, up or down, as little as needed.
 * @param wanted Wanted middles, ascending. @param gap Least distance of two middles. @param end Largest middle allowed.
 * @returns Middles in the same order, at least `gap` apart, none above zero unless there is no room.
 */
export function spread(wanted: readonly number[], gap: number, end: number): number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  let limit = end;
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - gap;
  }
  return placed;
}
