import type { CalibrationBin } from './findings.ts';

/** Ten bins with as many recommendations each, least likely first. */
export function calibrationOf(predicted: readonly number[], isBought: readonly boolean[]): CalibrationBin[] {
  const order = [...predicted.keys()].sort((a, b) => predicted[a]! - predicted[b]! || a - b);
  return Array.from({ length: 10 }, (_, bin) => {
    const within = order.slice((bin * order.length) / 10, ((bin + 1) * order.length) / 10);
    const mean = (of: (at: number) => number) => within.reduce((sum, at) => sum + of(at), 0) / within.length;
    return {
      predicted: mean((at) => predicted[at]!),
      observed: mean((at) => Number(isBought[at])),
      recommendations: within.length,
    };
  }).filter(({ recommendations }) => recommendations > 0);
}
