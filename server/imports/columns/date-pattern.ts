import { DomainError } from '../../domain/errors.ts';
import { TIME, timeOf, type WrittenTime } from './written-time.ts';

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'half' | 'zone';

/** Unicode's letters (UTS 35), with the day's and the year's also in capitals, as many tools write them. */
const FIELDS: readonly (readonly [RegExp, Field | null, string])[] = [
  [/^(y|u|yyyy|uuuu|YYYY)$/, 'year', String.raw`\d{4}`],
  [/^(yy|YY)$/, 'year', String.raw`\d{2}`],
  [/^(MMM|MMMM|LLL|LLLL)$/, 'month', String.raw`\p{L}+`],
  [/^(M|L)$/, 'month', String.raw`\d{1,2}`],
  [/^(MM|LL)$/, 'month', String.raw`\d{2}`],
  [/^[dD]$/, 'day', String.raw`\d{1,2}`],
  [/^(dd|DD)$/, 'day', String.raw`\d{2}`],
  [/^[Hh]$/, 'hour', String.raw`\d{1,2}`],
  [/^(HH|hh)$/, 'hour', String.raw`\d{2}`],
  [/^m$/, 'minute', String.raw`\d{1,2}`],
  [/^mm$/, 'minute', String.raw`\d{2}`],
  [/^s$/, 'second', String.raw`\d{1,2}`],
  [/^ss$/, 'second', String.raw`\d{2}`],
  [/^S+$/, 'fraction', String.raw`\d{1,9}`],
  [/^a+$/, 'half', String.raw`[ap](?=\.?m)`],
  [/^[XxZzOVv]+$/, 'zone', '.+?'],
  [/^E+$/, null, String.raw`\p{L}+\.?`],
];

/**
 * A reader of dates written by a pattern such as `dd.MM.yyyy HH:mm`. A pattern without an hour describes the day alone:
 * a time of day may follow it.
 *
 * @throws DomainError BAD_DATE_FORMAT
 */
export function patternReader(pattern: string): (text: string) => WrittenTime | 'BAD_DATE' {
  const fields = new Set<Field>();
  const source = (pattern.trim().match(/'(?:''|[^'])*'|([A-Za-z])\1*|./g) ?? []).map((token) =>
    sourceOf(token, fields, pattern),
  );
  if (!(['year', 'month', 'day'] as const).every((field) => fields.has(field)))
    throw badPattern(pattern, 'has no year, month or day');
  const hasTime = fields.has('hour');
  if (!hasTime && fields.size > 3)
    throw badPattern(pattern, 'has no hour (HH or hh), but other parts of a time; a month is MM');
  const expression = new RegExp(`^${source.join('')}${hasTime ? '' : `(?:(?:T|,? )${TIME})?`}$`, 'iu');
  return (text) => {
    const found = expression.exec(text);
    if (found === null) return 'BAD_DATE';
    const { year, month, day, hour, minute, second, fraction, half, zone } = found.groups as Partial<
      Record<Field, string>
    >;
    const time = hasTime ? [hour, minute, second, fraction, half, zone] : found.slice(4);
    return timeOf(year!, month!, day!, time);
  };
}

function sourceOf(token: string, fields: Set<Field>, pattern: string): string {
  if (!/^[a-z]/i.test(token)) {
    const literal = token.length > 1 ? token.slice(1, -1).replaceAll("''", "'") || "'" : token;
    return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  const [, field, source] = FIELDS.find(([letters]) => letters.test(token)) ?? [];
  if (source === undefined || field === undefined) throw badPattern(pattern, `has "${token}"`);
  if (field === null) return source;
  if (fields.has(field)) throw badPattern(pattern, `names the ${field} twice`);
  fields.add(field);
  return field === 'half' ? `(?<half>${source})${String.raw`\.?m\.?`}` : `(?<${field}>${source})`;
}

const badPattern = (pattern: string, fault: string) =>
  new DomainError(
    'BAD_DATE_FORMAT',
    `"${pattern}" ${fault}: expected letters such as dd.MM.yyyy HH:mm, MM/dd/yy or d MMM yyyy hh:mm a`,
  );
