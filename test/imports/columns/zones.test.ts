import { describe, expect, it } from 'vitest';

import { clockNamed, clockOf } from '../../../server/imports/columns/zones.ts';

const [JANUARY, JULY] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];
const hoursIn = (name: string) => [JANUARY, JULY].map((local) => (local - clockNamed(name)!(local)) / 3_600_000);

describe('clockNamed', () => {
  it.each([
    ['Z', 0, 0],
    ['UTC', 0, 0],
    ['-0700', -7, -7],
    ['UTC+5:30', 5.5, 5.5],
    ['GMT-03:00', -3, -3],
    ['PDT', -7, -7],
    ['PST', -8, -8],
    ['CET', 1, 1],
    ['CEST', 2, 2],
    ['MESZ', 2, 2],
    ['BST', 1, 1],
    ['AEDT', 11, 11],
    ['IST', 5.5, 5.5],
    ['JST', 9, 9],
    ['Pacific Time (US & Canada)', -8, -7],
    ['(UTC-08:00) Pacific Time (US & Canada)', -8, -7],
    ['Pacific Standard Time', -8, -7],
    ['Central European Summer Time', 1, 2],
    ['Arizona', -7, -7],
    ['Berlin', 1, 2],
    ['America/New_York', -5, -4],
    ['Etc/GMT+5', -5, -5],
  ])('knows %s', (name, winter, summer) => expect(hoursIn(name)).toEqual([winter, summer]));

  it.each(['', 'XYZ', 'Nowhere Time', '+15:00', '+1:99', 'Uhr'])('does not know %j', (name) =>
    expect(clockNamed(name)).toBeNull(),
  );
});

describe('clockOf', () => {
  it('takes the names of zones, and an abbreviation only where it is the name of a zone', () => {
    expect(clockOf('Europe/Berlin')(JULY)).toBe(JULY - 2 * 3_600_000);
    expect(clockOf('+02:00')(JANUARY)).toBe(JANUARY - 2 * 3_600_000);
    for (const zone of ['PDT', 'CEST', 'Mars/Olympus', ''])
      expect(() => clockOf(zone)).toThrow(expect.objectContaining({ code: 'UNKNOWN_TIME_ZONE' }));
  });
});
