import { describe, expect, it } from 'vitest';

import { SpillingSorter } from '../../../server/imports/storing/spilling-sorter.ts';

async function sorted(runSize: number, entries: readonly (readonly [string, number])[]) {
  const sorter = new SpillingSorter(runSize);
  for (const [key, value] of entries) {
    sorter.add(key, String(value));
    await sorter.spill();
  }
  const groups: unknown[] = [];
  for await (const [key, texts] of sorter.sorted()) groups.push([key, texts.map(Number)]);
  return groups;
}

describe('a sorter that spills', () => {
  it.each([1, 2, 3, 100])(
    'gives values by key, in the order in which they came, with %i in memory',
    async (runSize) => {
      const entries = [
        ['b', 1],
        ['a', 2],
        ['c', 3],
        ['a', 4],
        ['b', 5],
        ['a', 6],
      ] as const;
      expect(await sorted(runSize, entries)).toEqual([
        ['a', [2, 4, 6]],
        ['b', [1, 5]],
        ['c', [3]],
      ]);
    },
  );

  it('keeps groups whole that are longer than what is read ahead', async () => {
    const entries = Array.from({ length: 300_000 }, (_, n): [string, number] => [`k${n % 2}`, n]);
    const groups = await sorted(100_000, entries);
    expect(groups).toEqual([0, 1].map((rest) => [`k${rest}`, entries.map(([, n]) => n).filter((n) => n % 2 === rest)]));
  });

  it('has nothing where nothing was added', async () => {
    expect(await sorted(1, [])).toEqual([]);
  });
});
