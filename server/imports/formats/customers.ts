import { foldEmail, foldId } from '../columns/fold.ts';
import { ORDER_COLUMNS } from '../orders/order-columns.ts';
import { refuseLength, refuseWidth, reject } from './cells.ts';
import { called, matchColumns, missingColumn, optional } from './columns.ts';
import type { CellReader, CustomerLine, Format, Rejection } from './format.ts';

const COLUMNS = {
  customer: ORDER_COLUMNS.customer,
  email: ORDER_COLUMNS.email,
  name: ORDER_COLUMNS.name,
  'first name': optional('given name'),
  'last name': optional('surname', 'family name'),
  country: ORDER_COLUMNS.country,
  channel: ORDER_COLUMNS.channel,
  since: optional('created at', 'signed up at', 'sign up', 'registered at', 'date added'),
};

export type CustomerColumn = keyof typeof COLUMNS;

/** How the customers of one source are listed: data only. */
export interface CustomerProfile {
  /** As people call it: "Shopify customers". */
  readonly title: string;
  /** Headers that a file of this source has, all of them, and hardly any other file. */
  readonly recognisedBy: readonly string[];
  /** Headers of each column, best first. */
  readonly columns: Readonly<Partial<Record<CustomerColumn, readonly string[]>>>;
}

/**
 * A list of customers.
 * @param profile Its source, whose orders know customers by e-mail address; absent: common names, and the id goes before the address.
 */
export function customers(profile?: CustomerProfile): Format<CustomerLine> {
  const specs =
    profile === undefined
      ? COLUMNS
      : (Object.fromEntries(
          Object.keys(COLUMNS).map((column) => [column, called(...(profile.columns[column as CustomerColumn] ?? []))]),
        ) as typeof COLUMNS);
  return {
    holds: 'customers',
    ...(profile && { recognisedBy: profile.recognisedBy }),
    columns: specs,
    syntax: 'csv',
    currency: null,
    dates: ['since'],
    expects:
      'CSV with a header: customer or email, and optionally name, first name, last name, country, channel, since',
    isData: () => false,
    open(header, { mapping } = {}) {
      const { columns, ignored, width, positions, value } = matchColumns(header, specs, mapping);
      const isNamed = columns.some(({ column, header: title }) => title !== null && NAMING.has(column));
      if (!isNamed) throw missingColumn('"customer" or "email"', ['customer'], header);

      function read(fields: readonly string[], { instant }: CellReader): CustomerLine | Rejection {
        if (fields.length !== width) return refuseWidth(fields, width);
        const address = value(fields, 'email');
        const email = address === null ? null : foldEmail(address);
        const written = value(fields, 'customer');
        // Shopify writes an apostrophe before an id, lest a spreadsheet rounds it.
        const id = written === null ? null : foldId(written.replace(/^'/, ''));
        const customer = profile === undefined ? (id ?? email) : (email ?? id);
        if (customer === null) return reject('MISSING_CUSTOMER', 'neither an id nor an e-mail address');
        const fault = refuseLength({ header, positions }, fields, [customer]);
        if (fault !== null) return fault;
        const day = value(fields, 'since');
        const since = day === null ? null : instant('since', day);
        if (since !== null && 'reason' in since) return since;
        const names = [value(fields, 'first name'), value(fields, 'last name')].filter((name) => name !== null);
        return {
          ...{ customer, email, since },
          name: value(fields, 'name') ?? (names.join(' ') || null),
          country: value(fields, 'country'),
          channel: value(fields, 'channel'),
        };
      }

      return { columns, ignored, cell: (fields, column) => value(fields, column as CustomerColumn), read };
    },
  };
}

const NAMING: ReadonlySet<string> = new Set(['customer', 'email']);
