import type pg from 'pg';

import { findCustomersNamed } from '../customers/data/customers.ts';
import { customerId } from '../domain/ids.ts';
import { fillCustomers, type ListedCustomer } from './data/customer-writer.ts';
import { type JobScope, writeBatch } from './data/import-batch.ts';
import { NO_FIGURES } from './data/import-jobs.ts';
import type { CustomerLine } from './formats/format.ts';
import type { Intake } from './intake.ts';

/**
 * Where a customer stands more than once, the first value of each column counts, and the earliest day: what is stored is only
 * filled in. Customers without orders become Prospects.
 */
export function customerIntake(pool: pg.Pool, job: JobScope): Intake<CustomerLine> {
  const now = new Date();
  const seen = new Set<string>();
  let pending = new Map<string, CustomerLine>();
  return {
    take: (line) => {
      const before = pending.get(line.customer);
      pending.set(line.customer, before === undefined ? line : merged(before, line));
      seen.add(line.customer);
      return null;
    },
    write: async (rows) => {
      const lines = [...pending.values()];
      pending = new Map();
      await writeBatch(pool, job, rows, async (tx) => {
        const addresses = lines.map(({ customer }) => customer).filter((name) => name.includes('@'));
        const known = await findCustomersNamed(tx, job.workspaceId, addresses);
        const listed = new Map<string, ListedCustomer>();
        for (const { customer: externalId, since, ...details } of lines) {
          const id = known.get(externalId) ?? customerId(job.workspaceId, externalId);
          listed.set(id, { id, externalId, knownAt: since ?? now, ...details });
        }
        await fillCustomers(tx, job, [...listed.values()]);
      });
    },
    close: async () => {},
    figures: () => ({ ...NO_FIGURES, customers: seen.size }),
  };
}

const merged = (before: CustomerLine, line: CustomerLine): CustomerLine => ({
  customer: line.customer,
  name: before.name ?? line.name,
  email: before.email ?? line.email,
  country: before.country ?? line.country,
  channel: before.channel ?? line.channel,
  since: line.since !== null && (before.since === null || line.since < before.since) ? line.since : before.since,
});
