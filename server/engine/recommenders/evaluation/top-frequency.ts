import { topK } from '../top-k.ts';
import type { Baseline } from './evaluate.ts';

/**
 * What a user bought most often (P-TopFreq), and the same filled up with what everybody did (GP-TopFreq); of equals the one
 * bought first, as in the code of Li et al. (2023), "A Next Basket Recommendation Reality Check".
 * @param bought By user: the items of all baskets in order of time, repeats included.
 */
export function topFrequency(bought: readonly (readonly number[])[], items: number): Baseline[] {
  const total = new Float64Array(items);
  for (const own of bought) for (const item of own) total[item]!++;
  const overall = topK(total, items);
  const personal = (user: number): number[] => {
    const times = new Map<number, number>();
    for (const item of bought[user]!) times.set(item, (times.get(item) ?? 0) + 1);
    // The sort is stable and a Map remembers what came first.
    return [...times.keys()].sort((a, b) => times.get(b)! - times.get(a)!);
  };
  const filled = (user: number, k: number): number[] => {
    const list = new Set(personal(user).slice(0, k));
    for (let i = 0; list.size < k && i < overall.length; i++) list.add(overall[i]!);
    return [...list];
  };
  return [
    { name: 'P-TopFreq', listOf: (user, k) => personal(user).slice(0, k) },
    { name: 'GP-TopFreq', listOf: filled },
  ];
}
