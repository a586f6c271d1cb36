import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { embeddedStore, ended, failing, firstMatch, json, run, start, testStore, unwrapped } from '../support/cli.ts';
import { testFile } from '../support/files.ts';

const HEADER = 'customer,order,placed at,unit price';
const FILE = `${HEADER}\nann,1,2026-01-02,10\nann,2,2026-02-02,20\nbob,3,2026-01-05,5\nann,,2026-01-05,5\n`;

const tooLong = (text: string) => text.split('\n').filter((line) => line.length > 80);

describe('perennial', { timeout: 240_000 }, () => {
  it('imports, analyses, creates keys and reports the status, as JSON', async () => {
    const store = await testStore();
    const file = testFile(FILE);
    const report = await json<Record<string, unknown>>(store, 'import', file, '--format', 'orders');
    expect(report).toEqual({
      job: expect.stringMatching(/^[\da-f-]{36}$/),
      source: 'orders',
      currency: 'USD',
      revenue: 'NET_SALES',
      profile: null,
      rows: 4,
      accepted: 3,
      excluded: {},
      rejected: { MISSING_ORDER: 1 },
      warnings: [],
      anonymous: { orders: 0, net: 0 },
      customers: 2,
      products: 0,
      orders: 3,
      refunds: 0,
      gross: 35,
      discount: 0,
      tax: 0,
      shipping: 0,
      net: 35,
      seconds: expect.any(Number),
    });
    const fit = {
      model: expect.any(String),
      parameters: expect.any(Object),
      status: 'fallback',
      reason: expect.any(String),
    };
    const analysis = await json<Record<string, unknown>>(store, 'analyze', '--as-of', '2026-03-01');
    expect(analysis).toEqual({
      run: expect.any(String),
      asOf: '2026-03-01',
      customers: 2,
      marginRate: 1,
      marginSource: 'DEFAULT',
      revenue: 'NET_SALES',
      knownCostShare: 0,
      annualDiscountRate: 0.1,
      unassignedRefundRate: 0,
      transactions: { ...fit, logLikelihood: expect.any(Number) },
      spend: { ...fit, logLikelihood: null },
      segments: expect.any(Object),
      modelReason: expect.stringContaining('default'),
      backtest: { reason: expect.stringContaining('weeks') },
      recommendations: expect.objectContaining({ reason: expect.stringMatching(/^no recommendations: /) }),
      clv12: {
        total: expect.any(Number),
        p10: expect.any(Number),
        p50: expect.any(Number),
        p90: expect.any(Number),
        mean: expect.any(Number),
        // Of two customers, one carries more than 20% of the variance.
        withoutLargest: {
          total: expect.any(Number),
          p10: expect.any(Number),
          p50: expect.any(Number),
          p90: expect.any(Number),
        },
      },
      seconds: expect.any(Number),
    });
    const key = await json<{ id: string; key: string; scopes: string[] }>(
      store,
      'keys',
      'create',
      '--scopes',
      'customers:read',
      'analytics:read',
    );
    expect(key).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^clv_rk_live_/),
      scopes: ['customers:read', 'analytics:read'],
      workspace: 'default',
    });
    const revoked = await json<object>(store, 'keys', 'revoke', key.id);
    expect(revoked).toEqual({ id: key.id, revokedAt: expect.any(String) });
    expect(await json(store, 'keys', 'revoke', key.id)).toEqual(revoked);
    const { keys } = await json<{ keys: object[] }>(store, 'keys', 'list');
    expect(keys).toEqual([
      expect.objectContaining({ id: key.id, revokedAt: expect.any(String), lastFour: key.key.slice(-4) }),
    ]);
    expect(JSON.stringify(keys)).not.toContain(key.key);
    expect(await json(store, 'status')).toEqual({
      engine: 'postgresql',
      migrations: readdirSync('prisma/migrations').filter((name) => /^\d{4}_/.test(name)),
      workspaces: ['default'],
      customers: 2,
      orders: 3,
      run: analysis.run,
    });
    const rejects = await json(store, 'rejects', String(report.job));
    expect(rejects).toEqual({
      job: report.job,
      rows: [{ lineNo: 5, reason: 'MISSING_ORDER', detail: expect.any(String), raw: 'ann,,2026-01-05,5' }],
    });
    const asCsv = await run(store, 'rejects', String(report.job));
    expect(asCsv.stdout).toBe(
      'line_no,reason,detail,raw\n5,"MISSING_ORDER","the order number is empty, and the row continues no order above","ann,,2026-01-05,5"\n',
    );
  });

  it('prints lines of at most 80 characters for people, and a line for each stage of an analysis into a pipe', async () => {
    const store = await testStore();
    await json(store, 'import', testFile(FILE), '--format', 'orders');
    await json(store, 'keys', 'create');
    const analysis = await run(store, 'analyze');
    const stages = ['summarise', 'backtest', 'fit', 'score', 'recommend', 'publish'];
    expect(analysis.stderr.trim().split('\n')).toEqual(stages.map((stage) => `${stage} ...`));
    const others = [await run(store, 'status'), await run(store, 'keys', 'list'), await run(store, 'settings')];
    const helps = ['keys create', 'settings set', 'evaluate recommendations', 'customers'].map((name) =>
      run(store, ...name.split(' '), '--help'),
    );
    for (const { stdout } of [analysis, ...others, ...(await Promise.all(helps))]) expect(tooLong(stdout)).toEqual([]);
  });

  it('takes a catalogue and events, and lists customers by what they bought', async () => {
    const store = await testStore();
    const orders = 'customer,order,placed at,product,unit price\nann,1,2026-01-02,tea,4\nbob,2,2026-01-03,pot,20\n';
    const report = (figures: object) => ({ rejected: {}, orders: 0, refunds: 0, gross: 0, net: 0, ...figures });
    const importing = (content: string, format: string) =>
      json<object>(store, 'import', testFile(content), '--format', format);
    expect(await importing('product,price,stock\ntea,4,12\nmug,9,no\n', 'products')).toMatchObject(
      report({ rows: 2, accepted: 2, customers: 0, products: 2 }),
    );
    expect(await importing('customer,product,kind,at\ncem,mug,viewed,2026-01-01\n', 'events')).toMatchObject(
      report({ rows: 1, accepted: 1, customers: 1, products: 1 }),
    );
    await importing(orders, 'orders');
    const early = await run(store, 'customers', '--bought', 'tea');
    expect(early).toMatchObject({ code: 0, stderr: expect.stringContaining('no run is published yet') });
    expect(await json(store, 'analyze')).toMatchObject({ asOf: '2026-01-03', customers: 3 });
    expect(await json(store, 'customers', '--bought', 'tea')).toEqual({
      customers: [expect.objectContaining({ customer: 'ann', segment: expect.any(String), currency: 'USD' })],
    });
    const csv = await run(store, 'customers', '--not-bought', 'tea', 'mug', '--segments', 'PROSPECT');
    expect(csv.stdout).toBe(
      'customer,name,email,country,channel,segment,clv_12m,currency,p10,p90,probability_alive,last_order_on\n"cem",,,,,"PROSPECT",,"USD",,,,\n',
    );
    const unknown = await run(store, 'customers', '--bought', 'coffee');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('"coffee"')]);
    expect(await run(store, 'customers', '--countries', 'XX')).toMatchObject({ code: 1, stdout: '' });
    expect(await json(store, 'recommend', '--customer', 'ann')).toMatchObject({
      customer: 'ann',
      variant: 'PERSONAL',
      reason: null,
      asOf: '2026-01-03',
      recommendations: [
        {
          rank: 1,
          product: { externalId: 'pot' },
          kind: 'TRENDING',
          probability: null,
          reason: { text: 'among the best-selling products' },
        },
      ],
    });
    const shown = await run(store, 'recommend', '--customer', 'cem');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('pot') });
    const nobody = await run(store, 'recommend', '--customer', 'zoe');
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('no customer "zoe"')]);
  });

  it('ends with 2 on wrong usage, and says what is accepted', async () => {
    const store = await testStore();
    await json(store, 'import', testFile(FILE), '--format', 'orders');
    const wrong: [string[], string][] = [
      [['import', 'x.csv', '--format', 'excel'], 'shopify-orders'],
      [['analyze', '--model', 'neural'], 'auto, mbg, mbg-cnbd, bg, pareto'],
      [['analyze', '--discount-rate', '0.2%/week'], 'a year'],
      [['analyze', '--margin-rate', '1.2'], '0 to 1'],
      [['serve', '--port', 'many'], '0 to 65535'],
      [['forecast'], 'unknown command'],
      [['analyze', '--as-of', 'nonsense'], 'YYYY-MM-DD'],
      [['keys', 'create', '--scopes', 'everything'], 'customers:read'],
      [['keys', 'create', '--expires', 'soon'], 'YYYY-MM-DD'],
      [['customers', '--segments', 'WHALE'], 'CHAMPION, LOYAL'],
      [['customers', '--within', 'soon'], '0 to 365'],
      [['recommend'], '--customer'],
      [['recommend', '--customer', 'ann', '--first', '99'], '1 to 24'],
      [['customers', '--within', '7'], 'expected a product'],
    ];
    for (const [args, expected] of wrong) {
      const { code, stderr } = await failing(store, ...args);
      expect([args, code]).toEqual([args, 2]);
      expect(unwrapped(stderr)).toContain(expected);
      expect(tooLong(stderr)).toEqual([]);
    }
    expect(await run(store, ...wrong[0]![0])).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('excel'),
    });
  });

  it('shows engine and workspaces where the workspace that no one named does not exist, and refuses a named one', async () => {
    const store = await testStore();
    const nothing = { engine: 'postgresql', workspaces: [] as string[], customers: null, orders: null, run: null };
    expect(await json(store, 'status')).toMatchObject(nothing);
    await json(store, 'import', testFile(FILE), '--format', 'orders', '--workspace', 'shop');
    expect(await json(store, 'status')).toMatchObject({ ...nothing, workspaces: ['shop'] });
    expect(await json(store, 'status', '-w', 'shop')).toMatchObject({ workspaces: ['shop'], customers: 2, orders: 3 });
    expect(await run(store, 'status', '--workspace', 'default')).toMatchObject({ code: 1, stdout: '' });
  });

  it('ends with 1 on a failure, with the reason and no stack', async () => {
    const store = await testStore();
    const { code, stdout, stderr } = await run(store, 'analyze', '--workspace', 'nobody', '--json');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('no workspace "nobody"');
    expect(stderr).not.toContain('    at ');
  });

  it('serves on the port that it prints, lets a second process work on the same store, and closes on SIGTERM', async () => {
    const folder = embeddedStore();
    const server = start(folder, 'serve', '--port', '0', '--no-demo');
    const end = ended(server);
    const [, url] = await firstMatch(server, 'stdout', /^Perennial listens on (http:\/\/127\.0\.0\.1:\d+)\n$/);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok', engine: 'embedded' });
    await json(folder, 'import', testFile(FILE), '--format', 'orders');
    const { key } = await json<{ key: string }>(folder, 'keys', 'create', '--scopes', 'customers:read');
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query: '{ customers { totalCount } }' }),
    });
    expect(await answer.json()).toEqual({ data: { customers: { totalCount: 2 } } });
    server.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('refuses to serve a store that another process runs, and a port that is taken, in one line', async () => {
    const folder = embeddedStore();
    const server = start(folder, 'serve', '--port', '0', '--no-demo');
    const [, port] = await firstMatch(server, 'stdout', /:(\d+)\n$/);
    const second = await run(folder, 'serve', '--port', '0', '--no-demo');
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('another process runs the database')]);
    const other = await run(await testStore(), 'serve', '--port', port!, '--no-demo');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('the port is taken')]);
    expect(other.stderr).toContain(`127.0.0.1:${port}: the port is taken`);
    expect(other.stderr).not.toMatch(/ {4}at |EADDRINUSE/);
  });

  it('ends quietly when the reader of its output has seen enough, and distinguishes an empty import from others', async () => {
    const store = await testStore();
    const nothing = testFile(`${HEADER}\n${Array.from({ length: 20_000 }, () => 'ann,,2026-01-02,1').join('\n')}\n`);
    const { code, stdout, stderr } = await run(store, 'import', nothing, '--format', 'orders', '--json');
    expect([code, JSON.parse(stdout).accepted]).toEqual([1, 0]);
    expect(stderr).toContain('no row could be taken');
    const rejects = start(store, 'rejects', JSON.parse(stdout).job);
    const end = ended(rejects);
    rejects.stdout.once('data', () => rejects.stdout.destroy());
    expect(await end).toMatchObject({ code: 0, stderr: '' });
  });
});
