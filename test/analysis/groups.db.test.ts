import { describe, expect, it } from 'vitest';

import { HORIZONS } from '../../server/domain/period.ts';
import type { ValueInterval } from '../../server/engine/models/group-interval.ts';
import { type ClvCells, type ClvFilter, type ClvGroup, readClvCells } from '../../server/scores/data/clv-cells.ts';
import { findRuns, type RunRow } from '../../server/scores/data/runs.ts';
import { intervalOfTotal, withoutLargest } from '../../server/scores/total-interval.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published, simulated } from '../support/shop.ts';

const COUNTRIES = ['DE', 'FR', 'NL'];
const QUANTILES = ['p10', 'p50', 'p90'] as const;
const YEAR = HORIZONS.indexOf('P12M');

interface Shop {
  readonly run: RunRow;
  readonly whole: ClvCells;
  /** Of some of the customers. */
  readonly filtered: readonly ClvCells[];
}

/** The orders of 400 simulated customers, and more rows: customer, order, placed at, unit price, channel, country. */
async function shopWith(...more: readonly string[]): Promise<Shop> {
  const db = await testDatabase();
  const [head, ...rows] = simulated(400).trim().split('\n');
  const countryOf = (row: string) => COUNTRIES[Number(/^c(\d+)/.exec(row)![1]) % COUNTRIES.length];
  const all = [`${head},country`, ...rows.map((row) => `${row},${countryOf(row)}`), ...more];
  await load(db, testFile(all.join('\n')));
  await analyse(db, { asOf: '2026-10-08' });
  const view = await published(db);
  const [run] = await findRuns(db.pool, view, [view.runId!]);
  const read = (filter: ClvFilter) => readClvCells(db.pool, view, filter);
  const whole = await read({});
  const filters = [
    ...whole.byCountry.map(({ country }) => ({ countries: [country!] })),
    ...whole.bySegment.map(({ segment }) => ({ segments: [segment] })),
    { segments: ['CHAMPION', 'LOYAL', 'LOST'] as const, countries: ['DE', 'FR'] },
  ];
  return { run: run!, whole, filtered: await Promise.all(filters.map(read)) };
}

const intervalsOf = ({ run }: Shop, { curve }: ClvGroup): ValueInterval[] =>
  curve.map((point) => intervalOfTotal(run, point.horizon, point)!);

/** Every group of a report by its name. */
const groupsOf = ({ bySegment, byCohort, byCountry }: ClvCells): ReadonlyMap<string, ClvGroup> =>
  new Map<string, ClvGroup>([
    ...bySegment.map((group) => [group.segment, group] as const),
    ...Object.entries(byCohort).flatMap(([length, groups]) =>
      groups.map((group) => [`${length} ${group.startsOn}`, group] as const),
    ),
    ...byCountry.map((group) => [group.country!, group] as const),
  ]);

let known: Promise<{ readonly plain: Shop; readonly odd: Shop }> | undefined;
const shops = () =>
  (known ??= (async () => ({
    plain: await shopWith(),
    odd: await shopWith(...['2026-02-20', '2026-06-20'].map((day, i) => `whale,w${i},${day},1000000,Search,SE`)),
  }))());

describe('one buyer of two orders of a million among 400', () => {
  it('moves no end of the interval of another group by more than a tenth', async () => {
    const { plain, odd } = await shops();
    const [before, after] = [groupsOf(plain.whole), groupsOf(odd.whole)];
    const whole = plain.whole.all.curve[YEAR]!.total;
    // Less than a hundredth of the value moves by the chance of its customers' 200 simulated futures alone.
    const isLarge = ([, { curve }]: [string, ClvGroup]) => curve[YEAR]!.total > 0.01 * whole;
    const isOther = ([, { curve }]: [string, ClvGroup]) => curve[YEAR]!.total < whole;
    const others = [...after].filter(isLarge).filter(isOther);
    expect(others.length).toBeGreaterThan(6);
    for (const [name, group] of others) {
      const were = intervalsOf(plain, before.get(name)!);
      for (const [i, now] of intervalsOf(odd, group).entries())
        for (const at of QUANTILES)
          expect(Math.abs(now[at] / were[i]![at] - 1), `${name} ${HORIZONS[i]} ${at}`).toBeLessThan(0.1);
    }
  });

  it('leaves the total of all others as it was, told beside the total', async () => {
    const { plain, odd } = await shops();
    const [before, after] = [plain.whole.all, odd.whole.all];
    const { total } = after.curve[YEAR]!;
    const rest = withoutLargest(odd.run, 'P12M', after.curve[YEAR]!)!;
    expect(rest.total + rest.largest.value).toBeCloseTo(total, 6);
    expect(rest.largest.value).toBeGreaterThan(10 * rest.total);
    const were = intervalsOf(plain, before)[YEAR]!;
    for (const at of QUANTILES) expect(rest.interval[at] / were[at]).toBeCloseTo(1, 1);
    expect(withoutLargest(plain.run, 'P12M', before.curve[YEAR]!)).toBeNull();
  });

  it('is no reason for a whole to be worth less than a part, in any report', async () => {
    const { plain, odd } = await shops();
    for (const shop of [plain, odd]) {
      const { whole, filtered } = shop;
      const pairs: [string, ClvGroup, ClvGroup][] = [];
      for (const report of [whole, ...filtered]) {
        pairs.push(['all', report.all, whole.all]);
        for (const [name, group] of groupsOf(report))
          pairs.push([name, group, report.all], [name, group, groupsOf(whole).get(name)!]);
      }
      for (const [name, part, all] of pairs) {
        const most = intervalsOf(shop, all);
        for (const [i, least] of intervalsOf(shop, part).entries())
          for (const at of QUANTILES)
            expect(least[at], `${name} ${HORIZONS[i]} ${at}`).toBeLessThanOrEqual(most[i]![at] * (1 + 1e-9));
      }
    }
  });
});
