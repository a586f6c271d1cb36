import { describe, expect, it } from 'vitest';

import { parseInstant } from '../../../server/imports/formats/instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-09-01', '2026-09-01T00:00:00.000Z'],
    ['20260901', '2026-09-01T00:00:00.000Z'],
    ['2026-09-01 10:30', '2026-09-01T10:30:00.000Z'],
    ['2026-09-01T10:30:15.5Z', '2026-09-01T10:30:15.500Z'],
    ['2026-09-01 10:30:00+02', '2026-09-01T08:30:00.000Z'],
    ['2026-09-01 10:30:00 -05:30', '2026-09-01T16:00:00.000Z'],
    ['2026-09-01T10:30:00+0200', '2026-09-01T08:30:00.000Z'],
  ])('reads %s', (text, instant) => expect(parseInstant(text)?.toISOString()).toBe(instant));

  it.each([
    '',
    '2026-02-30',
    '2026-13-01',
    '2026-09-01 25:00',
    '1/9/2026',
    '2026-09-01 10:30 PM',
    '2026-09-01T10:30+02:00[Europe/Paris]',
    '0026-01-01',
    'yesterday',
  ])('reads no instant from "%s"', (text) => expect(parseInstant(text)).toBeNull());
});
