import { execFile } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';

import { browserLaunchOptions } from './support/browser.ts';
import { json } from './support/cli.ts';
import { type DemoServer, demoIn } from './support/demo.ts';
import { testFile } from './support/files.ts';
import { type PageFile, servePage } from './support/static-page.ts';

/** Of its own, so that what is written here does not change the demo's figures. */
const WORKSPACE = 'examples';

const SCOPES = 'analyses:write analytics:read customers:read campaigns:read campaigns:write exposures:write'.split(' ');

describe('the examples', { timeout: 180_000 }, () => {
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await demoIn(inject('demo'));
  });

  /** Runs a script as its first lines say, with the checkout's own `perennial` for npx. @returns The lines that it prints. */
  async function run(script: string, key: string, ...args: string[]): Promise<string[]> {
    const npx = testFile(`#!/bin/sh\nshift\nexec node dist/server/cli.js "$@"\n`, 'npx');
    chmodSync(npx, 0o755);
    const env = {
      ...process.env,
      PATH: `${dirname(npx)}:${process.env.PATH}`,
      PERENNIAL_URL: `${demo.url}/graphql`,
      PERENNIAL_KEY: key,
      PERENNIAL_DATA: demo.folder,
      DATABASE_URL: '',
    };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', `examples/${script}`, ...args], {
      env,
    });
    return stdout.trim().split('\n');
  }

  it('list every customer of a segment, page by page', async () => {
    const lines = await run('paged-list.ts', demo.key);
    const { data } = await demo.ask(`{ customers(first: 1, filter: { segments: [CHAMPION] }) {
      totalCount
      nodes { externalId clv { value { amount } interval { p10 { amount } p90 { amount } } } }
    } }`);
    const { totalCount, nodes } = data.customers;
    expect(totalCount).toBeGreaterThan(100);
    expect(new Set(lines).size).toBe(totalCount);
    const [{ externalId, clv }] = nodes;
    const { p10, p90 } = clv.interval;
    expect(lines[0]).toBe(`${externalId}: ${clv.value.amount} EUR (${p10.amount} to ${p90.amount})`);
  });

  it('import a file and analyse it, then run a campaign on its customers', async () => {
    const rows = Array.from({ length: 90 }, (_, order) => {
      const day = new Date(Date.UTC(2026, 0, 1 + order)).toISOString().slice(0, 10);
      return `c${order % 30},${order},${day},20.00,EUR`;
    });
    const file = testFile(['customer,order,placed at,unit price,currency', ...rows].join('\n'));
    await json(demo.folder, 'import', file, '--format', 'orders', '--workspace', WORKSPACE);
    const scopes = ['--scopes', ...SCOPES];
    const { key } = await json<{ key: string }>(demo.folder, 'keys', 'create', ...scopes, '--workspace', WORKSPACE);

    expect(await run('import.ts', key, file, WORKSPACE)).toEqual([
      'imported 90 orders of 30 customers',
      expect.stringMatching(/^published 30 customers as of 2026-03-31: /),
    ]);

    const [assigned, recorded, evidence, ...variants] = await run('campaign.ts', key, 'Spring win-back');
    expect(assigned).toBe('assigned 30 customers');
    const sends = Number(/^recorded (\d+) sends$/.exec(recorded!)?.[1]);
    expect(evidence).toMatch(/^NO_DATA: /);
    expect(variants).toEqual([
      `10% off: ${sends} assigned, ${sends} within their window, no lift yet`,
      `nothing: ${30 - sends} assigned, ${30 - sends} within their window, no lift yet`,
    ]);
  });

  it('show elements on a page, and lead on from a chosen customer', async () => {
    const files: Record<string, PageFile> = {};
    const { address: origin, close } = await servePage(files);
    onTestFinished(() => void close());
    const read = ['customers:read', 'products:read', 'analytics:read', 'recommendations:read'];
    const options = ['--kind', 'publishable', '--origin', origin, '--scopes', ...read, '--workspace', 'demo'];
    const { key } = await json<{ key: string }>(demo.folder, 'keys', 'create', ...options);
    const content = readFileSync('examples/widget-page.html', 'utf8')
      .replaceAll('http://127.0.0.1:4000', demo.url)
      .replace('YOUR_PUBLISHABLE_KEY', key);
    files['/'] = { type: 'text/html', content };
    const browser = await chromium.launch(await browserLaunchOptions());
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(origin);
    await page.locator('clv-at-risk-list tbody tr').first().click();
    await page.locator('clv-recommendations [part=row]').first().waitFor();
    expect(await page.locator('#customer').getAttribute('href')).toMatch(/^\/customers\/C-\d{5}$/);
  });
});
