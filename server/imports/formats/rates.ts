import { plain, refuseNumber, refuseWidth, reject } from './cells.ts';
import { matchColumns, required } from './columns.ts';
import type { Format, Mapping, RateLine, Rejection, RowReader } from './format.ts';
import { DATE_FORMATS, instantReader } from './instant.ts';

const COLUMNS = { day: required('date'), currency: required('currency code'), rate: required('exchange rate') };

const RATE = { pattern: /^\d{1,9}(\.\d{1,9})?$/, accepted: 'digits with a decimal point, without a sign' };

/** As the European Central Bank writes a currency of which it has no rate that day. */
const UNKNOWN = /^(n\/a)?$/i;

/** Rates of exchange: the European Central Bank's history as downloaded, a column a currency, or a row a rate. */
export const rates: Format<RateLine> = {
  holds: 'rates',
  columns: Object.keys(COLUMNS),
  syntax: 'csv',
  currency: null,
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
  const instant = instantReader();
  return {
    columns: header.filter((name) => name.trim() !== '').map((name) => ({ column: name.trim(), header: name })),
    ignored: [],
    read(fields) {
      if (fields.length !== header.length) return refuseWidth(fields, header.length);
      const found: { currency: string; rate: string }[] = [];
      for (const [index, name] of header.entries()) {
        const text = fields[index]!.trim();
        if (index === 0 || name.trim() === '' || UNKNOWN.test(text)) continue;
        found.push({ currency: name.trim(), rate: text });
      }
      return toLine(instant(fields[0]!.trim()), fields[0]!, found);
    },
  };
}

function openList(header: readonly string[], mapping: Mapping | undefined): RowReader<RateLine> {
  const { columns, ignored, width, value } = matchColumns(header, COLUMNS, mapping);
  const instant = instantReader();
  return {
    columns,
    ignored,
    read(fields) {
      if (fields.length !== width) return refuseWidth(fields, width);
      const day = value(fields, 'day') ?? '';
      const currency = value(fields, 'currency')?.toUpperCase() ?? '';
      if (!/^[A-Z]{3}$/.test(currency)) {
        return reject('BAD_CURRENCY', `"${currency}" is no currency: expected a code of three letters, such as USD`);
      }
      return toLine(instant(day), day, [{ currency, rate: value(fields, 'rate') ?? '' }]);
    },
  };
}

function toLine(
  at: Date | null,
  day: string,
  found: readonly { currency: string; rate: string }[],
): RateLine | Rejection {
  if (at === null) return reject('BAD_DATE', `"${day}" is not a date: expected ${DATE_FORMATS}`);
  for (const { currency, rate } of found) {
    const fault = refuseNumber(`rate of ${currency}`, rate, RATE);
    if (fault !== null) return fault;
    if (!(Number(rate) > 0)) return reject('BAD_NUMBER', `the rate of ${currency} is "${rate}": expected more than 0`);
  }
  return { day: at.toISOString().slice(0, 10), rates: found };
}
