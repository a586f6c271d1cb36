import type pg from 'pg';

import type { CustomerDetails, DocumentRow, JobScope, NewCustomer } from './fact-batch.ts';
import { type Columns, unnest } from './unnest.ts';

export async function insertCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly NewCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const columns: Columns<NewCustomer> = { id: 'uuid', externalId: 'text', day: 'date' };
  await tx.query(
    `insert into customer (id, workspace_id, external_id, last_fact_on)
     select id, $1, "externalId", day from ${unnest(columns, 2)} on conflict do nothing`,
    [workspaceId, ...unnest.values(columns, customers)],
  );
}

/** The file's word counts over what was there, but for the channel: the first one known won the customer. */
export async function updateCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly CustomerDetails[],
): Promise<void> {
  const columns: Columns<CustomerDetails> = {
    id: 'uuid',
    name: 'text',
    email: 'text',
    country: 'text',
    channel: 'text',
  };
  await tx.query(
    `update customer c
     set name = coalesce(d.name, c.name), email = coalesce(d.email, c.email), country = coalesce(d.country, c.country), channel = coalesce(c.channel, d.channel)
     from ${unnest(columns, 2)}
     where c.workspace_id = $1 and c.id = d.id
       and (coalesce(d.name, c.name), coalesce(d.email, c.email), coalesce(d.country, c.country), coalesce(c.channel, d.channel))
         is distinct from (c.name, c.email, c.country, c.channel)`,
    [workspaceId, ...unnest.values(columns, customers)],
  );
}

/** Notes that what was summarised of these customers is out of date. */
export async function markChanged(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  changed: readonly string[],
  documents: readonly DocumentRow[],
): Promise<void> {
  const latest = new Map(changed.map((id) => [id, new Date(0)]));
  if (latest.size === 0) return;
  for (const { customerId, at } of documents) {
    const known = latest.get(customerId);
    if (known !== undefined && at > known) latest.set(customerId, at);
  }
  const columns = { id: 'uuid', at: 'timestamptz' } as const;
  await tx.query(
    `update customer c set fact_version = c.fact_version + 1, last_fact_on = greatest(c.last_fact_on, (d.at at time zone 'UTC')::date)
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
