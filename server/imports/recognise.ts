import { nearNames } from '../customers/near-names.ts';
import { DomainError } from '../domain/errors.ts';
import { listed, mappedPositions } from './formats/columns.ts';
import type { RowChoices } from './formats/format.ts';
import type { ImportFormat } from './intake.ts';
import type { Table } from './reading/table.ts';

export type NamedFormat = ImportFormat & { readonly name: string };

/**
 * The kind of file that a header, and the columns chosen of it, are surest of. Sources come before files with common column
 * names; the only kind there is needs no header.
 * @throws DomainError UNKNOWN_COLUMNS naming what was found and what is accepted; UNKNOWN_COLUMN or BAD_COLUMN for what is chosen of
 *   a header that is not there, or for a column that no kind of file has.
 */
export function recognise(
  { first, path }: Pick<Table, 'first' | 'path'>,
  formats: readonly NamedFormat[],
  choices: RowChoices = {},
): NamedFormat {
  const { mapping = {} } = choices;
  mappedPositions(first, mapping);
  const able = formatsWith(Object.keys(mapping), formats);
  if (formats.length === 1) return able[0]!;
  const sure = able
    .map((format) => ({ format, certainty: format.recognise(first, choices) }))
    .filter(({ certainty }) => certainty > 0)
    .toSorted((a, b) => b.certainty - a.certainty)[0];
  if (sure !== undefined) return sure.format;
  throw new DomainError(
    'UNKNOWN_COLUMNS',
    `${path} is of no known source; its columns are: ${listed(first)}. Name its kind with --format, and columns with --map`,
    ['file'],
  );
}

/** The kinds of files that have all of these columns. @throws DomainError BAD_COLUMN where there is none. */
function formatsWith(columns: readonly string[], formats: readonly NamedFormat[]): readonly NamedFormat[] {
  const known = [...new Set(formats.flatMap((format) => format.columns))];
  const unknown = columns.find((column) => !known.includes(column));
  if (unknown !== undefined) {
    const near = nearNames(unknown, known).map((name) => `"${name}"`);
    const advice = near.length > 0 ? `did you mean ${near.join(', ')}?` : `expected ${known.join(', ') || 'none'}`;
    throw badColumn(`${kind(formats)} has a column "${unknown}" that could be mapped: ${advice}`);
  }
  const able = formats.filter((format) => columns.every((column) => format.columns.includes(column)));
  if (able.length > 0) return able;
  throw badColumn(`no kind of file has all of the mapped columns: ${columns.join(', ')}`);
}

const kind = ([only, ...others]: readonly NamedFormat[]) =>
  only !== undefined && others.length === 0 ? `no file of ${only.title}` : 'no kind of file';

const badColumn = (message: string) => new DomainError('BAD_COLUMN', message, ['map']);
