import { expect, it } from 'vitest';

import { ensureWorkspace, findWorkspace } from '../../../server/access/data/workspaces.ts';
import { updateSettings } from '../../../server/access/settings.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { analyse, load, published } from '../../support/shop.ts';

/** Evenings on the Pacific coast are the next day, and here the next month, in UTC. */
const ROWS = [
  'customer,order,placed at,unit price',
  'ann,1,2026-01-31T10:00:00-08:00,10',
  'ann,2,2026-01-31T23:30:00-08:00,20',
  'bob,3,2026-02-28T23:59:59-08:00,10',
  'cec,4,2026-03-10T12:00:00-07:00,10',
];

const days = async ({ pool }: Database) =>
  (
    await pool.query<{ days: readonly (string | number)[] }>(
      `select array[s.order_days::text, s.first_order_on::text, s.last_order_on::text, c.last_active_on::text] as days
       from customer_summary s join customer c on c.id = s.customer_id order by c.external_id`,
    )
  ).rows.map((row) => row.days);

const cohorts = async (db: Database) => {
  const { runId } = await published(db);
  const { rows } = await db.pool.query<{ cohort: string }>(
    "select cohort::text as cohort from cohort_cell where run_id = $1 and granularity = 'MONTH' and period = 0 order by 1",
    [runId],
  );
  return rows.map(({ cohort }) => cohort);
};

it.each(['postgresql', 'embedded'] as const)(
  'days are those of the time zone of the workspace, and move with it, on %s',
  async (engine) => {
    const db = await testDatabase(engine);
    await load(db, testFile(`${ROWS.join('\n')}\n`));
    await analyse(db);
    expect(await days(db)).toEqual([
      ['2', '2026-01-31', '2026-02-01', '2026-02-01'],
      ['1', '2026-03-01', '2026-03-01', '2026-03-01'],
      ['1', '2026-03-10', '2026-03-10', '2026-03-10'],
    ]);
    expect(await cohorts(db)).toEqual(['2026-01-01', '2026-03-01']);

    const { id } = await findWorkspace(db.pool, 'shop');
    await updateSettings(db.pool, id, { timeZone: 'America/Los_Angeles' });
    await analyse(db);
    expect(await days(db)).toEqual([
      ['1', '2026-01-31', '2026-01-31', '2026-01-31'],
      ['1', '2026-02-28', '2026-02-28', '2026-02-28'],
      ['1', '2026-03-10', '2026-03-10', '2026-03-10'],
    ]);
    expect(await cohorts(db)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);

    const versions = async () => (await db.pool.query('select sum(history_version)::int as sum from customer')).rows;
    const before = await versions();
    await updateSettings(db.pool, id, { timeZone: 'America/Los_Angeles' });
    expect(await versions()).toEqual(before);
  },
);

it('customers without orders became known on a day of that time zone, and it moves except where a list has it', async () => {
  const db = await testDatabase();
  const { id } = await ensureWorkspace(db.pool, 'shop');
  await updateSettings(db.pool, id, { timeZone: 'America/Los_Angeles' });
  const evening = '2026-02-01T07:30:00Z';
  await load(
    db,
    testFile(`customer,product,kind,at\nview,tea,viewed,${evening}\nboth,tea,viewed,${evening}\n`),
    'events',
  );
  await load(db, testFile(`campaign,customer,kind,sent at\nSpring,sent,loyalty,${evening}\n`), 'campaign');
  await load(db, testFile(`customer,created at\nlist,${evening}\nboth,2026-01-05\n`), 'customers');
  const known = async () =>
    (await db.pool.query('select external_id as id, last_active_on::text as on from customer order by 1')).rows.map(
      ({ id, on }) => `${id} ${on}`,
    );
  expect(await known()).toEqual(['both 2026-01-05', 'list 2026-01-31', 'sent 2026-01-31', 'view 2026-01-31']);
  await updateSettings(db.pool, id, { timeZone: 'UTC' });
  expect(await known()).toEqual(['both 2026-01-05', 'list 2026-01-31', 'sent 2026-02-01', 'view 2026-02-01']);
});
