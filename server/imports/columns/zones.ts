import { Temporal } from 'temporal-polyfill';

import { DomainError } from '../../domain/errors.ts';

/** @param local A time on the clock, in milliseconds as if it were UTC. @returns The instant, in milliseconds since 1970. */
export type Clock = (local: number) => number;

const DAY = 86_400_000;

/**
 * The clock of a time zone that somebody has set: an IANA name, an offset, or a name that {@link clockNamed} knows, but
 * no abbreviation, which is right for half a year. A time that a change of the clock skips is later by the gap, and of
 * a time that comes twice it is the first.
 *
 * @throws DomainError UNKNOWN_TIME_ZONE
 */
export function clockOf(zone: string): Clock {
  const clock = cached(zone, zoneSet, settings);
  if (clock === null)
    throw new DomainError(
      'UNKNOWN_TIME_ZONE',
      `"${zone}": expected a zone such as Europe/Berlin or an offset such as +02:00`,
    );
  return clock;
}

/**
 * The clock that an export names beside a time. An abbreviation is an offset (`PDT` and `PST` distinguish the two runs of an
 * hour apart in autumn); a longer name is a zone, whatever the season it names (`Pacific Standard Time`).
 *
 * @param name `Z`, `-0700`, `UTC+2`, `PDT`, `Pacific Time (US & Canada)`, `Berlin` or an IANA name.
 * @returns null where nobody is known to use the name.
 */
export const clockNamed = (name: string): Clock | null => cached(name, zoneNamed, names);

const settings = new Map<string, Clock | null>();
const names = new Map<string, Clock | null>();
/** Names come from files, which may hold any number of wrong ones. */
const MOST_NAMES = 10_000;

function cached(name: string, find: (name: string) => Zone | null, clocks: Map<string, Clock | null>): Clock | null {
  let clock = clocks.get(name);
  if (clock === undefined) {
    const zone = find(name);
    clock = zone === null ? null : typeof zone === 'number' ? (local) => local - zone : ianaClock(zone);
    if (clocks.size < MOST_NAMES) clocks.set(name, clock);
  }
  return clock;
}

function zoneSet(name: string): Zone | null {
  if (isIana(name)) return name;
  const zone = zoneNamed(name);
  return typeof zone === 'number' ? offsetOf(name.toLowerCase()) : zone;
}

/** An offset from UTC in milliseconds, or an IANA name. */
type Zone = number | string;

function zoneNamed(name: string): Zone | null {
  const plain = name.toLowerCase();
  const offset = offsetOf(plain);
  if (offset !== null) return offset;
  // (UTC-08:00) Pacific Time (US & Canada)
  const bare = plain.replace(/^\([^)]*\) ?| ?\([^)]*\)$/g, '');
  return zonesByName().get(bare) ?? (isIana(name) ? name : null);
}

function offsetOf(text: string): number | null {
  if (text === 'z' || text === 'utc' || text === 'gmt') return 0;
  // JavaScript adds the name: GMT+0100 (Central European Standard Time)
  const [, sign, hours, minutes = '0'] =
    /^(?:utc|gmt)? ?([+\u2212-])(\d{1,2})(?::?(\d{2}))?(?: \([^)]*\))?$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function isIana(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}

/** Asks for the offset once a day, and each time only on days on which the clock changes. */
function ianaClock(zone: string): Clock {
  const offsets = new Map<number, number | null>();
  return (local) => {
    const day = Math.floor(local / DAY);
    let offset = offsets.get(day);
    if (offset === undefined) {
      const first = offsetAt(zone, day * DAY);
      offset = first === offsetAt(zone, (day + 1) * DAY - 1) ? first : null;
      offsets.set(day, offset);
    }
    return local - (offset ?? offsetAt(zone, local));
  };
}

const offsetAt = (zone: string, local: number): number =>
  local -
  Temporal.Instant.fromEpochMilliseconds(local)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

/** Zones whose names exports write, each with a locale in which CLDR abbreviates it; of namesakes the first counts (CST, IST). */
const NAMED: readonly (readonly [string, string])[] = [
  ['America/Los_Angeles', 'en-US'],
  ['America/Denver', 'en-US'],
  ['America/Phoenix', 'en-US'],
  ['America/Chicago', 'en-US'],
  ['America/New_York', 'en-US'],
  ['America/Anchorage', 'en-US'],
  ['Pacific/Honolulu', 'en-US'],
  ['America/Halifax', 'en-CA'],
  ['America/St_Johns', 'en-CA'],
  ['America/Sao_Paulo', 'pt-BR'],
  ['Europe/London', 'en-GB'],
  ['Europe/Lisbon', 'en-GB'],
  ['Europe/Berlin', 'en-GB'],
  ['Europe/Berlin', 'de'],
  ['Europe/Helsinki', 'en-GB'],
  ['Europe/Moscow', 'ru'],
  ['Africa/Johannesburg', 'en-ZA'],
  ['Asia/Kolkata', 'en-IN'],
  ['Asia/Jerusalem', 'he'],
  ['Asia/Singapore', 'en-SG'],
  ['Asia/Hong_Kong', 'en-HK'],
  ['Asia/Tokyo', 'ja'],
  ['Asia/Seoul', 'ko'],
  ['Australia/Perth', 'en-AU'],
  ['Australia/Adelaide', 'en-AU'],
  ['Australia/Brisbane', 'en-AU'],
  ['Australia/Sydney', 'en-AU'],
  ['Pacific/Auckland', 'en-NZ'],
];

/** Regions after which Rails, and so Square, names zones. */
const REGIONS: Readonly<Record<string, string>> = {
  hawaii: 'Pacific/Honolulu',
  alaska: 'America/Anchorage',
  arizona: 'America/Phoenix',
  saskatchewan: 'America/Regina',
  indiana: 'America/Indiana/Indianapolis',
  newfoundland: 'America/St_Johns',
};

let zones: Map<string, Zone> | null = null;

function zonesByName(): ReadonlyMap<string, Zone> {
  if (zones !== null) return zones;
  const found = new Map<string, Zone>(Object.entries(REGIONS));
  const add = (name: string, zone: Zone) => {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), zone);
  };
  for (const [zone, locale] of NAMED)
    for (const month of [0, 6]) {
      const nameIn = (style: Intl.DateTimeFormatOptions['timeZoneName'], language = 'en') =>
        new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style })
          .formatToParts(Date.UTC(2026, month))
          .find(({ type }) => type === 'timeZoneName')!.value;
      add(nameIn('short', locale), offsetOf(nameIn('longOffset').toLowerCase())!);
      add(nameIn('long'), zone);
      add(nameIn('longGeneric'), zone);
    }
  for (const zone of Intl.supportedValuesOf('timeZone')) add(zone.split('/').at(-1)!.replaceAll('_', ' '), zone);
  zones = found;
  return found;
}
