/**
 * The k items with the largest scores above 0, best first; of equal ones the smaller number comes first, so that the order
 * of input does not matter.
 * @param isOpen Which items may be chosen; all when absent.
 */
export function topK(scores: ArrayLike<number>, k: number, isOpen?: (item: number) => boolean): number[] {
  if (k === 0) return [];
  // A heap whose root is the worst of the best so far.
  const heap: number[] = [];
  const isWorse = (a: number, b: number) => scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);
  const sink = (from: number) => {
    for (let place = from; ; ) {
      let worst = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < heap.length && isWorse(heap[child]!, heap[worst]!)) worst = child;
      }
      if (worst === place) return;
      [heap[place], heap[worst]] = [heap[worst]!, heap[place]!];
      place = worst;
    }
  };
  // Items come in ascending order, so a later one must do better than the worst of a full heap, not equal it.
  let bar = 0;
  for (let item = 0; item < scores.length; item++) {
    if (!(scores[item]! > bar)) continue;
    if (isOpen !== undefined && !isOpen(item)) continue;
    if (heap.length < k) {
      heap.push(item);
      if (heap.length === k) for (let place = (k >> 1) - 1; place >= 0; place--) sink(place);
    } else {
      heap[0] = item;
      sink(0);
    }
    if (heap.length === k) bar = scores[heap[0]!]!;
  }
  return heap.sort((a, b) => scores[b]! - scores[a]! || a - b);
}
