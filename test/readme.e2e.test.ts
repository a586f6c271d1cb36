import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';

import { browserLaunchOptions } from './support/browser.ts';
import { type DemoServer, demoIn } from './support/demo.ts';
import { testFolder } from './support/files.ts';
import { bash, codeBlocks } from './support/page-code.ts';
import { type PageFile, servePage } from './support/static-page.ts';

const blocks = codeBlocks('README.md');

const [start, test, own, more, lists, campaigns, ask, judge, keyForPages] = blocks('sh');

describe('the README', { timeout: 180_000 }, () => {
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await demoIn(inject('demo'));
  });

  it('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect([start, test]).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
    expect(scripts).toMatchObject({
      prepare: expect.any(String),
      start: expect.stringContaining('serve'),
      test: expect.stringContaining('vitest'),
    });
    expect(readFileSync('.ci/run', 'utf8')).toMatch(/npm ci\n[\s\S]*npm run test:full /);
  });

  it('imports the files it shows, analyses them, makes a key and lists customers', () => {
    const folder = testFolder();
    for (const [index, name] of ['orders.csv', 'products.csv', 'events.csv'].entries())
      writeFileSync(join(folder, name), blocks('csv')[index]!);
    const output = bash(own!, folder);
    expect(output).toMatch(/orders +2\nrefunds +1\ngross, EUR +31.50\nnet, EUR +13.50\n/);
    expect(output).toMatch(/Pooled rate \(fallback\)/);
    expect(output).toMatch(/clv_rk_live_/);
    const imported = bash(more!, folder).matchAll(/accepted +(\d)\n(?:customers +(\d)\n)?products +(\d)/g);
    expect([...imported].map(([, ...figures]) => figures)).toEqual([
      ['2', undefined, '2'],
      ['3', '2', '2'],
    ]);
    bash(lists!, folder);
    const [header, ...rows] = readFileSync(join(folder, 'offer-a-teapot.csv'), 'utf8').trim().split('\n');
    expect(header).toMatch(/^customer,name,email,.*,last_order_on$/);
    expect(rows).toEqual([expect.stringMatching(/^"bob",,"bob@example.com","FR","Search",/)]);
    expect(readFileSync(join(folder, 'out-of-tea.csv'), 'utf8')).toMatch(/,expected_on,.*,last_bought_on\n/);
    writeFileSync(join(folder, 'sends.csv'), blocks('csv')[3]!);
    const judged = bash(campaigns!, folder);
    expect(judged).toMatch(/accepted +2\ncustomers +2\n/);
    expect(judged).toMatch(/Spring win-back +win back +email +broadcast +running +2026-09-02\n/);
    expect(judged).toMatch(/\nnothing \(control\) +\d/);
    expect(judged).toMatch(/last_order_on\n"ann",/);
  });

  it('compares recommenders on a file of orders', () => {
    const folder = testFolder();
    const rows = Array.from({ length: 400 }, (_, order) => {
      const day = new Date(Date.UTC(2026, 0, 1 + (order % 120))).toISOString().slice(0, 10);
      return `c${order % 40},${order},${day},p${order % 7}`;
    });
    writeFileSync(join(folder, 'orders.csv'), ['customer,order,placed at,product', ...rows].join('\n'));
    expect(bash(judge!, folder)).toMatch(
      /until 2026-04-02[\s\S]*Recall@10[\s\S]*\npopularity [\s\S]*\nrepeatPurchase /,
    );
  });

  it('shows the answer that the demo store gives to its query', () => {
    const answer = bash(ask!.replace('http://127.0.0.1:4000', demo.url), testFolder(), { KEY: demo.key });
    // The README rounds shares to four decimals.
    const shown = JSON.parse(blocks('json')[0]!, (_key, value) =>
      typeof value === 'number' ? expect.closeTo(value, 4) : value,
    );
    expect(JSON.parse(answer)).toEqual(shown);
  });

  it('has the demo store answer the questions it shows', async () => {
    const [campaign, why, next] = blocks('graphql');
    const { data, errors } = await demo.ask(why!);
    expect(errors).toBeUndefined();
    expect(data.customer).toMatchObject({
      clv: expect.anything(),
      aliveHistory: expect.anything(),
      forecast: expect.anything(),
    });
    expect(data.analysisRun).toMatchObject({ modelReason: expect.any(String), backtest: expect.anything() });
    expect((await demo.ask(next!)).errors).toBeUndefined();
    const { data: judged, errors: faults } = await demo.ask(campaign!);
    expect(faults).toBeUndefined();
    expect(judged.campaign.results).toMatchObject({ evidence: 'BETTER', sampleRatio: { isMismatch: false } });
    expect(judged.nextBestCampaigns.proposals.length).toBeGreaterThan(5);
  });

  it('draws the element it shows on a page of another origin, with the key it tells to make', async () => {
    const files: Record<string, PageFile> = {};
    const { address: origin, close } = await servePage(files);
    onTestFinished(() => void close());
    const made = bash(
      `${keyForPages!.trim().replace('https://admin.example.com', origin)} --workspace demo`,
      testFolder(),
      { PERENNIAL_DATA: demo.folder },
    );
    const html = blocks('html')[0]!
      .replaceAll('http://127.0.0.1:4000', demo.url)
      .replace('YOUR_PUBLISHABLE_KEY', made.split('\n')[0]!);
    files['/'] = { type: 'text/html', content: `<!doctype html>${html}` };
    const browser = await chromium.launch(await browserLaunchOptions());
    onTestFinished(() => browser.close());
    const tab = await browser.newPage();
    await tab.goto(origin);
    await tab.locator('clv-value-chart').getByText('Champion').first().waitFor();
  });
});
