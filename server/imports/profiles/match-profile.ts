import { type MatchedColumns, mappedPositions, matched, missingColumn, plainHeader } from '../formats/columns.ts';
import type { Mapping } from '../formats/format.ts';
import { ORDER_COLUMNS, type OrderColumn } from '../orders/order-columns.ts';
import type { OrderProfile } from './profile.ts';

export const COLUMNS = Object.keys(ORDER_COLUMNS) as OrderColumn[];
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
  mapping: Mapping = {},
): MatchedColumns<OrderColumn> {
  const titles = header.map(plainHeader);
  const position = mappedPositions<OrderColumn>(header, mapping);
  const taken = new Set(position.values());
  const take = (column: OrderColumn, names: readonly string[]) => {
    const found = names
      .map((name) => titles.indexOf(plainHeader(name)))
      .find((index) => index >= 0 && !taken.has(index));
    if (found === undefined || position.has(column)) return;
    position.set(column, found);
    taken.add(found);
  };
  for (const column of COLUMNS) take(column, profile.columns[column] ?? []);
  for (const column of NEEDED) take(column, [column, ...ORDER_COLUMNS[column].aliases]);
  refuseMissing(position, profile, header);
  return matched(header, COLUMNS, position);
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
  throw missingColumn(wanted, missing, header);
}

const acceptedFor = (column: OrderColumn, { columns }: OrderProfile) => [
  ...new Set([...(columns[column] ?? []), ...ORDER_COLUMNS[column].aliases]),
];
