import { DomainError } from '../../domain/errors.ts';
import { type MatchedColumns, plainHeader } from '../formats/columns.ts';
import { ORDER_COLUMNS, type OrderColumn } from '../orders/order-columns.ts';
import type { OrderProfile } from './profile.ts';

const COLUMNS = Object.keys(ORDER_COLUMNS) as OrderColumn[];
/** Found by their common headers also where the profile names others, as somebody may have renamed them. */
const NEEDED = ['order', 'placed at'] as const satisfies readonly OrderColumn[];

/**
 * Finds the columns of a file of orders.
 * @param mapping Headers that whoever imports has chosen, by column; they go before the profile's.
 * @throws DomainError MISSING_COLUMN naming what is missing, what is accepted and the header found; UNKNOWN_COLUMN for a
 *   chosen header that the file does not have.
 */
export function matchProfile(
  header: readonly string[],
  profile: OrderProfile,
  mapping: Readonly<Partial<Record<OrderColumn, string>>> = {},
): MatchedColumns<OrderColumn> {
  const titles = header.map(plainHeader);
  const position = new Map<OrderColumn, number>();
  const taken = new Set<number>();
  const take = (column: OrderColumn, names: readonly string[]) => {
    const found = names
      .map((name) => titles.indexOf(plainHeader(name)))
      .find((index) => index >= 0 && !taken.has(index));
    if (found === undefined || position.has(column)) return;
    position.set(column, found);
    taken.add(found);
  };
  for (const [column, name] of Object.entries(mapping)) {
    take(column as OrderColumn, [name]);
    if (!position.has(column as OrderColumn)) throw unknownColumn(name, header);
  }
  for (const column of COLUMNS) take(column, profile.columns[column] ?? []);
  for (const column of NEEDED) take(column, [column, ...ORDER_COLUMNS[column].aliases]);
  refuseMissing(position, profile, header);
  return {
    header,
    columns: COLUMNS.map((column) => ({ column, header: header[position.get(column) ?? -1] ?? null })),
    ignored: header.filter((_, index) => !taken.has(index)),
    width: header.length,
    value: (fields, column) => {
      const index = position.get(column);
      const text = index === undefined ? undefined : fields[index]?.trim();
      return text === undefined || text === '' ? null : text;
    },
  };
}

function refuseMissing(
  position: ReadonlyMap<OrderColumn, number>,
  profile: OrderProfile,
  header: readonly string[],
): void {
  const missing: OrderColumn[] = NEEDED.filter((column) => !position.has(column));
  const naming = ['customer', 'email', ...(profile.isNameCustomer ? (['name', 'first name'] as const) : [])] as const;
  if (!naming.some((column) => position.has(column)) && profile.recognisedBy.length === 0) missing.unshift('customer');
  if (missing.length === 0) return;
  const wanted = missing.map((column) => `"${column}" (also: ${acceptedFor(column, profile).join(', ')})`).join('; ');
  const message = `no column for ${wanted}; the file has: ${header.join(', ')}; --map ${missing[0]}=HEADER names one`;
  throw new DomainError('MISSING_COLUMN', message, missing);
}

const acceptedFor = (column: OrderColumn, { columns }: OrderProfile) => [
  ...new Set([...(columns[column] ?? []), ...ORDER_COLUMNS[column].aliases]),
];

const unknownColumn = (name: string, header: readonly string[]) =>
  new DomainError('UNKNOWN_COLUMN', `the file has no column "${name}"; it has: ${header.join(', ')}`, ['map']);
