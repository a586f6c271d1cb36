import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../server/engine/numerics/random.ts';
import type { RecommendationFindings } from '../../server/engine/recommenders/evaluation/findings.ts';
import { readRecommendationFindings } from '../../server/recommendations/data/recommendation-findings.ts';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase, testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { simulatedShop } from '../support/interactions.ts';
import { analyse, load, published } from '../support/shop.ts';

const LINES = 'customer,order,placed at,product,category,unit price,unit cost';
const LAST_DAY = Date.UTC(2026, 9, 31);

/** Order lines of a shop whose customers have tastes: products s0 to s39 of four categories, dearer by number. */
const bought = simulatedShop(7, { users: 300, items: 40 }).flatMap((entries, customer) =>
  entries.map(({ item, age }) => {
    const day = new Date(LAST_DAY - age * 86_400_000).toISOString().slice(0, 10);
    return `c${customer},${customer}-${day},${day},s${item},k${item % 4},${10 + item},${5 + item / 4}`;
  }),
);

// Nothing twice on one day: then the margin of a purchase is that of one.
const rows = [...new Set(bought)];

/** Enough of them for every kind of recommendation. */
const few = rows.filter((row) => Number(/^c(\d+),/.exec(row)![1]) < 100);

/** The rows in an order that has nothing to do with how they came. */
function shuffled(lines: readonly string[]): string[] {
  const random = createRandom(3);
  return lines
    .map((line) => ({ line, rank: random.uniform() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line);
}

const file = (lines: readonly string[], header = LINES) => testFile(`${[header, ...lines].join('\n')}\n`);

interface ListRow {
  readonly customer: string;
  readonly rank: number;
  readonly product: string;
  readonly category: string;
  readonly kind: string;
  readonly probability: number | null;
  readonly value: number | null;
  readonly times: number;
  readonly because: readonly string[];
  readonly ratio: number | null;
}

const LISTS = `
  select c.external_id as customer, r.rank, p.external_id as product, p.category, r.kind, r.probability, r.value, r.times_bought as times,
    r.price_ratio as ratio,
    array(select b.external_id from product b where b.id = any(r.because_ids) order by 1) as because
  from recommendation r join customer c on c.id = r.customer_id join product p on p.id = r.product_id
  join workspace w on w.published_run_id = r.run_id order by 1, 2`;

const listsOf = async ({ pool }: Database): Promise<ListRow[]> => (await pool.query<ListRow>(LISTS)).rows;

const findingsOf = async (db: Database): Promise<RecommendationFindings> =>
  (await readRecommendationFindings(db.pool, await published(db)))!;

describe('an analysis of a shop with tastes', () => {
  let db: Database;
  let lists: readonly ListRow[];
  let findings: RecommendationFindings;
  const boughtBy = new Map<string, Set<string>>();
  for (const row of rows) {
    const [customer, , , product] = row.split(',');
    boughtBy.set(customer!, (boughtBy.get(customer!) ?? new Set()).add(product!));
  }

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
    writeFileSync(join(folder, 'orders.csv'), `${[LINES, ...rows].join('\n')}\n`);
    db = await freshDatabase();
    await load(db, join(folder, 'orders.csv'));
    await analyse(db);
    lists = await listsOf(db);
    findings = await findingsOf(db);
    return async () => {
      await db.close();
      rmSync(folder, { recursive: true });
    };
  });

  it('gives every customer a list, ranked from 1 and with no product twice', () => {
    expect(new Set(lists.map(({ customer }) => customer))).toEqual(new Set(boughtBy.keys()));
    for (const customer of boughtBy.keys()) {
      const own = lists.filter((row) => row.customer === customer);
      expect(own.map(({ rank }) => rank)).toEqual(own.map((_, i) => i + 1));
      expect(new Set(own.map(({ product }) => product)).size).toBe(own.length);
    }
  });

  it('replenishes what was bought and cross-sells what was not, with what speaks for it', () => {
    for (const { customer, product, kind, times, because } of lists) {
      expect([product, boughtBy.get(customer)!.has(product)]).toEqual([product, kind === 'REPLENISH']);
      expect(times > 0).toBe(kind === 'REPLENISH');
      expect(because.every((each) => boughtBy.get(customer)!.has(each))).toBe(true);
      if (kind === 'CROSS_SELL' || kind === 'UP_SELL') expect(because.length).toBeGreaterThan(0);
    }
  });

  it('steps up within the category, by no more than is within reach', () => {
    const steps = lists.filter(({ kind }) => kind === 'UP_SELL');
    expect(steps.length).toBeGreaterThan(20);
    for (const { ratio, category, because } of steps) {
      expect(ratio).toBeGreaterThanOrEqual(1.15);
      expect(because.every((id) => `k${Number(id.slice(1)) % 4}` === category)).toBe(true);
    }
  });

  it('values a recommendation by its probability times the margin', () => {
    for (const { probability, value, product } of lists) {
      const item = Number(product.slice(1));
      expect(value).toBeCloseTo(probability! * (10 + item - (5 + item / 4)), 6);
    }
  });

  it('reports which recommenders it uses, and that the blend beats popularity on held-out purchases', () => {
    expect(findings).toMatchObject({ horizonDays: 28, customers: boughtBy.size, products: 40 });
    expect(findings.split).toMatchObject({ until: '2026-10-03' });
    const popularity = findings.recommenders.find(({ recommender }) => recommender === 'popularity')!;
    expect(findings.blend!.ndcg).toBeGreaterThan(popularity.figures!.ndcg);
    const used = findings.recommenders.filter(({ isUsed }) => isUsed);
    expect(used.reduce((sum, { weight }) => sum + weight!, 0)).toBeCloseTo(1, 12);
    for (const { isUsed, reason } of findings.recommenders) expect(reason).toMatch(isUsed ? /^used: / : /^not used: /);
  });

  it('gives the same lists whatever the order of the rows, and whatever other rows could not be taken', async () => {
    const other = await testDatabase();
    const bad = ['c0,bad,2026-13-45,s1,k1,10,5', 'c1,late,2099-01-01,s-new,k1,10,5', 'c2,odd,2026-10-01,s1,k1,ten,5'];
    await load(other, file(shuffled([...rows, ...bad])));
    await analyse(other);
    const known = (await listsOf(other)).filter(({ customer }) => customer !== 'c1');
    expect(known).toEqual(lists.filter(({ customer }) => customer !== 'c1'));
  });

  it('never offers what is excluded or out of stock', async () => {
    const closed = await testDatabase();
    await load(closed, file(few));
    await load(closed, file(['s0,no,', 's1,yes,yes', 's2,yes,no'], 'product,stock,excluded'), 'products');
    await analyse(closed);
    const { rows: trending } = await closed.pool.query(
      'select p.external_id as product from trending_product t join product p on p.id = t.product_id',
    );
    const offered = new Set([...(await listsOf(closed)), ...trending].map(({ product }) => product));
    expect(offered.has('s2')).toBe(true);
    expect(['s0', 's1'].filter((product) => offered.has(product))).toEqual([]);
  });
});

it('reports that nothing was measured where the history is short, and has no probability', async () => {
  const db = await testDatabase();
  await load(
    db,
    file([
      'ann,1,2026-01-01,tea,k,5,2',
      'ann,2,2026-01-10,tea,k,5,2',
      'bob,3,2026-01-05,tea,k,5,2',
      'bob,3,2026-01-05,pot,k,20,9',
    ]),
  );
  await analyse(db);
  const { split, blend, reason } = await findingsOf(db);
  expect({ split, blend }).toEqual({ split: null, blend: null });
  expect(reason).toBe('default weights: too little history to measure: 9 days of purchases, fewer than 28');
  for (const { probability, value } of await listsOf(db)) expect([probability, value]).toEqual([null, null]);
});

it('says that there is nothing to recommend where no line names a product', async () => {
  const db = await testDatabase();
  await load(db, file(['ann,1,2026-01-01,5', 'ann,2,2026-02-01,5'], 'customer,order,placed at,unit price'));
  await analyse(db);
  expect((await findingsOf(db)).reason).toBe('no recommendations: no order line or event names a product');
  expect(await listsOf(db)).toEqual([]);
});

it('counts looking at a product less than buying it, and says so to those who only looked', async () => {
  const db = await testDatabase();
  await load(db, file(few));
  await load(db, file(['eve,s4,viewed,2026-10-30', 'eve,s8,viewed,2026-10-30'], 'customer,product,kind,at'), 'events');
  await analyse(db);
  const own = (await listsOf(db)).filter(({ customer }) => customer === 'eve');
  expect(own.length).toBeGreaterThan(0);
  expect(own.every(({ kind }) => kind === 'CROSS_SELL' || kind === 'TRENDING')).toBe(true);
  expect(own.some(({ because }) => because.includes('s4') || because.includes('s8'))).toBe(true);
  const { rows: counts } = await db.pool.query(
    "select distinct r.bought_both from recommendation r join customer c on c.id = r.customer_id where c.external_id = 'eve'",
  );
  expect(counts).toEqual([{ bought_both: null }]);
});

it('lets go of the lists of all runs but the published one and the one before', async () => {
  const db = await testDatabase();
  await load(db, file(rows.slice(0, 400)));
  const runs: string[] = [];
  for (let time = 0; time < 3; time++) runs.push((await analyse(db)).run);
  for (const table of ['recommendation', 'replenishment', 'product_score', 'product_neighbor', 'trending_product']) {
    const { rows: kept } = await db.pool.query<{ id: string }>(`select distinct run_id as id from ${table}`);
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(runs.slice(1)));
  }
});
