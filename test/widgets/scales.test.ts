import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { linear, spread, ticksFromZero } from '../../widgets/shared/scales.ts';

describe('ticks of an axis from zero', () => {
  it('are round numbers', () => {
    expect(ticksFromZero(1480)).toEqual([0, 500, 1000, 1500]);
    expect(ticksFromZero(8.37)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(ticksFromZero(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticksFromZero(0)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('begin at zero, reach the maximum, and are two to five', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (maximum) => {
        const ticks = ticksFromZero(maximum);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(maximum * (1 - 1e-11));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('labels at line ends', () => {
  it('stay where they are wanted when there is room', () => {
    expect(spread([10, 40, 90], 17, 100)).toEqual([10, 40, 90]);
  });

  it('keep their distance and the end of the plot', () => {
    expect(spread([94, 95, 96], 17, 100)).toEqual([66, 83, 100]);
  });

  it('never overlap and never change places', () => {
    const ends = fc.array(fc.double({ min: 0, max: 240, noNaN: true }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(ends, (wanted) => {
        const placed = spread(
          [...wanted].sort((a, b) => a - b),
          17,
          240,
        );
        for (let index = 1; index < placed.length; index++) {
          expect(placed[index]! - placed[index - 1]!).toBeGreaterThanOrEqual(17 - 1e-9);
        }
        expect(placed.at(-1)).toBeLessThanOrEqual(240);
        expect(placed[0]).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it('maps a domain to a range either way round', () => {
  expect(linear(0, 36, 0, 360)(12)).toBe(120);
  expect(linear(0, 36, 360, 0)(12)).toBe(240);
});
