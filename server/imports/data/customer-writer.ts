import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { CustomerDetails, NewCustomer, OrderOrRefund } from './order-batch.ts';

const NEW = { id: 'uuid', externalId: 'text', lastActiveOn: 'date' } as const;

const toNew = ({ day, ...customer }: NewCustomer) => ({ ...customer, lastActiveOn: day });

export async function insertCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly NewCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const same = { workspace_id: workspaceId };
  await tx.query(insertion('customer', same, NEW, customers.map(toNew), 'on conflict do nothing'));
}

/**
 * Customers with events and no orders: their day is that of the first event, in whatever order files come. With the first
 * order they get that order's day, so that the days of customers who have ordered are those of orders and refunds alone.
 */
export async function insertVisitors(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly NewCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    insertion(
      'customer as c',
      { workspace_id: workspaceId },
      NEW,
      customers.map(toNew),
      `on conflict (id) do update set last_active_on = excluded.last_active_on
         where c.history_version = 0 and excluded.last_active_on < c.last_active_on`,
    ),
  );
}

const DETAILS: Columns<CustomerDetails> = { id: 'uuid', name: 'text', email: 'text', country: 'text', channel: 'text' };
const DETAIL_VALUES = columnNames(DETAILS, ['id']);
const LATEST_DETAILS = DETAIL_VALUES.map((name) =>
  name === 'channel' ? 'coalesce(c.channel, d.channel)' : `coalesce(d.${name}, c.${name})`,
).join(', ');

/** The file's word counts over what was there, but for the channel: the first one known won the customer. */
export async function updateCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly CustomerDetails[],
): Promise<void> {
  await tx.query(
    `update customer c set (${DETAIL_VALUES.join(', ')}) = (${LATEST_DETAILS}) from ${unnest(DETAILS, 2)}
     where c.workspace_id = $1 and c.id = d.id and (${LATEST_DETAILS}) is distinct from (${columnsOf('c', DETAIL_VALUES)})`,
    [workspaceId, ...unnest.values(DETAILS, customers)],
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
       last_active_on = greatest(case when c.history_version > 0 then c.last_active_on end, (d.at at time zone 'UTC')::date)
     from ${unnest(columns, 2)} where c.workspace_id = $1 and c.id = d.id`,
    [
      workspaceId,
      ...unnest.values(
        columns,
        [...latest].map(([id, at]) => ({ id, at })),
      ),
    ],
  );
}
