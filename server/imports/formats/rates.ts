import { plain, refuseNumber, refuseWidth, reject } from './cells.ts';
import { type Mapping, matchColumns, required } from './columns.ts';
import { type CellReader, type Format, isRejection, type RateLine, type Rejection, type RowReader } from './format.ts';

const COLUMNS = { day: required('date'), currency: required('currency code'), rate: required('exchange rate') };

const RATE = { pattern: /^\d{1,9}(\.\d{1,9})?$/, accepted: 'digits with a decimal point, without a sign' };

/** As the European Central Bank writes a currency of which it has no rate that day. */
const UNKNOWN = /^(n\/a)?$/i;

/** Rates of exchange: the European Central Bank's history as downloaded, a column a currency, or a row a rate. */
export const rates: Format<RateLine> = {
  holds: 'rates',
  columns: COLUMNS,
  syntax: 'csv',
  currency: null,
  dates: ['day'],
  timeZone: 'UTC',
  expects:
    'CSV with a header: day, currency, rate, the units of the currency that one euro buys; or Date and a column for each currency, as the European Central Bank publishes them',
  isData: () => false,
  open: (header, { mapping } = {}) =>
    mapping === undefined && isTable(header) ? openTable(header) : openList(header, mapping),
};

const isTable = (header: readonly string[]) =>
  plain(header[0] ?? '') === 'date' &&
  header.length > 1 &&
  header.slice(1).every((name) => /^\s*([A-Z]{3})?\s*$/.test(name));

function openTable(header: readonly string[]): RowReader<RateLine> {
  return {
    columns: header.filter((name) => name.trim() !== '').map((name) => ({ column: name.trim(), header: name })),
    ignored: [],
    cell: (fields) => fields[0]!.trim() || null,
    read(fields, cells) {
      if (fields.length !== header.length) return refuseWidth(fields, header.length);
      const found: { currency: string; rate: string }[] = [];
      for (const [index, name] of header.entries()) {
        const text = fields[index]!.trim();
        if (index === 0 || name.trim() === '' || UNKNOWN.test(text)) continue;
        found.push({ currency: name.trim(), rate: text });
      }
      return toLine(fields[0]!.trim(), found, cells);
    },
  };
}

function openList(header: readonly string[], mapping: Mapping | undefined): RowReader<RateLine> {
  const { columns, ignored, width, value } = matchColumns(header, COLUMNS, mapping);
  return {
    columns,
    ignored,
    cell: (fields) => value(fields, 'day'),
    read(fields, cells) {
      if (fields.length !== width) return refuseWidth(fields, width);
      const day = value(fields, 'day') ?? '';
      const currency = value(fields, 'currency')?.toUpperCase() ?? '';
      if (!/^[A-Z]{3}$/.test(currency)) {
        return reject('BAD_CURRENCY', `"${currency}" is no currency: expected a code of three letters, such as USD`);
      }
      return toLine(day, [{ currency, rate: value(fields, 'rate') ?? '' }], cells);
    },
  };
}

function toLine(
  day: string,
  found: readonly { currency: string; rate: string }[],
  { instant }: CellReader,
): RateLine | Rejection {
  const at = instant('day', day);
  if (isRejection(at)) return at;
  for (const { currency, rate } of found) {
    const fault = refuseNumber(`rate of ${currency}`, rate, RATE);
    if (fault !== null) return fault;
    if (!(Number(rate) > 0)) return reject('BAD_NUMBER', `the rate of ${currency} is "${rate}": expected more than 0`);
  }
  return { day: at.toISOString().slice(0, 10), rates: found };
}
