import { expect, it } from 'vitest';

import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { countCustomersAndOrders } from '../../server/store/status.ts';
import { testDatabase } from '../support/database.ts';
import { createStore } from '../support/store.ts';

const order = (id: string) => ({ id, at: '2025-11-01T10:00:00Z', lines: [{ price: '10' }] });

it('counts the customers and orders of one workspace', async () => {
  const db = await testDatabase();
  const { workspaceId } = await createStore(db, [{ id: 'ann', orders: [order('1'), order('2')] }, { id: 'ben' }]);
  await createStore(db, [{ id: 'cleo', orders: [order('1')] }]);
  expect(await countCustomersAndOrders(db.pool, workspaceId)).toEqual({ customers: 2, orders: 2 });
});

it('refuses the name of a workspace that is unknown', async () => {
  const db = await testDatabase();
  await createStore(db, [], { name: 'tea' });
  await expect(findWorkspace(db.pool, 'coffee')).rejects.toMatchObject({ code: 'NO_SUCH_WORKSPACE' });
});
