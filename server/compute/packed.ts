import type { HistoryGroup, SpendGroup } from '../engine/models/types.ts';

/** Groups as a few long columns, which copy to a worker thread at once where a million objects would take seconds. */
export type Packed<Group> = { readonly [Name in keyof Group]: Float64Array };

export const packHistories = (groups: readonly HistoryGroup[]): Packed<HistoryGroup> => ({
  x: Float64Array.from(groups, ({ x }) => x),
  tx: Float64Array.from(groups, ({ tx }) => tx),
  T: Float64Array.from(groups, ({ T }) => T),
  count: Float64Array.from(groups, ({ count }) => count),
});

export function unpackHistories({ x, tx, T, count }: Packed<HistoryGroup>): HistoryGroup[] {
  const groups: HistoryGroup[] = [];
  for (let i = 0; i < x.length; i++) groups.push({ x: x[i]!, tx: tx[i]!, T: T[i]!, count: count[i]! });
  return groups;
}

export const packSpend = (groups: readonly SpendGroup[]): Packed<SpendGroup> => ({
  x: Float64Array.from(groups, ({ x }) => x),
  m: Float64Array.from(groups, ({ m }) => m),
  count: Float64Array.from(groups, ({ count }) => count),
});

export function unpackSpend({ x, m, count }: Packed<SpendGroup>): SpendGroup[] {
  const groups: SpendGroup[] = [];
  for (let i = 0; i < x.length; i++) groups.push({ x: x[i]!, m: m[i]!, count: count[i]! });
  return groups;
}
