import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { dayOfNumber } from '../../server/domain/day.ts';
import { UNITS } from '../../server/engine/analytics/evaluation/order-book.ts';
import { failing, json, run, unwrapped } from '../support/cli.ts';
import { testFile, testFolder } from '../support/files.ts';
import { simulatedOrders } from '../support/simulated-orders.ts';

const FIRST_DAY = 20_000;
const ROWS = simulatedOrders(150, 200, 4)
  .flatMap((orders, i) => orders.map(({ day, units }, k) => [`${i}-${k}`, `C${i}`, day, units / UNITS] as const))
  .map(([order, customer, day, total]) => `${order},${customer},${dayOfNumber(FIRST_DAY + day)},${total}`);

const orders = (rows: readonly string[] = ROWS) => testFile(['order,customer,date,total', ...rows].join('\n'));

const evaluating = (...args: string[]) => ['evaluate', 'value', ...args];

describe('perennial evaluate value', { timeout: 120_000 }, () => {
  it('gives cells and their summary as JSON, and makes no store', async () => {
    const folder = testFolder();
    const { cells, summary, ...about } = await json<{ cells: object[]; summary: object }>(
      folder,
      ...evaluating('--data', orders()),
    );
    const figure = expect.any(Number);
    expect(about).toMatchObject({ source: 'orders', rows: ROWS.length, orders: ROWS.length, rejected: {} });
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject({
      ...{ asOf: dayOfNumber(FIRST_DAY + 84), months: 3, customers: figure, actual: figure, predicted: figure },
      ...{ p10: figure, p90: figure, held: expect.any(Boolean), customersHeld: figure },
      ...{ groups: figure, groupsHeld: figure },
      ...{
        valueMae: figure,
        baselineMae: figure,
        bias: figure,
        model: expect.any(String),
        modelReason: expect.any(String),
      },
    });
    expect(summary).toEqual({
      totals: 1,
      totalsHeld: Number((cells[0] as { held: boolean }).held),
      ...{ customersHeld: figure, groups: figure, groupsHeld: figure, meanAbsLogMiss: figure, beatBaseline: figure },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('prints tables in 80 columns, and writes a page that needs nothing else', async () => {
    const folder = testFolder();
    const args = evaluating('--data', orders(), '--page', join(folder, 'forecasts.html'));
    const { code, stdout } = await run(folder, ...args);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const [about, totals, customers, findings] = stdout.trim().split('\n\n');
    expect(about).toMatch(/^source +orders\n/);
    expect(totals).toMatch(/^as of .* held +bias\n.* 3 /);
    expect(customers).toMatch(/^as of +mo +model +MAE +own rate/);
    expect(findings).toMatch(/^totals +[01] of 1 /);
    const page = readFileSync(join(folder, 'forecasts.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)/);
  });

  it('refuses what it cannot use with what is accepted', async () => {
    const wrong: [string[], number, string][] = [
      [[], 2, '--data'],
      [['--data', orders(), '--format', 'excel'], 2, 'Allowed choices'],
      [['--data', orders(ROWS.slice(0, 1))], 1, '3 months to be judged by'],
      [['--data', testFile('id,name,price\nA,Tea,3\n')], 1, 'expected a file of orders'],
    ];
    for (const [args, status, expected] of wrong) {
      const { code, stderr } = await failing(testFolder(), ...evaluating(...args));
      expect([args, code]).toEqual([args, status]);
      expect(unwrapped(stderr)).toContain(expected);
      expect(stderr).not.toContain('    at ');
    }
  });
});
