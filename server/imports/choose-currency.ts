import type pg from 'pg';

import { DomainError } from '../domain/errors.ts';
import { workspaceId } from '../domain/ids.ts';
import { readRates } from './data/exchange-rates.ts';
import type { ImportFormat, OpenFile } from './intake.ts';
import { BASE } from './rates.ts';

interface CurrencyInput {
  /** Its name. */
  readonly workspace: string;
  /** The workspace's; null where there is no such workspace. Bound: there are amounts in it. */
  readonly known: { readonly currency: string; readonly isBound: boolean } | null;
  readonly given: string | undefined;
  readonly file: Pick<OpenFile<object>, 'currencies'>;
  readonly format: Pick<ImportFormat, 'currency' | 'holds'>;
}

/**
 * The currency in which a file's amounts are kept: the workspace's once it has amounts. Orders in others need rates.
 * @throws DomainError BAD_CURRENCY, MIXED_CURRENCIES or OTHER_CURRENCY
 */
export async function chooseCurrency(pool: pg.Pool, input: CurrencyInput): Promise<string> {
  const { workspace, known, given, file, format } = input;
  if (given !== undefined && !/^[A-Z]{3}$/i.test(given)) {
    throw new DomainError('BAD_CURRENCY', `currency "${given}": expected a code of three letters, such as EUR`, [
      'currency',
    ]);
  }
  const named = [...file.currencies];
  const own = (named.length === 1 ? named[0]![0] : undefined) ?? given?.toUpperCase() ?? format.currency;
  const currency = known?.isBound ? known.currency : (own ?? known?.currency ?? 'USD');
  const others = named.filter(([each]) => each !== currency);
  if (others.length === 0 && (own === null || own === currency)) return currency;
  // Rates convert orders, row by row, from the currency that the row names.
  const canConvert = format.holds === 'orders' && named.length > 0;
  if (canConvert && (await haveRates(pool, workspaceId(workspace), [currency, ...others.map(([each]) => each)])))
    return currency;
  if (named.length > 1) {
    const counts = named.map(([each, rows]) => `${each} (rows: ${rows})`).join(', ');
    const advice = `import a file of rates into the workspace first, such as the European Central Bank's history`;
    throw new DomainError(
      'MIXED_CURRENCIES',
      `the file has amounts in ${counts}: ${advice}`,
      ['currency'],
      named.map(([each]) => each),
    );
  }
  throw new DomainError(
    'OTHER_CURRENCY',
    `workspace "${workspace}" is kept in ${currency} and the file is in ${own}: import it into a workspace of its own${canConvert ? ', or import rates first' : ''}`,
    ['currency'],
  );
}

async function haveRates(pool: pg.Pool, id: string, currencies: readonly string[]): Promise<boolean> {
  const rated = new Set((await readRates(pool, id, currencies)).map(({ currency }) => currency)).add(BASE);
  return currencies.every((currency) => rated.has(currency));
}
