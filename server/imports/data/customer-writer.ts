import type pg from 'pg';
import { dayOf } from '../../store/sql/shop-day.ts';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/sql/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { CustomerRow, OrderOrRefund } from './order-batch.ts';

/** A customer as an event, a message or a list names them. */
export interface Visitor {
  readonly id: string;
  readonly externalId: string;
  /** When they became known. */
  readonly knownAt: Date;
}

const VISITOR: Columns<Visitor> = { id: 'uuid', externalId: 'text', knownAt: 'timestamptz' };

/**
 * Customers with events and no orders: their day is that of the first event, in whatever order files come. With the first
 * order they get that order's day, so that the days of customers who have ordered are those of orders and refunds alone.
 */
export async function insertVisitors(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  visitors: readonly Visitor[],
): Promise<void> {
  if (visitors.length === 0) return;
  await tx.query(
    visitorInsertion(
      VISITOR,
      'set last_active_on = excluded.last_active_on where c.history_version = 0 and excluded.last_active_on < c.last_active_on',
    ),
    [workspaceId, ...unnest.values(VISITOR, visitors)],
  );
}

/** A statement that inserts customers of workspace `$1`, with the day on which they became known by its clock. */
const visitorInsertion = <Row extends Visitor>(columns: Columns<Row>, update: string): string => {
  const names = columnNames(columns, ['known_at']).join(', ');
  return `insert into customer as c (workspace_id, last_active_on, ${names})
    select $1, ${dayOf('d.known_at', '$1')}, ${names} from ${unnest(columns, 2)}
    on conflict (id) do update ${update}`;
};

const DETAILS: Columns<CustomerRow> = {
  id: 'uuid',
  externalId: 'text',
  isAnonymous: 'bool',
  lastActiveOn: 'date',
  name: 'text',
  email: 'text',
  country: { repeated: 'text' },
  channel: { repeated: 'text' },
  namedAt: 'timestamptz',
  channelAt: 'timestamptz',
};
const DETAIL_VALUES = ['name', 'email', 'country', 'channel', 'named_at', 'channel_at'];
const isLatest = 'c.named_at is null or excluded.named_at >= c.named_at';
const isFirst = 'c.channel is null or excluded.channel_at < c.channel_at';
const latest = (name: string) =>
  `case when ${isLatest} then coalesce(excluded.${name}, c.${name}) else coalesce(c.${name}, excluded.${name}) end`;
const MERGED_DETAILS = [
  ...['name', 'email', 'country'].map(latest),
  `case when ${isFirst} then excluded.channel else c.channel end`,
  'greatest(c.named_at, excluded.named_at)',
  `case when ${isFirst} then excluded.channel_at else c.channel_at end`,
].join(', ');

/**
 * Stores customers. The latest order's name, e-mail address and country count, and the channel of the first order that has
 * one: it won the customer; in whatever order files come.
 */
export async function upsertCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly CustomerRow[],
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    insertion(
      'customer as c',
      { workspace_id: workspaceId },
      DETAILS,
      customers,
      `on conflict (id) do update set (${DETAIL_VALUES.join(', ')}) = (${MERGED_DETAILS})
         where (${columnsOf('c', DETAIL_VALUES)}) is distinct from (${MERGED_DETAILS})`,
    ),
  );
}

/** A customer as a list has them; null leaves what is there. */
export interface ListedCustomer extends Visitor, Pick<CustomerRow, 'name' | 'email' | 'country' | 'channel'> {}

const LISTED: Columns<ListedCustomer> = {
  ...VISITOR,
  name: 'text',
  email: 'text',
  country: { repeated: 'text' },
  channel: { repeated: 'text' },
};
const LISTED_VALUES = ['last_active_on', 'name', 'email', 'country', 'channel'];
const FILLED = [
  'case when c.history_version = 0 then least(c.last_active_on, excluded.last_active_on) else c.last_active_on end',
  ...LISTED_VALUES.slice(1).map((name) => `coalesce(c.${name}, excluded.${name})`),
].join(', ');

/** Stores new customers, and fills in what orders lack of the others. */
export async function fillCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly ListedCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    visitorInsertion(
      LISTED,
      `set (${LISTED_VALUES.join(', ')}) = (${FILLED}) where (${columnsOf('c', LISTED_VALUES)}) is distinct from (${FILLED})`,
    ),
    [workspaceId, ...unnest.values(LISTED, customers)],
  );
}

/** Notes that what was summarised of these customers is out of date. */
export async function markChanged(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  changed: readonly string[],
  ordersAndRefunds: readonly OrderOrRefund[],
): Promise<void> {
  const latest = new Map(changed.map((id) => [id, new Date(0)]));
  if (latest.size === 0) return;
  for (const { customerId, at } of ordersAndRefunds) {
    const known = latest.get(customerId);
    if (known !== undefined && at > known) latest.set(customerId, at);
  }
  const columns: Columns<{ id: string; at: Date }> = { id: 'uuid', at: 'timestamptz' };
  await tx.query(
    `update customer c set history_version = c.history_version + 1,
       last_active_on = greatest(case when c.history_version > 0 then c.last_active_on end, ${dayOf('d.at', '$1')})
     from ${unnest(columns, 3)} where c.workspace_id = $1 and c.id = any($2::uuid[]) and c.id = d.id`,
    [
      workspaceId,
      [...latest.keys()],
      ...unnest.values(
        columns,
        [...latest].map(([id, at]) => ({ id, at })),
      ),
    ],
  );
}
