import { expect, it } from 'vitest';

import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, segments } from '../support/shop.ts';

const list = ({ pool }: Database, ...rows: readonly string[]) =>
  importFile(pool, {
    workspace: 'shop',
    path: testFile(
      `${['Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region', ...rows].join('\n')}\n`,
    ),
    formats: formatsNamed(),
  });

const customers = async ({ pool }: Database) =>
  (
    await pool.query(
      'select external_id as id, name, email, country, last_active_on::text as on, history_version as version from customer order by 1',
    )
  ).rows;

it('fills in what orders have not said of a customer, and adds those without orders as Prospects', async () => {
  const db = await testDatabase();
  await load(
    db,
    testFile('customer,order,placed at,unit price,email,name\n7,1,2026-03-01,5,ann@example.com,Ann of the order\n'),
  );
  const rows = [
    'Ann of the list,ann,,2025-01-01,Ann@example.com,1,5,5,DE',
    'Bo,bo,,2025-02-01,bo@example.com,0,0,0,',
    'Bob,bo,,2025-01-15,bo@example.com,0,0,0,FR',
  ];
  expect(await list(db, ...rows)).toMatchObject({ source: 'woo-customers', customers: 2, accepted: 3, orders: 0 });
  const stored = await customers(db);
  expect(stored).toEqual([
    { id: '7', name: 'Ann of the order', email: 'ann@example.com', country: 'DE', on: '2026-03-01', version: 1 },
    { id: 'bo@example.com', name: 'Bo', email: 'bo@example.com', country: 'FR', on: '2025-01-15', version: 0 },
  ]);
  await list(db, ...rows);
  expect(await customers(db)).toEqual(stored);
  await analyse(db);
  expect(await segments(db)).toMatchObject({ Prospect: 1 });
});

it('leaves to later orders what they say', async () => {
  const db = await testDatabase();
  await list(db, 'Bo,bo,,2025-02-01,bo@example.com,0,0,0,FR');
  await load(db, testFile('email,order,placed at,unit price,name\nbo@example.com,1,2026-03-01,5,Bo of the order\n'));
  expect(await customers(db)).toMatchObject([{ name: 'Bo of the order', country: 'FR', on: '2026-03-01', version: 1 }]);
});
