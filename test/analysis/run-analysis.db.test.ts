import { describe, expect, it } from 'vitest';
import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { startAnalysis } from '../../server/analysis/run-analysis.ts';
import { readClvCells } from '../../server/scores/data/clv-cells.ts';
import { readCohorts } from '../../server/scores/data/cohort-cells.ts';
import { readRfmCells } from '../../server/scores/data/rfm-cells.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, HEADER, load, published, segments, simulated } from '../support/shop.ts';

describe('summaries', () => {
  const summaries = async ({ pool }: Database) =>
    (
      await pool.query(
        `select c.external_id as id, s.order_days as days, s.first_order_on as first, s.last_order_on as last, s.monetary_value as m,
           s.net_revenue::float8 as net, s.net_margin::float8 as margin from customer_summary s join customer c on c.id = s.customer_id order by 1`,
      )
    ).rows;

  it('merge the orders of a day, net refunds of known orders, and count no order that came back whole', async () => {
    const db = await testDatabase();
    const rows = [
      'ann,1,2026-01-01T08:00:00Z,1,10,4',
      'ann,2,2026-01-01T23:30:00Z,1,10,4',
      'ann,3,2026-01-11,1,30,10',
      'ann,3,2026-01-20,-1,10,4',
      'ann,4,2026-01-15,1,50,20',
      'ann,4,2026-01-18,-1,50,20',
      'bob,5,2026-01-05,1,8,5',
      'bob,5,2026-01-06,-1,8,5',
    ];
    await load(db, testFile(`customer,order,placed at,quantity,unit price,unit cost\n${rows.join('\n')}\n`));
    await analyse(db);
    expect(await summaries(db)).toEqual([
      { id: 'ann', days: 2, first: '2026-01-01', last: '2026-01-11', m: 20, net: 40, margin: 26 },
      { id: 'bob', days: 0, first: null, last: null, m: null, net: 0, margin: 0 },
    ]);
    expect(await segments(db)).toMatchObject({ Prospect: 1 });
  });

  it('count orders and refunds up to the as-of day and not beyond, whatever was analysed before', async () => {
    const db = await testDatabase();
    await load(
      db,
      testFile(
        `${HEADER},quantity\nann,1,2026-01-01,10,1\nann,2,2026-02-01,30,1\nann,1,2026-03-01,10,-1\nbob,3,2026-02-15,5,1\n`,
      ),
    );
    await analyse(db);
    expect(await summaries(db)).toMatchObject([
      { id: 'ann', days: 1, net: 30 },
      { id: 'bob', days: 1 },
    ]);
    await analyse(db, { asOf: '2026-02-01' });
    expect(await summaries(db)).toMatchObject([
      { id: 'ann', days: 2, net: 40 },
      { id: 'bob', days: 0 },
    ]);
    expect((await readRfmCells(db.pool, await published(db))).customers).toBe(1);
    await analyse(db);
    expect(await summaries(db)).toMatchObject([
      { id: 'ann', days: 1, net: 30 },
      { id: 'bob', days: 1 },
    ]);
  });

  it('are written again for changed customers only', async () => {
    const db = await testDatabase();
    const versions = async () =>
      (
        await db.pool.query(
          'select s.xmin::text as v from customer_summary s join customer c on c.id = s.customer_id order by external_id',
        )
      ).rows.map(({ v }) => v);
    await load(db, testFile(`${HEADER}\nann,1,2026-01-01,10\nbob,2,2026-01-02,10\n`));
    await analyse(db);
    const [ann, bob] = await versions();
    await load(db, testFile(`${HEADER}\nann,1,2026-01-01,10\nbob,2,2026-01-02,10\nbob,3,2026-04-02,10\n`));
    await analyse(db);
    const [annAfter, bobAfter] = await versions();
    expect(annAfter).toBe(ann);
    expect(bobAfter).not.toBe(bob);
  });
});

describe('a run', () => {
  it('falls back with a reason where there are too few repeat buyers', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(8)));
    const { fits } = await analyse(db);
    expect(fits).toMatchObject([
      { model: 'Pooled rate', status: 'FALLBACK', reason: expect.stringMatching(/\d+ customers .* 10 are needed/) },
      { model: 'Pooled mean', status: 'FALLBACK', reason: expect.stringContaining('10 are needed') },
    ]);
    const { rows } = await db.pool.query(
      'select bool_and(probability_alive is null) as unknown, min(clv_12) as least from customer_score',
    );
    expect(rows[0].unknown).toBe(true);
    expect(rows[0].least).toBeGreaterThan(0);
  });

  it('adds up to the same figures by segment, cohort and country as in all', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(300)));
    await analyse(db, { marginRate: 0.4 });
    const { all, bySegment, byCohort, byCountry, byBin } = await readClvCells(db.pool, await published(db), {});
    const { rows } = await db.pool.query(
      'select count(*)::int as n, sum(clv_12) as clv, sum(clv_variance[3]) as variance from customer_score',
    );
    expect(all.customers).toBe(rows[0].n);
    expect(all.curve[2]!.total).toBeCloseTo(rows[0].clv, 6);
    for (const groups of [bySegment, byCohort.MONTH, byCohort.QUARTER, byCohort.YEAR, byCountry]) {
      expect(groups.reduce((sum, group) => sum + group.customers, 0)).toBe(all.customers);
      const sum = (of: 'mean' | 'variance') =>
        groups.flatMap(({ curve }) => curve[2]!.parts!).reduce((total, part) => total + part[of], 0);
      expect(sum('mean')).toBeCloseTo(all.curve[2]!.total, 6);
      expect(sum('variance') / rows[0].variance).toBeCloseTo(1, 9);
    }
    expect([...byBin.values()].reduce((sum, bin) => sum + bin.customers, 0)).toBe(all.customers);
  });

  it('lays out cohorts with retention and revenue net of refunds, an empty month included', async () => {
    const db = await testDatabase();
    const rows = [
      'ann,1,2026-01-05,10,1',
      'bob,2,2026-01-20,20,1',
      'ann,3,2026-03-02,30,1',
      'bob,2,2026-03-05,5,-1',
      'cat,4,2026-03-09,7,1',
    ];
    await load(db, testFile(`${HEADER},quantity\n${rows.join('\n')}\n`));
    await analyse(db);
    const cohorts = await readCohorts(db.pool, await published(db), 'MONTH');
    expect(cohorts).toMatchObject([
      {
        startsOn: '2026-01-01',
        customers: 2,
        periods: [
          { period: 0, activeCustomers: 2, retention: 1, isComplete: true },
          { period: 1, activeCustomers: 0, retention: 0, isComplete: true },
          { period: 2, activeCustomers: 1, retention: 0.5, cumulativeRevenuePerCustomer: 27.5, isComplete: false },
        ],
      },
      { startsOn: '2026-03-01', customers: 1, periods: [{ period: 0, activeCustomers: 1 }] },
    ]);
    expect(await readCohorts(db.pool, await published(db), 'QUARTER')).toMatchObject([
      { startsOn: '2026-01-01', customers: 3, periods: [{ period: 0, retention: 1 }] },
    ]);
  });

  it('that fails leaves the published one in place and says why', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(60)));
    const { run } = await analyse(db);
    await expect(analyse(db, { asOf: '2020-01-01' })).rejects.toMatchObject({ code: 'NO_ORDERS' });
    expect((await published(db)).runId).toBe(run);
    const { rows } = await db.pool.query(
      "select reason, finished_at is not null as ended from analysis_run where status = 'FAILED'",
    );
    expect(rows).toEqual([{ reason: 'no customer has an order by 2020-01-01: choose a later day', ended: true }]);
  });

  it('is seen by readers whole or not at all, and keeps the figures of the one before', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(120)));
    const first = await analyse(db);
    const { pool } = db;
    let isDone = false;
    const runs = new Set<string | null>();
    const watching = (async () => {
      while (!isDone) {
        const view = await published(db);
        runs.add(view.runId);
        expect((await readClvCells(pool, view, {})).all.customers).toBe(120);
      }
    })();
    const second = await analyse(db);
    isDone = true;
    await watching;
    const third = await analyse(db);
    expect([...runs].every((run) => run === first.run || run === second.run)).toBe(true);
    const kept = (await pool.query('select distinct run_id from customer_score')).rows.map(({ run_id }) => run_id);
    expect(kept.sort()).toEqual([second.run, third.run].sort());
    const statuses = await pool.query('select id, status from analysis_run order by started_at');
    expect(statuses.rows.map(({ status }) => status)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'PUBLISHED']);
  });

  it('is refused while another of its workspace is alive, and not because of one that has died', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(60)));
    const { id } = await findWorkspace(db.pool, 'shop');
    const pretend = (age: string) =>
      db.pool.query(
        `insert into analysis_run (id, workspace_id, status, as_of, currency, annual_discount_rate, margin_rate, heartbeat_at)
         values (gen_random_uuid(), $1, 'RUNNING', '2026-01-01', 'USD', 0.1, 1, now() - $2::interval)`,
        [id, age],
      );
    await pretend('10 minutes');
    await analyse(db);
    await pretend('1 second');
    await expect(analyse(db)).rejects.toMatchObject({ code: 'ANALYSIS_RUNNING' });
  });

  it('that is taken for dead while it works does not publish over the one that followed', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(60)));
    const workspace = await findWorkspace(db.pool, 'shop');
    const slow = await startAnalysis(db.pool, workspace, {});
    await db.pool.query("update analysis_run set heartbeat_at = now() - interval '10 minutes'");
    const { run } = await analyse(db);
    await expect(slow.done).rejects.toMatchObject({ code: 'RUN_CUT_OFF' });
    expect((await published(db)).runId).toBe(run);
    expect((await db.pool.query('select distinct run_id from customer_score')).rows).toEqual([{ run_id: run }]);
  });

  it('reports how many customers are done, never fewer than before and all in the end, while it scores and recommends', async () => {
    const db = await testDatabase();
    const rows = Array.from({ length: 1100 }, (_, i) => `c${i},${i},2026-0${1 + (i % 3)}-02,p${i % 3},10`);
    await load(db, testFile(['customer,order,placed at,product,unit price', ...rows].join('\n')));
    const told: { stage: string; shares: [number, number][] }[] = [];
    const watcher = {
      onStage: (stage: string) => void told.push({ stage, shares: [] }),
      onProgress: (done: number, total: number) => void told.at(-1)!.shares.push([done, total]),
    };
    await (await startAnalysis(db.pool, await findWorkspace(db.pool, 'shop'), {}, watcher)).done;
    expect(told.map(({ stage }) => stage)).toEqual(['summarise', 'backtest', 'fit', 'score', 'recommend', 'publish']);
    for (const { stage, shares } of told) {
      const done = shares.map(([count]) => count);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      if (stage !== 'score' && stage !== 'recommend') expect(shares).toEqual([]);
      else expect([shares.length > 1, shares.at(-1)]).toEqual([true, [1100, 1100]]);
    }
  });

  it('looks past an order in a year that has not come', async () => {
    const db = await testDatabase();
    await load(db, testFile(`${HEADER}\nann,1,2026-01-02,10\nbob,2,2026-02-02,10\neve,3,2126-01-02,10\n`));
    expect(await analyse(db)).toMatchObject({ asOf: '2026-02-02', customers: 2 });
    await expect(analyse(db, { asOf: '2199-01-01' })).rejects.toMatchObject({ code: 'BAD_DATE' });
  });

  it.each([
    [{ asOf: '2026-02-30' }, 'BAD_DATE'],
    [{ annualDiscountRate: -0.1 }, 'BAD_DISCOUNT_RATE'],
    [{ annualDiscountRate: 0.0018 }, 'BAD_DISCOUNT_RATE'],
    [{ marginRate: 1.2 }, 'BAD_MARGIN'],
  ])('refuses %j before it is recorded', async (input, code) => {
    const db = await testDatabase();
    await load(db, testFile(simulated(3)));
    await expect(analyse(db, input)).rejects.toMatchObject({ code });
    expect((await db.pool.query('select 1 from analysis_run')).rows).toEqual([]);
  });
});
