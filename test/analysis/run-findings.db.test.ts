import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../server/engine/analytics/backtest/coverage-by-horizon.ts';
import { findBacktests } from '../../server/scores/data/backtests.ts';
import { findRuns } from '../../server/scores/data/runs.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { everywhere } from '../support/horizons.ts';
import { analyse, HEADER, load, published, simulated } from '../support/shop.ts';

async function publishedRun(db: Database) {
  const view = await published(db);
  const [run] = await findRuns(db.pool, view, [view.runId!]);
  const [backtests] = await findBacktests(db.pool, view, [view.runId!]);
  return { run: run!, backtests: backtests! };
}

interface Scored {
  readonly id: string;
  readonly clv: number;
  readonly p10: number[];
  readonly p50: number[];
  readonly p90: number[];
  readonly change: number[];
  readonly stratum: number;
}

const scores = async ({ pool }: Database, runId: string | null): Promise<Scored[]> =>
  (
    await pool.query(
      `select c.external_id as id, clv_12 as clv, clv_p10 as p10, clv_p50 as p50, clv_p90 as p90, clv_change as change, stratum
       from customer_score s join customer c on c.id = s.customer_id where run_id = $1 order by 1`,
      [runId],
    )
  ).rows;

describe('a backtest', () => {
  it('measures every model and the baseline at several origins, and publishes the best one with its reason', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(400)));
    const { fits } = await analyse(db);
    const { run, backtests } = await publishedRun(db);
    expect(run.backtestWeeks).toBeGreaterThanOrEqual(4);
    expect(run.modelReason).toContain(fits[0]!.model);
    const origins = [...new Set(backtests.map(({ origin }) => origin))];
    expect(origins.length).toBeGreaterThanOrEqual(3);
    expect(origins).toEqual(origins.toSorted());
    for (const origin of origins) {
      const models = backtests.filter((row) => row.origin === origin).map(({ model }) => model);
      expect(models.sort()).toEqual(['BG/NBD', 'MBG/NBD', 'NBD', 'Own rate', 'Pareto/NBD']);
    }
    const [{ customers, totals }] = run.coverage as [Coverage];
    expect(totals.count).toBe(origins.length);
    expect(customers.held / customers.count).toBeGreaterThan(0.6);
    expect(Math.abs(customers.held / customers.count - customers.promised)).toBeLessThan(0.1);
    expect(run.errors!.map(({ deviation }) => deviation < 0.6)).toEqual(everywhere(1).map(() => true));
    expect(run.fits.filter(({ process }) => process === 'TRANSACTIONS').map(({ model }) => model)).toHaveLength(3);
    expect(run.fits.filter(({ isChosen }) => isChosen).map(({ model }) => model)).toEqual(
      fits.map(({ model }) => model),
    );
  });

  it('is left out, with the reason, where there is too little history', async () => {
    const db = await testDatabase();
    await load(db, testFile(`${HEADER}\nann,1,2026-01-01,10\nann,2,2026-01-09,10\nbob,3,2026-01-02,10\n`));
    await analyse(db);
    const { run, backtests } = await publishedRun(db);
    expect(run).toMatchObject({ backtestWeeks: null, coverage: [], ownShare: 0 });
    expect(run.backtestReason).toMatch(/weeks/);
    expect(backtests).toEqual([]);
  });

  it('keeps to the model that was asked for, and says so', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(400)));
    const { fits } = await analyse(db, { model: 'pareto' });
    expect(fits[0]).toMatchObject({ model: 'Pareto/NBD', status: 'CONVERGED' });
    expect((await publishedRun(db)).run.modelReason).toMatch(/^the model was asked for/);
  });
});

it('leans on a prior where there are few repeat buyers, and says how much', async () => {
  const db = await testDatabase();
  await load(db, testFile(simulated(60)));
  const [transactions, spend] = (await analyse(db, { model: 'mbg' })).fits;
  for (const fit of [transactions!, spend!]) {
    expect(fit.status).toBe('CONVERGED');
    expect(fit.priorWeight).toBeGreaterThan(0.01);
    expect(fit.priorWeight).toBeLessThan(0.99);
    expect(fit.reason).toContain(`${Math.round(100 * fit.priorWeight)}% of the fit is the prior's`);
  }
});

it('gives every customer the interval of their CLV, the same one each time', async () => {
  const db = await testDatabase();
  await load(db, testFile(simulated(300)));
  const first = await scores(db, (await analyse(db)).run);
  for (const { p10, p50, p90 } of first) {
    expect(p10).toHaveLength(5);
    for (const [i, low] of p10.entries()) {
      expect(low).toBeLessThanOrEqual(p50[i]!);
      expect(p50[i]).toBeLessThanOrEqual(p90[i]!);
    }
  }
  expect(first.filter(({ p10, p90 }) => p90[2]! > p10[2]!).length).toBeGreaterThan(200);
  const second = await scores(db, (await analyse(db)).run);
  expect(second.map(({ id, p10, p90 }) => ({ id, p10, p90 }))).toEqual(
    first.map(({ id, p10, p90 }) => ({ id, p10, p90 })),
  );
});

describe('the change since the run before', () => {
  it('adds up to the difference, and names the orders as the cause of who ordered', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(300)));
    const before = await scores(db, (await analyse(db, { asOf: '2026-08-31', model: 'mbg' })).run);
    const after = await scores(db, (await analyse(db, { asOf: '2026-09-30', model: 'mbg' })).run);
    const { rows } = await db.pool.query(
      `select distinct c.external_id as id from "order" o join customer c on c.id = o.customer_id
       where placed_at >= '2026-09-01' and placed_at < '2026-10-01'`,
    );
    const ordered = new Set(rows.map(({ id }) => id));
    expect(ordered.size).toBeGreaterThan(10);
    for (const { id, clv, change } of after) {
      const old = before.find((score) => score.id === id)!;
      const [recency, orders, spend, refit] = change as [number, number, number, number];
      expect(recency + orders + spend + refit).toBeCloseTo(clv - old.clv, 6);
      if (ordered.has(id)) expect(orders).toBeGreaterThan(0);
      else expect([orders, spend]).toEqual([0, 0]);
    }
  });

  it('is unknown for the first run and for who is new', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(300)));
    const first = await analyse(db);
    expect((await scores(db, first.run)).every(({ change }) => change.length === 0)).toBe(true);
    await load(db, testFile(`${HEADER}\nnew,n1,2026-10-07,10\n`));
    const second = await scores(db, (await analyse(db)).run);
    expect(second.find(({ id }) => id === 'new')!.change).toEqual([]);
    expect(second.filter(({ change }) => change.length === 4)).toHaveLength(300);
  });
});

describe('covariates', () => {
  it('are found to matter and used where they do', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(800, 3)));
    await analyse(db, { model: 'mbg', covariates: ['channel', 'country'] });
    const { run } = await publishedRun(db);
    const { covariates } = run;
    expect(covariates).toMatchObject({ isUsed: true, likelihoodRatio: { degrees: 2 } });
    expect(covariates!.likelihoodRatio!.pValue).toBeLessThan(1e-6);
    const [rate] = covariates!.coefficients;
    expect(rate!.process).toBe('transaction');
    expect(Math.abs(Math.abs(rate!.value) - Math.log(3))).toBeLessThan(4 * rate!.standardError!);
    expect(covariates!.strata.map(({ levels }) => levels[0]).sort()).toEqual(['Newsletter', 'Search']);
    const used = new Set((await scores(db, run.id)).map(({ stratum }) => stratum));
    expect([...used].sort()).toEqual([0, 1]);
  });

  it('are left alone, with the reason, where they change nothing or do not vary', async () => {
    const db = await testDatabase();
    await load(db, testFile(simulated(400)));
    await analyse(db, { model: 'mbg', covariates: ['channel'] });
    expect((await publishedRun(db)).run.covariates).toMatchObject({
      isUsed: false,
      reason: expect.stringContaining('chance explains them'),
      strata: [],
    });
    await analyse(db, { model: 'mbg', covariates: ['first-category'] });
    expect((await publishedRun(db)).run.covariates).toMatchObject({
      isUsed: false,
      reason: expect.stringContaining('no category has two levels'),
      likelihoodRatio: null,
    });
  });
});

it('puts the formulas of the field beside the models', async () => {
  const db = await testDatabase();
  const rows = ['ann,1,2026-01-01,10', 'ann,2,2026-02-01,10', 'bob,3,2026-01-02,40', 'bob,4,2026-03-31,40'];
  await load(db, testFile(`${HEADER}\n${rows.join('\n')}\n`));
  await analyse(db, { marginRate: 0.5 });
  const { formulas } = (await publishedRun(db)).run;
  expect(formulas.find(({ key }) => key === 'HISTORIC')).toEqual({ key: 'HISTORIC', perCustomer: 25 });
  // In a month with an order a customer brings 25, margin half of it; of three such months before the last one two were followed by none.
  expect(formulas.find(({ key }) => key === 'ARPU_MARGIN_CHURN')!.perCustomer).toBeCloseTo(12.5 / (2 / 3), 9);
});
