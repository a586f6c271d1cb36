/** Number formats that every workbook has and that are dates or times. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** @param code Of a format of the workbook's own. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const bare = code.split(';')[0]!.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  return /[dmyhs]/i.test(bare) && !/[#?]|(^|[^.0])0/.test(bare);
}

const DAYS_TO_1970 = 25_569;
const DAYS_TO_1904 = 1_462;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;

/** A date as ISO text, without its time at midnight; a time alone where the day is none. */
export function dateText(serial: number, is1904: boolean): string {
  const days = is1904 ? serial + DAYS_TO_1904 : serial;
  if (!(days >= 0 && days <= LAST_DAY)) return numberText(serial);
  const iso = new Date(Math.round((days - DAYS_TO_1970) * 86_400) * 1_000).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}

const PLAIN = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 17 });

/** The shortest decimal text that is this number, without an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') ? PLAIN.format(value) : text;
}

/** Characters that XML cannot hold are written by their number. */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
