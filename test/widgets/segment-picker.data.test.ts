import { describe, expect, it } from 'vitest';

import type { SegmentPickerQuery } from '../../widgets/generated/graphql.ts';
import {
  moveOption,
  segmentRows,
  selectionOf,
  toggleSegment,
} from '../../widgets/segment-picker/segment-picker.data.ts';

const ANSWER: SegmentPickerQuery = {
  rfm: {
    run: { asOf: '2026-10-31' },
    customers: 100,
    segments: [
      { segment: 'LOST', customers: 60, share: 0.6 },
      { segment: 'CHAMPION', customers: 30, share: 0.3 },
      { segment: 'LOYAL', customers: 0, share: 0 },
    ],
  },
};

describe('the rows of the picker', () => {
  it('run from best to worst, with bars against the longest', () => {
    expect(segmentRows(ANSWER).map(({ segment, bar }) => [segment, bar])).toEqual([
      ['CHAMPION', 0.5],
      ['LOYAL', 0],
      ['LOST', 1],
    ]);
  });

  it('have no bar where nobody is in any segment', () => {
    const empty = { ...ANSWER.rfm!, segments: [{ segment: 'LOST' as const, customers: 0, share: 0 }] };
    expect(segmentRows({ rfm: empty })[0]!.bar).toBe(0);
  });

  it('add up to what is chosen', () => {
    const chosen = selectionOf(segmentRows(ANSWER), ['LOST', 'CHAMPION']);
    expect(chosen).toEqual({ segments: 2, customers: 90, share: expect.closeTo(0.9, 12) });
  });
});

it('keeps a choice in the order of segments, whatever the order of clicks', () => {
  expect(toggleSegment(['LOST'], 'CHAMPION')).toEqual(['CHAMPION', 'LOST']);
  expect(toggleSegment(['CHAMPION', 'LOST'], 'CHAMPION')).toEqual(['LOST']);
});

it('moves between options by keys and stops at the ends', () => {
  expect(moveOption(-1, 'ArrowDown', 12)).toBe(0);
  expect(moveOption(11, 'ArrowDown', 12)).toBe(11);
  expect(moveOption(0, 'ArrowUp', 12)).toBe(0);
  expect(moveOption(3, 'End', 12)).toBe(11);
  expect(moveOption(3, 'x', 12)).toBeUndefined();
});
