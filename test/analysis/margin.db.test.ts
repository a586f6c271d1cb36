import { describe, expect, it } from 'vitest';
import { updateSettings } from '../../server/access/settings.ts';
import type { AnalysisInput } from '../../server/analysis/settle-analysis.ts';
import { findRuns } from '../../server/scores/data/runs.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published } from '../support/shop.ts';

const HEADER = 'customer,order,placed at,quantity,unit price,unit cost,product';

const loadOrders = (db: Database, ...rows: readonly string[]) => load(db, testFile(`${HEADER}\n${rows.join('\n')}\n`));

async function marginOf(db: Database, input: AnalysisInput = {}) {
  const { run } = await analyse(db, input);
  const { workspaceId } = await published(db);
  const [found] = await findRuns(db.pool, { workspaceId, runId: run }, [run]);
  const { marginRate, marginSource, knownCostShare, annualDiscountRate } = found!;
  return { marginRate, marginSource, knownCostShare, annualDiscountRate };
}

describe('the margin rate of a run', () => {
  it('is what known costs imply, with the share of revenue that they cover', async () => {
    const db = await testDatabase();
    await loadOrders(db, 'ann,1,2026-01-01,2,10,4,tea', 'ann,2,2026-01-20,1,10,7,pot', 'bob,3,2026-01-05,1,20,,mug');
    expect(await marginOf(db)).toEqual({
      marginRate: expect.closeTo(1 - 15 / 30, 12),
      marginSource: 'COSTS',
      knownCostShare: expect.closeTo(30 / 50, 12),
      annualDiscountRate: 0.1,
    });
  });

  it('takes the cost of the catalogue where the order line has none', async () => {
    const db = await testDatabase();
    await loadOrders(db, 'ann,1,2026-01-01,2,10,,tea', 'ann,2,2026-01-20,1,10,7,tea');
    await load(db, testFile('product,unit cost\ntea,4\n'), 'products');
    expect(await marginOf(db)).toMatchObject({ marginRate: expect.closeTo(1 - 15 / 30, 12), knownCostShare: 1 });
  });

  it('nets refunds, and leaves out orders that came back whole and those after the as-of day', async () => {
    const db = await testDatabase();
    await loadOrders(
      db,
      'ann,1,2026-01-01,3,10,4,tea',
      'ann,1,2026-01-09,-1,10,4,tea',
      'ann,2,2026-01-02,1,50,1,pot',
      'ann,2,2026-01-08,-1,50,1,pot',
      'bob,3,2026-01-03,1,20,5,mug',
      'bob,3,2026-01-06,-0.5,20,,mug',
      'bob,4,2026-03-01,1,90,0,mug',
    );
    expect(await marginOf(db, { asOf: '2026-02-01' })).toMatchObject({
      marginRate: expect.closeTo(1 - 8 / 20, 12),
      knownCostShare: expect.closeTo(20 / 30, 12),
    });
  });

  it('is 0 where goods were sold below their cost, and 1 where no cost is known', async () => {
    const db = await testDatabase();
    await loadOrders(db, 'ann,1,2026-01-01,1,10,,tea');
    expect(await marginOf(db)).toMatchObject({ marginRate: 1, marginSource: 'DEFAULT', knownCostShare: 0 });
    await loadOrders(db, 'ann,1,2026-01-01,1,10,30,tea');
    expect(await marginOf(db)).toMatchObject({ marginRate: 0, marginSource: 'COSTS', knownCostShare: 1 });
  });

  it('is the setting of the workspace rather than that of its costs, and the option of the run above all', async () => {
    const db = await testDatabase();
    await loadOrders(db, 'ann,1,2026-01-01,1,10,4,tea');
    const { workspaceId } = await published(db);
    await updateSettings(db.pool, workspaceId, { marginRate: 0.45, annualDiscountRate: 0.2 });
    const set = { marginRate: 0.45, marginSource: 'WORKSPACE', knownCostShare: 1, annualDiscountRate: 0.2 };
    expect(await marginOf(db)).toEqual(set);
    expect(await marginOf(db, { marginRate: 0, annualDiscountRate: 0 })).toEqual({
      ...set,
      marginRate: 0,
      marginSource: 'OPTION',
      annualDiscountRate: 0,
    });
    await updateSettings(db.pool, workspaceId, { marginRate: null, annualDiscountRate: null });
    expect(await marginOf(db)).toMatchObject({ marginRate: 0.6, marginSource: 'COSTS', annualDiscountRate: 0.1 });
  });
});
