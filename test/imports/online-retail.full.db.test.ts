import { expect, it } from 'vitest';

import { testDatabase } from '../support/database.ts';
import { isMissing, sharedData } from '../support/files.ts';
import { load } from '../support/shop.ts';

const file = sharedData('online_retail/online_retail.csv.gz');
it.skipIf(isMissing(file))(
  'gives the published figures of the whole file, twice (skipped without ../shared/data)',
  { timeout: 240_000 },
  async () => {
    const db = await testDatabase();
    const expected = {
      rows: 541_909,
      rejected: { MISSING_CUSTOMER: 135_080 },
      customers: 4372,
      orders: 18_536,
      refunds: 3654,
      gross: '8911407.9040',
      net: '8300065.8140',
    };
    expect(await load(db, file, 'online-retail')).toMatchObject(expected);
    expect(await load(db, file, 'online-retail')).toMatchObject(expected);
    const { rows } =
      await db.pool.query(`select (select count(*)::int from customer) as customers, (select count(*)::int from "order") as orders,
    (select count(*)::int from refund) as refunds, (select count(*)::int from order_line) as lines, (select sum(amount)::text from "order") as gross,
    (select count(*)::int from customer c where not exists (select from "order" o where o.customer_id = c.id)) as "refundsOnly"`);
    expect(rows).toEqual([
      { customers: 4372, orders: 18_536, refunds: 3654, lines: 397_924, gross: '8911407.9040', refundsOnly: 33 },
    ]);
  },
);
