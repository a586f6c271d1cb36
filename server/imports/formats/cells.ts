import type { AmountSpelling } from '../columns/amounts.ts';
import type { DateFault } from '../columns/dates.ts';
import type { MatchedColumns } from './columns.ts';
import type { Rejection } from './format.ts';

/** Longer ids do not fit into the indexes that find them. */
const LONGEST_ID = 200;
const LONGEST_TEXT = 500;

interface NumberForm {
  readonly pattern: RegExp;
  readonly accepted: string;
}

export const AMOUNT: NumberForm = {
  pattern: /^[+-]?\d{1,9}(\.\d{1,4})?$/,
  accepted: 'digits with a decimal point, at most nine and four decimals',
};

/** Case, blanks and dashes do not matter. */
export const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, ' ');

/** By {@link plain} text. */
export const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['0', false],
]);

export const reject = (reason: string, detail: string): Rejection => ({ reason, detail });

const DATE_FAULT: Readonly<Record<DateFault, string>> = {
  BAD_DATE: 'is no date as the column writes them',
  AMBIGUOUS_DATE: 'can be read day first and month first',
  TOO_EARLY: 'is before 1990',
  IN_FUTURE: 'is in the future',
  UNKNOWN_ZONE: 'stands in a time zone that is unknown',
};

export const refuseDate = (fault: DateFault, text: string): Rejection =>
  reject(fault, `"${text}" ${DATE_FAULT[fault]}`);

export const refuseAmount = (column: string, text: string, { decimal }: AmountSpelling): Rejection =>
  reject(
    'BAD_NUMBER',
    `${column} "${text}": expected a number with "${decimal}" before its decimals, below 1,000,000,000`,
  );

export const refuseWidth = (fields: readonly string[], width: number): Rejection =>
  reject('WRONG_COLUMNS', `${fields.length} columns where the header has ${width}`);

/** @returns What is too long in a row for the columns that store it; null when nothing is. Cells that are not used may be of any length. */
export function refuseLength(
  { header, positions }: Pick<MatchedColumns<string>, 'header' | 'positions'>,
  fields: readonly string[],
  ids: readonly string[],
): Rejection | null {
  const id = ids.find(({ length }) => length > LONGEST_ID);
  if (id !== undefined)
    return reject('TOO_LONG', `"${id.slice(0, 40)}...": an id has at most ${LONGEST_ID} characters`);
  const long = positions.find((position) => fields[position]!.length > LONGEST_TEXT);
  if (long === undefined) return null;
  return reject('TOO_LONG', `${header[long]}: ${fields[long]!.length} characters, expected at most ${LONGEST_TEXT}`);
}

/** @returns What is wrong with a number; null when nothing is, or where there is none. */
export const refuseNumber = (
  column: string,
  text: string | null,
  { pattern, accepted }: NumberForm,
): Rejection | null =>
  text === null || pattern.test(text) ? null : reject('BAD_NUMBER', `${column} "${text}": expected ${accepted}`);

export const refuseCurrency = (currency: string | null): Rejection | null =>
  currency === null || /^[A-Z]{3}$/.test(currency)
    ? null
    : reject('BAD_CURRENCY', `"${currency}": expected a code of three letters`);
