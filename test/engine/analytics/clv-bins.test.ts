import fc from 'fast-check';
import { expect, it } from 'vitest';

import { clvBinEdges } from '../../../server/engine/analytics/clv-bins.ts';

it('spans a maximum with 1-2-5 edges above zero', () => {
  expect(clvBinEdges(1175)).toEqual([0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000]);
});

it('puts a maximum that is itself an edge inside the last bin', () => {
  expect(clvBinEdges(2000).at(-1)).toBe(5000);
  expect(clvBinEdges(1).at(-1)).toBe(2);
});

it('has one bin where nobody is worth anything', () => {
  expect(clvBinEdges(0)).toEqual([0, 1]);
  expect(clvBinEdges(-3)).toEqual([0, 1]);
});

it('has at most 14 bins, ascending, that just hold the maximum', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (maximum) => {
      const edges = clvBinEdges(maximum);
      expect(edges.length).toBeLessThanOrEqual(15);
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect(edges.at(-1)!).toBeGreaterThan(maximum);
      expect(edges.at(-2)!).toBeLessThanOrEqual(maximum);
    }),
  );
});
