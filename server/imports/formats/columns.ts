import { nearNames } from '../../customers/near-names.ts';
import { DomainError } from '../../domain/errors.ts';

/** Headers that whoever imports has chosen, by column. They go before those that a format knows. */
export type Mapping = Readonly<Record<string, string | null>>;

/** In the place of a position: the column is not read, whatever its header. */
const UNREAD = -1;

/** A column of a format and the header it was found under; null where an optional one is missing. */
export interface ColumnMatch {
  readonly column: string;
  readonly header: string | null;
}

export interface ColumnSpec {
  readonly required: boolean;
  /** Other headers it goes by; case, blanks and punctuation do not matter. */
  readonly aliases: readonly string[];
  /** Whether its own name is none of its headers. */
  readonly isNameless?: boolean;
}

export const optional = (...aliases: string[]): ColumnSpec => ({ required: false, aliases });
/** A column that a source calls these, best first, and nothing else. */
export const called = (...headers: readonly string[]): ColumnSpec => ({
  required: false,
  aliases: headers,
  isNameless: true,
});
export const required = (...aliases: string[]): ColumnSpec => ({ required: true, aliases });

export interface MatchedColumns<Name extends string> {
  readonly header: readonly string[];
  readonly columns: readonly ColumnMatch[];
  readonly ignored: readonly string[];
  readonly width: number;
  /** Of the columns that are used. */
  readonly positions: readonly number[];
  /** The trimmed value of a column; null where it is empty or the file lacks it. */
  value(fields: readonly string[], column: Name): string | null;
}

/** Headers of which a message names the first. */
const MOST_LISTED = 100;

export const listed = (header: readonly string[]): string =>
  header.slice(0, MOST_LISTED).join(', ') +
  (header.length > MOST_LISTED ? ` and ${header.length - MOST_LISTED} more` : '');

/** A header without case, blanks and punctuation. */
export const plainHeader = (header: string) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Where a source is known, it is surer than any number of columns with common names. */
const SOURCE = 1000;

/** @param headers That a file of the source has, all of them; of a list, one is enough. @returns 0 where one is missing. */
export function sourceCertainty(first: readonly string[], headers: readonly (string | readonly string[])[]): number {
  const titles = new Set(first.map(plainHeader));
  const has = (header: string) => titles.has(plainHeader(header));
  return headers.every((each) => (typeof each === 'string' ? has(each) : each.some(has))) ? SOURCE + headers.length : 0;
}

/**
 * Finds a format's columns in a header.
 * @throws DomainError MISSING_COLUMN naming the missing columns, their aliases and the header found; UNKNOWN_COLUMN for a
 *   chosen header that is not there.
 */
export function matchColumns<Name extends string>(
  header: readonly string[],
  specs: Readonly<Record<Name, ColumnSpec>>,
  mapping: Mapping = {},
): MatchedColumns<Name> {
  const names = Object.keys(specs) as Name[];
  const position = findPositions(header, specs, mappedPositions<Name>(header, mapping));
  const missing = names.filter((name) => specs[name].required && !position.has(name));
  if (missing.length > 0) {
    const wanted = missing.map((name) => `"${name}" (also: ${specs[name].aliases.join(', ')})`).join('; ');
    throw missingColumn(wanted, missing, header);
  }
  return matched(header, names, position);
}

/** What a header has of the columns, also where it lacks some, or headers that were chosen. */
export function findColumns<Name extends string>(
  header: readonly string[],
  specs: Readonly<Record<Name, ColumnSpec>>,
  mapping?: Mapping,
): MatchedColumns<Name> {
  const names = Object.keys(specs) as Name[];
  const chosen = mappedPositions<Name>(header, usableMapping(header, names, mapping));
  return matched(header, names, findPositions(header, specs, chosen));
}

/** The part of a mapping that these columns and this header have. */
export function usableMapping(header: readonly string[], names: readonly string[], mapping: Mapping = {}): Mapping {
  const titles = new Set(header.map(plainHeader));
  const usable = Object.entries(mapping).filter(
    ([name, title]) => names.includes(name) && (title === null || titles.has(plainHeader(title))),
  );
  return Object.fromEntries(usable);
}

function findPositions<Name extends string>(
  header: readonly string[],
  specs: Readonly<Record<Name, ColumnSpec>>,
  position: Map<Name, number>,
): Map<Name, number> {
  for (const name of Object.keys(specs) as Name[]) {
    const { aliases, isNameless } = specs[name];
    const accepted = (isNameless ? aliases : [name, ...aliases]).map(plainHeader);
    const found = accepted
      .flatMap((alias) => header.findIndex((title) => plainHeader(title) === alias))
      .find((index) => index >= 0);
    if (found !== undefined && !position.has(name) && ![...position.values()].includes(found))
      position.set(name, found);
  }
  return readPositions(position);
}

/** Without the columns that are not to be read. */
export const readPositions = <Name>(position: ReadonlyMap<Name, number>): Map<Name, number> =>
  new Map([...position].filter(([, index]) => index !== UNREAD));

/** Places of the headers that were chosen. @throws DomainError UNKNOWN_COLUMN for one that is not there. */
export function mappedPositions<Name extends string>(header: readonly string[], mapping: Mapping): Map<Name, number> {
  const titles = header.map(plainHeader);
  const positions = Object.entries(mapping).map(([column, title]): [Name, number] => {
    if (title === null) return [column as Name, UNREAD];
    const index = titles.indexOf(plainHeader(title));
    if (index < 0) throw unknownColumn(title, header);
    return [column as Name, index];
  });
  return new Map(positions);
}

export function matched<Name extends string>(
  header: readonly string[],
  names: readonly Name[],
  position: ReadonlyMap<Name, number>,
): MatchedColumns<Name> {
  const taken = new Set(position.values());
  return {
    header,
    columns: names.map((column) => ({ column, header: header[position.get(column) ?? -1] ?? null })),
    ignored: header.filter((_, index) => !taken.has(index)),
    width: header.length,
    positions: [...taken],
    value: (fields, column) => {
      const index = position.get(column);
      const text = index === undefined ? undefined : fields[index]?.trim();
      return text === undefined || text === '' ? null : text;
    },
  };
}

/** @param wanted The columns with what is accepted for each. */
export const missingColumn = (wanted: string, missing: readonly string[], header: readonly string[]) =>
  new DomainError(
    'MISSING_COLUMN',
    `no column for ${wanted}; the file has: ${listed(header)}; --map "${missing[0]}=HEADER" names one`,
    missing,
  );

function unknownColumn(title: string, header: readonly string[]): DomainError {
  const near = nearNames(title, header).map((name) => `"${name}"`);
  const advice = near.length > 0 ? `did you mean ${near.join(', ')}?` : `it has: ${listed(header)}`;
  return new DomainError('UNKNOWN_COLUMN', `the file has no column "${title}": ${advice}`, ['map']);
}
