import { expect, it } from 'vitest';

import { fmScore, type RfmScore, segmentOf } from '../../server/domain/rfm.ts';
import { SEGMENTS } from '../../server/domain/segments.ts';

const SCORES: readonly RfmScore[] = [1, 2, 3, 4, 5];

it('names every cell, and uses every segment but PROSPECT', () => {
  const cells = SCORES.flatMap((r) => SCORES.map((fm) => segmentOf(r, fm)));
  expect(cells).toHaveLength(25);
  expect([...new Set(cells)].sort()).toEqual(SEGMENTS.filter((segment) => segment !== 'PROSPECT').sort());
});

it('names the corners', () => {
  expect(segmentOf(5, 5)).toBe('CHAMPION');
  expect(segmentOf(5, 1)).toBe('NEW');
  expect(segmentOf(1, 5)).toBe('CANT_LOSE');
  expect(segmentOf(1, 1)).toBe('LOST');
});

it('rounds the mean of F and M up', () => {
  expect(fmScore(1, 1)).toBe(1);
  expect(fmScore(1, 2)).toBe(2);
  expect(fmScore(2, 5)).toBe(4);
  expect(fmScore(5, 5)).toBe(5);
});
