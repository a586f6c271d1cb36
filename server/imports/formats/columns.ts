import { DomainError } from '../../domain/errors.ts';
import type { ColumnMatch } from './format.ts';

export interface ColumnSpec {
  readonly required: boolean;
  /** Other headers it goes by; case, blanks and punctuation do not matter. */
  readonly aliases: readonly string[];
}

export const optional = (...aliases: string[]): ColumnSpec => ({ required: false, aliases });
export const required = (...aliases: string[]): ColumnSpec => ({ required: true, aliases });

export interface MatchedColumns<Name extends string> {
  readonly header: readonly string[];
  readonly columns: readonly ColumnMatch[];
  readonly ignored: readonly string[];
  readonly width: number;
  /** The trimmed value of a column; null where it is empty or the file lacks it. */
  value(fields: readonly string[], column: Name): string | null;
}

/** A header without case, blanks and punctuation. */
export const plainHeader = (header: string) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Finds a format's columns in a header. @throws DomainError naming the missing columns, their aliases and the header found. */
export function matchColumns<Name extends string>(
  header: readonly string[],
  specs: Readonly<Record<Name, ColumnSpec>>,
): MatchedColumns<Name> {
  const names = Object.keys(specs) as Name[];
  const position = new Map<Name, number>();
  for (const name of names) {
    const accepted = [name, ...specs[name].aliases].map(plainHeader);
    const found = accepted
      .flatMap((alias) => header.findIndex((title) => plainHeader(title) === alias))
      .find((index) => index >= 0);
    if (found !== undefined && ![...position.values()].includes(found)) position.set(name, found);
  }
  const missing = names.filter((name) => specs[name].required && !position.has(name));
  if (missing.length > 0) {
    const wanted = missing.map((name) => `"${name}" (also: ${specs[name].aliases.join(', ')})`).join('; ');
    throw new DomainError('MISSING_COLUMN', `no column for ${wanted}; the file has: ${header.join(', ')}`, missing);
  }
  const matched = new Set(position.values());
  return {
    header,
    columns: names.map((column) => ({ column, header: header[position.get(column) ?? -1] ?? null })),
    ignored: header.filter((_, index) => !matched.has(index)),
    width: header.length,
    value: (fields, column) => {
      const index = position.get(column);
      const text = index === undefined ? undefined : fields[index]?.trim();
      return text === undefined || text === '' ? null : text;
    },
  };
}
