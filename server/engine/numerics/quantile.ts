/** Puts the k-th smallest of values[low..high] in place k of the sorted order; no full sort. @see Hoare (1961), FIND */
function select(values: Float64Array, k: number, low: number, high: number): number {
  while (low < high) {
    const pivot = values[k]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (j < k) low = i;
    if (k < i) high = j;
  }
  return values[k]!;
}

/** Moves the zeros to the front. @returns how many there are. */
function zerosFirst(values: Float64Array): number {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0) continue;
    values[i] = values[zeros]!;
    values[zeros++] = 0;
  }
  return zeros;
}

/**
 * Quantiles of a sample, each at rank probability (n + 1), between neighbours by weight: a further draw lies below it with
 * just that probability (Weibull's plotting position, type 6 of Hyndman & Fan 1996).
 * @param values at least one, each >= 0 (what customers will be worth is often 0: zeros are not sorted). They change their order.
 * @param probabilities ascending, in [0, 1].
 */
export function quantiles(values: Float64Array, probabilities: readonly number[]): number[] {
  const last = values.length - 1;
  const zeros = zerosFirst(values);
  let from = zeros;
  return probabilities.map((probability) => {
    const rank = Math.min(Math.max(probability * (last + 2) - 1, 0), last);
    const k = Math.floor(rank);
    if (k + 1 < zeros) return 0;
    const value = k < zeros ? 0 : select(values, k, from, last);
    from = Math.max(zeros, k);
    return rank === k ? value : value + (rank - k) * (select(values, k + 1, Math.max(zeros, k + 1), last) - value);
  });
}
