import { DomainError } from '../domain/errors.ts';
import type { ImportFormat, OpenFile } from './intake.ts';

interface CurrencyInput {
  /** Its name. */
  readonly workspace: string;
  /** The workspace's; null where there is no such workspace. Bound: there are amounts in it. */
  readonly known: { readonly currency: string; readonly isBound: boolean } | null;
  readonly given: string | undefined;
  readonly file: Pick<OpenFile<object>, 'currencies'>;
  readonly format: Pick<ImportFormat, 'currency'>;
}

/** The currency in which a file's amounts are kept. @throws DomainError BAD_CURRENCY, MIXED_CURRENCIES or OTHER_CURRENCY */
export function chooseCurrency({ workspace, known, given, file, format }: CurrencyInput): string {
  if (given !== undefined && !/^[A-Z]{3}$/i.test(given)) {
    throw new DomainError('BAD_CURRENCY', `currency "${given}": expected a code of three letters, such as EUR`, [
      'currency',
    ]);
  }
  const named = [...file.currencies];
  if (named.length > 1) {
    const counts = named.map(([currency, rows]) => `${currency} (rows: ${rows})`).join(', ');
    throw new DomainError('MIXED_CURRENCIES', `the file has amounts in several currencies and no rates: ${counts}`, [
      'currency',
    ]);
  }
  const currency = named[0]?.[0] ?? given?.toUpperCase() ?? format.currency ?? known?.currency ?? 'USD';
  if (known?.isBound && known.currency !== currency) {
    throw new DomainError(
      'OTHER_CURRENCY',
      `workspace "${workspace}" is kept in ${known.currency} and the file is in ${currency}: import it into a workspace of its own`,
      ['currency'],
    );
  }
  return currency;
}
