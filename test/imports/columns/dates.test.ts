import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

import { type DateSpelling, dateReader, dateSurvey } from '../../../server/imports/columns/dates.ts';

const NOW = Date.UTC(2027, 0, 1);

/** @returns The instant in ISO 8601, or why there is none. */
function read(text: string, spelling: DateSpelling = { order: 'YMD' }, zone = 'UTC', rowZone: string | null = null) {
  const found = dateReader(spelling, zone, NOW)(text, rowZone);
  return typeof found === 'string' ? found : found.toISOString().replace('.000', '');
}

function decide(...values: string[]) {
  const survey = dateSurvey();
  for (const value of values) survey.add(value);
  return survey.decide();
}

describe('dateReader', () => {
  it.each([
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['2026/01/06', '2026-01-06T00:00:00Z'],
    ['2026-1-6', '2026-01-06T00:00:00Z'],
    ['2026.01.06', '2026-01-06T00:00:00Z'],
    ['20260106', '2026-01-06T00:00:00Z'],
    ['20260106T101530Z', '2026-01-06T10:15:30Z'],
    ['202601061015', '2026-01-06T10:15:00Z'],
    ['2026-01-05 10:00:00 UTC', '2026-01-05T10:00:00Z'],
    ['2026-01-06 11:30 PM', '2026-01-06T23:30:00Z'],
    ['2026-01-06 12:30 a.m.', '2026-01-06T00:30:00Z'],
    ['2026-01-06 12:30\u202FPM', '2026-01-06T12:30:00Z'],
    ['2026-01-06 9:05', '2026-01-06T09:05:00Z'],
    ['2026-01-06T10:00:00.123456+00:00', '2026-01-06T10:00:00.123Z'],
    ['2026-01-06 10:00:00,5', '2026-01-06T10:00:00.500Z'],
    ['2026-01-06 10:00:00.123456789 UTC', '2026-01-06T10:00:00.123Z'],
    ['2026-01-06 10:00:00 -0700', '2026-01-06T17:00:00Z'],
    ['2026-01-06T10:00:00+05:30', '2026-01-06T04:30:00Z'],
    ['2026-01-06T10:00+02', '2026-01-06T08:00:00Z'],
    ['2026-01-06t10:00:00z', '2026-01-06T10:00:00Z'],
    ['Mon, 23 Sep 2024 14:21:24 +0000', '2024-09-23T14:21:24Z'],
    ['23 Sep 2024 14:21:24 GMT', '2024-09-23T14:21:24Z'],
    ['Tue Jan 06 2026 10:00:00 GMT+0100 (Central European Standard Time)', '2026-01-06T09:00:00Z'],
    ['Jan 6, 2026', '2026-01-06T00:00:00Z'],
    ['January 6th, 2026 at 10:00 AM', '2026-01-06T10:00:00Z'],
    ['May 3, 2026 10:00:00 AM', '2026-05-03T10:00:00Z'],
    ['May 3, 2026, 10:00:00 PM', '2026-05-03T22:00:00Z'],
    ['Sept. 3, 2026', '2026-09-03T00:00:00Z'],
    ['Jan-15-24', '2024-01-15T00:00:00Z'],
    ['Jan-15-24 10:15:00 PST', '2024-01-15T18:15:00Z'],
    ['15-Jan-24', '2024-01-15T00:00:00Z'],
    ['Jan 15, 2024 10:15:00 AM PST', '2024-01-15T18:15:00Z'],
    ['15 janv. 2024 10:15:00 UTC', '2024-01-15T10:15:00Z'],
    ['01 NOV 2021', '2021-11-01T00:00:00Z'],
    ['15-Jan-69', 'TOO_EARLY'],
    ['15/Jan/2024 10:00', '2024-01-15T10:00:00Z'],
    ['6. März 2026, 10:00 Uhr', '2026-03-06T10:00:00Z'],
    ['2026-01-06 19.10.05', '2026-01-06T19:10:05Z'],
    ['6 févr. 2026', '2026-02-06T00:00:00Z'],
    ['6 de enero de 2026', '2026-01-06T00:00:00Z'],
    ['6 stycznia 2026', '2026-01-06T00:00:00Z'],
    ['1767225600', '2026-01-01T00:00:00Z'],
    ['1767225600123', '2026-01-01T00:00:00.123Z'],
    ['1767225600123456', '2026-01-01T00:00:00.123Z'],
    ['1767225600.25', '2026-01-01T00:00:00.250Z'],
    ['2026-06-30T23:59:60Z', '2026-07-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2000-02-29 23:59:59', '2000-02-29T23:59:59Z'],
    ['\uFEFF 2026-01-05\u00A0', '2026-01-05T00:00:00Z'],
    ['13/05/2026', '2026-05-13T00:00:00Z'],
    ['05/05/2026', '2026-05-05T00:00:00Z'],
  ])('reads %j as %s', (text, instant) => expect(read(text)).toBe(instant));

  it.each([
    '',
    'yesterday',
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-04-31',
    '2026-01-06 24:00',
    '2026-01-06 10:60',
    '2026-01-06 10:00:60',
    '2026-01-06 13:00 AM',
    '2026-01/06',
    '2026-W01-1',
    'Foo 6, 2026',
    '31 Nov 2025',
    '12.50',
    '45672',
    '2026-01-06 10',
  ])('refuses %j', (text) => expect(read(text)).toBe('BAD_DATE'));

  it('reads two numbers in the order of the column only', () => {
    expect(read('03/04/2026 10:00', { order: 'DMY' })).toBe('2026-04-03T10:00:00Z');
    expect(read('03/04/2026 10:00', { order: 'MDY' })).toBe('2026-03-04T10:00:00Z');
    expect(read('03/04/2026', { order: 'YMD' })).toBe('AMBIGUOUS_DATE');
    expect(read('13/04/2026', { order: 'MDY' })).toBe('BAD_DATE');
    expect(read('13.01.2024 10:15:00 MEZ', { order: 'DMY' })).toBe('2024-01-13T09:15:00Z');
    expect(read('01/15/24', { order: 'MDY' })).toBe('2024-01-15T00:00:00Z');
    expect(read('3.4.2026 10:00', { order: 'DMY' })).toBe('2026-04-03T10:00:00Z');
    expect(read('2026-04-03', { order: 'DMY' })).toBe('2026-04-03T00:00:00Z');
  });

  it('reads the days of a spreadsheet', () => {
    expect(read('45672', { order: 'SERIAL' })).toBe('2025-01-15T00:00:00Z');
    expect(read('45672.4166666667', { order: 'SERIAL' }, 'Europe/Berlin')).toBe('2025-01-15T09:00:00Z');
    expect(read('2025-01-15', { order: 'SERIAL' })).toBe('BAD_DATE');
  });

  it('names dates before 1990 and after tomorrow', () => {
    expect(read('1989-12-31 23:59:59')).toBe('TOO_EARLY');
    expect(read('1990-01-01')).toBe('1990-01-01T00:00:00Z');
    expect(read('0001-01-01')).toBe('TOO_EARLY');
    expect(read('2027-01-02')).toBe('2027-01-02T00:00:00Z');
    expect(read('2027-01-02 00:00:01')).toBe('IN_FUTURE');
    expect(read('9999-12-31')).toBe('IN_FUTURE');
  });

  it('remembers a text with the zone of its row', () => {
    const reader = dateReader({ order: 'YMD' }, 'UTC', NOW);
    const hours = [null, 'PDT', 'PST', null, 'XYZ'].map((zone) => {
      const found = reader('2026-05-03 10:00', zone);
      return typeof found === 'string' ? found : found.getUTCHours();
    });
    expect(hours).toEqual([10, 17, 18, 10, 'UNKNOWN_ZONE']);
  });
});

describe('a time without an offset', () => {
  it.each([
    ['America/Los_Angeles', '2026-01-31 23:30', '2026-02-01T07:30:00Z'],
    ['America/Los_Angeles', '2026-07-31 23:30', '2026-08-01T06:30:00Z'],
    ['Europe/Berlin', '2024-02-29', '2024-02-28T23:00:00Z'],
    ['Asia/Kathmandu', '2026-01-06 10:00', '2026-01-06T04:15:00Z'],
    ['-03:30', '2026-01-06 10:00', '2026-01-06T13:30:00Z'],
  ])('is in the zone %s', (zone, text, instant) => expect(read(text, { order: 'YMD' }, zone)).toBe(instant));

  it.each([
    ['America/New_York', '2026-03-08 01:59:59', '2026-03-08T06:59:59Z'],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08T07:30:00Z'],
    ['America/New_York', '2026-03-08 03:00', '2026-03-08T07:00:00Z'],
    ['Australia/Lord_Howe', '2025-10-05 02:15', '2025-10-04T15:45:00Z'],
    ['America/St_Johns', '2010-03-14 00:00:30', '2010-03-14T03:30:30Z'],
    ['America/St_Johns', '2010-03-14 00:30', '2010-03-14T04:00:00Z'],
    ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30T22:00:00Z'],
  ])('that the clock of %s skips at %s is later by the gap', (zone, text, instant) =>
    expect(read(text, { order: 'YMD' }, zone)).toBe(instant),
  );

  it('that comes twice is the first, unless the abbreviation tells', () => {
    const spelling: DateSpelling = { order: 'YMD' };
    expect(read('2026-11-01 01:30', spelling, 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(read('2026-11-01 02:00', spelling, 'America/New_York')).toBe('2026-11-01T07:00:00Z');
    expect(read('2026-11-01 01:30 EDT', spelling)).toBe('2026-11-01T05:30:00Z');
    expect(read('2026-11-01 01:30 EST', spelling)).toBe('2026-11-01T06:30:00Z');
    expect(read('2026-11-01 01:30', spelling, 'UTC', 'EST')).toBe('2026-11-01T06:30:00Z');
  });

  it('is where Temporal puts it, on any second of any zone', () => {
    const zones = [
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Africa/Casablanca',
      'Asia/Gaza',
    ];
    const readers = zones.map((zone) => [zone, dateReader({ order: 'YMD' }, zone, NOW)] as const);
    const seconds = fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: NOW / 1000 });
    fc.assert(
      fc.property(fc.constantFrom(...readers), seconds, ([zone, reader], second) => {
        const text = new Date(second * 1000).toISOString().slice(0, 19);
        expect(Number(reader(text))).toBe(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);
      }),
    );
  });
});

describe('any instant', () => {
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = (t: Date) => `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())}`;
  const half = (t: Date) =>
    `${t.getUTCHours() % 12 || 12}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())} ${t.getUTCHours() < 12 ? 'AM' : 'PM'}`;
  const english = (t: Date, month: 'long' | 'short') =>
    t.toLocaleString('en-US', {
      timeZone: 'UTC',
      dateStyle: month === 'long' ? 'long' : 'medium',
      timeStyle: 'medium',
    });
  const [day, month, year] = [
    (t: Date) => two(t.getUTCDate()),
    (t: Date) => two(t.getUTCMonth() + 1),
    (t: Date) => t.getUTCFullYear(),
  ];

  it.each<[string, DateSpelling, (t: Date) => string]>([
    ['ISO 8601', { order: 'DMY' }, (t) => t.toISOString()],
    ['RFC 2822', { order: 'YMD' }, (t) => t.toUTCString()],
    ['English, long', { order: 'YMD' }, (t) => english(t, 'long')],
    ['English, medium', { order: 'YMD' }, (t) => english(t, 'short')],
    [
      'German',
      { order: 'DMY' },
      (t) => t.toLocaleString('de', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' }),
    ],
    [
      'Polish',
      { order: 'YMD' },
      (t) => t.toLocaleString('pl', { timeZone: 'UTC', dateStyle: 'long', timeStyle: 'medium' }),
    ],
    ['British', { order: 'DMY' }, (t) => t.toLocaleString('en-GB', { timeZone: 'UTC' })],
    ['American', { order: 'MDY' }, (t) => t.toLocaleString('en-US', { timeZone: 'UTC' })],
    ['seconds', { order: 'YMD' }, (t) => String(t.getTime() / 1000)],
    ['a pattern', { pattern: "dd.MM.yyyy 'um' HH:mm:ss" }, (t) => `${day(t)}.${month(t)}.${year(t)} um ${clock(t)}`],
    [
      'a pattern of twelve hours',
      { pattern: 'MM/dd/yyyy h:mm:ss a' },
      (t) => `${month(t)}/${day(t)}/${year(t)} ${half(t)}`,
    ],
  ])('written in %s is read back', (_, spelling, write) => {
    const reader = dateReader(spelling, 'UTC', NOW);
    const seconds = fc.integer({ min: 1_000_000_000, max: NOW / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1000);
        expect(reader(write(instant))).toEqual(instant);
      }),
    );
  });

  it('never throws', () => {
    const reader = dateReader({ order: 'DMY' }, 'Europe/Berlin', NOW);
    const marks = fc.string({ unit: fc.constantFrom(...'0123456789-/:. TZ+,JanPM') });
    fc.assert(fc.property(fc.oneof(fc.string(), marks), fc.string(), (text, zone) => void reader(text, zone)));
  });
});

describe('--date-format', () => {
  it.each([
    ['dd.MM.yyyy HH:mm', '03.04.2026 10:15', '2026-04-03T10:15:00Z'],
    ['dd.MM.yyyy', '03.04.2026', '2026-04-03T00:00:00Z'],
    ['dd.MM.yyyy', '03.04.2026 10:15', '2026-04-03T10:15:00Z'],
    ['DD/MM/YYYY', '03/04/2026', '2026-04-03T00:00:00Z'],
    ['MM/dd/yy', '01/15/24', '2024-01-15T00:00:00Z'],
    ['yy-MM-dd', '24-01-15', '2024-01-15T00:00:00Z'],
    ['d MMM yyyy hh:mm a', '6 Jan 2026 12:05 am', '2026-01-06T00:05:00Z'],
    ["EEEE, d. MMMM yyyy 'um' HH:mm", 'Dienstag, 6. Januar 2026 um 10:00', '2026-01-06T10:00:00Z'],
    ['yyyyMMddHHmmss', '20260106101530', '2026-01-06T10:15:30Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2026-01-06T10:00:00.123+01:00', '2026-01-06T09:00:00.123Z'],
    ['HH:mm:ss MMM dd, yyyy z', '20:12:59 Jan 13, 2009 PST', '2009-01-14T04:12:59Z'],
    ['dd.MM.yyyy', '3.4.2026', 'BAD_DATE'],
    ['dd.MM.yyyy', '04/03/2026', 'BAD_DATE'],
    ['dd.MM.yyyy', '03x04x2026', 'BAD_DATE'],
    ['dd.MM.yyyy', '31.04.2026', 'BAD_DATE'],
  ])('%s reads %j as %s', (pattern, text, instant) => expect(read(text, { pattern })).toBe(instant));

  it.each(['', 'dd.MM', 'dd.mm.yyyy', 'dd.MM.yyyy HH:mm HH', 'QQ yyyy-MM-dd', '%d.%m.%Y'])(
    'refuses the pattern %j',
    (pattern) => {
      expect(() => dateReader({ pattern }, 'UTC')).toThrow(expect.objectContaining({ code: 'BAD_DATE_FORMAT' }));
    },
  );
});

describe('dateSurvey', () => {
  it.each([
    [['2026-01-05', '2026/01/06', '1767225600', 'Jan 6, 2026'], 'YMD', '2026-01-05'],
    [['03/04/2026', '13/04/2026'], 'DMY', '13/04/2026'],
    [['03/04/2026', '04/13/2026'], 'MDY', '04/13/2026'],
    [['03.04.2026'], 'DMY', '03.04.2026'],
    [['01/15/24', '02/03/24'], 'MDY', '01/15/24'],
    [['05/05/2026', ''], 'YMD', '05/05/2026'],
    [['2026-01-05', '2026-01-06', '03/04/2026'], 'YMD', '2026-01-05'],
    [['45672', '45673.5'], 'SERIAL', '45672'],
    [['45672', '2026-01-05'], 'YMD', '2026-01-05'],
  ])('decides %j', (values, order, evidence) => {
    expect(decide(...values)).toEqual({ spelling: { order }, evidence });
  });

  it('asks where days and months cannot be told apart, or contradict each other', () => {
    expect(decide('03/04/2026', '04/05/2026', '05/05/2026')).toEqual({ ambiguous: ['03/04/2026', '04/05/2026'] });
    expect(decide('13/04/2026', '04/13/2026')).toEqual({ ambiguous: ['13/04/2026', '04/13/2026'] });
    expect(decide('05.04.2026', '05.23.2026')).toEqual({ ambiguous: ['05.04.2026', '05.23.2026'] });
  });

  it('takes the usual order of a source where the values do not tell, and only there', () => {
    const decideUsually = (...values: string[]) => {
      const { add, decide } = dateSurvey();
      values.forEach(add);
      return decide('MDY');
    };
    expect(decideUsually('05/03/2026', '05/04/2026')).toEqual({ spelling: { order: 'MDY' }, evidence: null });
    expect(decideUsually('05/03/2026', '13/04/2026')).toEqual({ spelling: { order: 'DMY' }, evidence: '13/04/2026' });
    expect(decideUsually('2026-01-05')).toEqual({ spelling: { order: 'YMD' }, evidence: '2026-01-05' });
    expect(decideUsually('13/04/2026', '04/13/2026')).toEqual({ ambiguous: ['13/04/2026', '04/13/2026'] });
  });

  it('decides nothing for a column of blanks', () => {
    expect(decide('', ' ')).toEqual({ spelling: { order: 'YMD' }, evidence: null });
  });
});
