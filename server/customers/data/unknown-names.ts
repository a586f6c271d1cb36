import type { Pool } from 'pg';

import { DomainError } from '../../domain/errors.ts';
import { productId } from '../../domain/ids.ts';
import type { Bind } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { nearNames } from '../near-names.ts';
import type { ProductFilter } from './product-filter.ts';

export interface NamedFilter extends ProductFilter {
  readonly countries?: readonly string[] | null | undefined;
  readonly channels?: readonly string[] | null | undefined;
}

/** Names in a filter that the workspace does not have. */
export interface UnknownNames {
  readonly products: readonly string[];
  readonly countries: readonly string[];
  readonly channels: readonly string[];
}

const MOST_NAMES = 100;
/** Names that an error lists where none is like the unknown one. */
const MOST_LISTED = 10;
/** Names that an error chooses its suggestions from. */
const MOST_SUGGESTED_FROM = 10_000;

/** A JSON object of `UnknownNames`: one look into an index a name. @throws DomainError BAD_FILTER */
export function unknownNames(filter: NamedFilter, { workspaceId }: WorkspaceView, bind: Bind): string {
  const { bought, notBought, replenishmentDue, countries, channels } = filter;
  const products = [...(bought ?? []), ...(notBought ?? []), ...(replenishmentDue ? [replenishmentDue.product] : [])];
  const unless = (name: string, exists: string) => `case when not ${exists} then ${bind(name)}::text end`;
  const missing = (names: readonly string[], exists: (name: string) => string) =>
    `array_remove(array[${[...new Set(names)].map((name) => unless(name, exists(name))).join(', ')}]::text[], null)`;
  const amongCustomers = (column: 'country' | 'channel', names: readonly string[] | null | undefined) =>
    missing(atMost(names ?? [], column), (name) => {
      const where = `workspace_id = ${bind(workspaceId)} and ${column} = ${bind(name)} and not is_anonymous`;
      return `exists (select 1 from customer where ${where} limit 1)`;
    });
  const isProduct = (name: string) =>
    `exists (select 1 from product where workspace_id = ${bind(workspaceId)} and id = ${bind(productId(workspaceId, name))}::uuid)`;
  return `json_build_object('products', ${missing(products, isProduct)},
    'countries', ${amongCustomers('country', countries)}, 'channels', ${amongCustomers('channel', channels)})`;
}

function atMost(names: readonly string[], what: 'country' | 'channel'): readonly string[] {
  if (names.length <= MOST_NAMES) return names;
  const field = what === 'country' ? 'countries' : 'channels';
  const message = `${field} has ${names.length} names: expected at most ${MOST_NAMES}`;
  throw new DomainError('BAD_FILTER', message, ['filter', field]);
}

const distinct = (column: 'country' | 'channel') =>
  `select distinct ${column} as name from customer where workspace_id = $1 and ${column} is not null and not is_anonymous limit $2`;

/** What the workspace has, to suggest from. Ids of products are many: only those about as long as the one asked for. */
const KNOWN = {
  countries: distinct('country'),
  channels: distinct('channel'),
  products: `select external_id as name from product
    where workspace_id = $1 and abs(length(external_id) - $3::int) <= 2 order by external_id limit $2`,
} as const;

const REFUSAL = {
  countries: { code: 'UNKNOWN_COUNTRY', noun: 'country', whose: 'has no customers in this workspace' },
  channels: { code: 'UNKNOWN_CHANNEL', noun: 'channel', whose: 'has no customers in this workspace' },
  products: { code: 'NO_SUCH_PRODUCT', noun: 'product', whose: 'is not in this workspace' },
} as const;

/** Where in a filter an unknown name stands. */
function pathOf(field: keyof UnknownNames, name: string, { bought, notBought }: NamedFilter): readonly string[] {
  if (field !== 'products') return [field];
  if (bought?.includes(name)) return ['bought'];
  return notBought?.includes(name) ? ['notBought'] : ['replenishmentDue', 'product'];
}

/**
 * @param unknown What `unknownNames` found in the filter.
 * @throws DomainError UNKNOWN_COUNTRY, UNKNOWN_CHANNEL or NO_SUCH_PRODUCT with the names that are most like the unknown one.
 */
export async function refuseUnknown(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  filter: NamedFilter,
  unknown: UnknownNames,
): Promise<void> {
  for (const field of ['products', 'countries', 'channels'] as const) {
    const [name] = unknown[field];
    if (name === undefined) continue;
    const length = field === 'products' ? [name.length] : [];
    const { rows } = await pool.query<{ name: string }>(KNOWN[field], [workspaceId, MOST_SUGGESTED_FROM, ...length]);
    const known = rows.map((row) => row.name);
    const { code, noun, whose } = REFUSAL[field];
    const message = `the ${noun} "${name}" ${whose}: ${accepted(name, known, noun)}`;
    throw new DomainError(code, message, ['filter', ...pathOf(field, name, filter)]);
  }
}

function accepted(name: string, known: readonly string[], noun: string): string {
  const near = nearNames(name, known);
  if (near.length > 0) return `did you mean ${near.map((each) => `"${each}"`).join(', ')}?`;
  if (noun === 'product') return 'expected ids as in its orders';
  if (known.length === 0) return `no customer has a ${noun}`;
  const listed = known.slice(0, MOST_LISTED).map((each) => `"${each}"`);
  const more = known.length > listed.length ? ` or one of ${known.length - listed.length} more` : '';
  return `expected ${listed.join(', ')}${more}`;
}
