import {
  type Mapping,
  type MatchedColumns,
  mappedPositions,
  matched,
  missingColumn,
  plainHeader,
  readPositions,
  usableMapping,
} from '../formats/columns.ts';
import type { FormatColumn } from '../intake.ts';
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
  const position = findPositions(header, profile, mapping);
  const missing = requiredOf(position, profile).filter((column) => !position.has(column));
  if (missing.length === 0) return matched(header, COLUMNS, position);
  const wanted = missing.map((column) => `"${column}" (also: ${acceptedFor(column, profile).join(', ')})`).join('; ');
  throw missingColumn(wanted, missing, header);
}

/** What a header has of the columns, also where it lacks some, or headers that were chosen. */
export function findOrderColumns(
  header: readonly string[],
  profile: OrderProfile,
  mapping?: Mapping,
): readonly FormatColumn[] {
  const position = findPositions(header, profile, usableMapping(header, COLUMNS, mapping));
  const required = new Set<string>(requiredOf(position, profile));
  return matched(header, COLUMNS, position).columns.map((match) => ({
    ...match,
    isRequired: required.has(match.column),
  }));
}

function findPositions(header: readonly string[], profile: OrderProfile, mapping: Mapping): Map<OrderColumn, number> {
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
  return readPositions(position);
}

/** A source may leave customers without a name; a file of an unknown source names them by id or address. */
function requiredOf(position: ReadonlyMap<OrderColumn, number>, profile: OrderProfile): readonly OrderColumn[] {
  const others = ['email', ...(profile.isNameCustomer ? (['name', 'first name'] as const) : [])] as const;
  const isKnown = others.some((column) => position.has(column));
  return isKnown || profile.recognisedBy.length > 0 ? NEEDED : ['customer', ...NEEDED];
}

const acceptedFor = (column: OrderColumn, { columns }: OrderProfile) => [
  ...new Set([...(columns[column] ?? []), ...ORDER_COLUMNS[column].aliases]),
];
