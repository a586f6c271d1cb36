import fc from 'fast-check';
import { expect, it } from 'vitest';

import { holm } from '../../../server/engine/experiments/holm.ts';

it('multiplies the smallest by all, the next by all but one, and never falls below a smaller one', () => {
  // Holm (1979): .01 x 4, .02 x 3, .03 x 2 (lifted to .06), .2 x 1.
  const adjusted = holm([0.03, 0.01, 0.2, 0.02]);
  for (const [i, expected] of [0.06, 0.04, 0.2, 0.06].entries()) expect(adjusted[i]).toBeCloseTo(expected, 12);
});

it('leaves a single comparison as it is', () => expect(holm([0.04])).toEqual([0.04]));

it('keeps the order, never lowers a p-value, never goes beyond 1, and depends on no order', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
  fc.assert(
    fc.property(pValues, (p) => {
      const adjusted = holm(p);
      for (const [i, raw] of p.entries()) {
        expect(adjusted[i]!).toBeGreaterThanOrEqual(raw);
        expect(adjusted[i]!).toBeLessThanOrEqual(1);
        for (const [j, other] of p.entries()) if (raw < other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!);
      }
      expect(holm(p.toReversed())).toEqual(adjusted.toReversed());
    }),
  );
});
