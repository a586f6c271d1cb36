import { DomainError } from '../domain/errors.ts';
import type { ImportFormat } from './intake.ts';
import type { Table } from './reading/table.ts';

export type NamedFormat = ImportFormat & { readonly name: string };

/**
 * The kind of file that a header is surest of. Sources come before files with common column names.
 * @throws DomainError UNKNOWN_COLUMNS naming what was found and what is accepted.
 */
export function recognise({ first, path }: Table, formats: readonly NamedFormat[]): NamedFormat {
  const sure = formats
    .map((format) => ({ format, certainty: format.recognise(first) }))
    .filter(({ certainty }) => certainty > 0)
    .toSorted((a, b) => b.certainty - a.certainty)[0];
  if (sure !== undefined) return sure.format;
  throw new DomainError(
    'UNKNOWN_COLUMNS',
    `${path} is of no known source; its columns are: ${first.join(', ')}. Name its kind with --format, and columns with --map`,
    ['file'],
  );
}
