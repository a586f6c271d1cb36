import { expect, it } from 'vitest';

import { findCustomerOptions } from '../../../server/campaigns/data/segment-counts.ts';
import { customerId, productId } from '../../../server/domain/ids.ts';
import { testDatabase } from '../../support/database.ts';
import { AS_OF, createStore } from '../../support/store.ts';

it('reads what each customer can get: a product due within 14 days, or one that goes with another', async () => {
  const db = await testDatabase();
  const store = await createStore(db, [{ id: 'due' }, { id: 'late' }, { id: 'cross' }, { id: 'nothing' }]);
  const { workspaceId, runId } = store;
  const row = { workspaceId, runId, productId: productId(workspaceId, 'tea'), probability: 0.5 };
  const replenishment = { ...row, usualGapDays: 30, lastBoughtOn: new Date('2025-12-01'), timesBought: 3 };
  const inDays = (days: number) => new Date(Date.parse(AS_OF) + days * 86_400_000);
  await db.prisma.replenishment.createMany({
    data: [
      { ...replenishment, customerId: customerId(workspaceId, 'due'), expectedOn: inDays(14) },
      { ...replenishment, customerId: customerId(workspaceId, 'late'), expectedOn: inDays(15) },
    ],
  });
  await db.prisma.recommendation.create({
    data: { ...row, customerId: customerId(workspaceId, 'cross'), rank: 1, kind: 'CROSS_SELL', becauseIds: [] },
  });

  const names = ['cross', 'nothing', 'late', 'due'];
  const options = await findCustomerOptions(
    db.pool,
    { workspaceId, runId },
    names.map((name) => customerId(workspaceId, name)),
  );
  expect(options.map(({ hasReplenishmentDue, hasCrossSell }) => [hasReplenishmentDue, hasCrossSell])).toEqual([
    [false, true],
    [false, false],
    [false, false],
    [true, false],
  ]);
});
