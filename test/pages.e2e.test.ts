import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';

import { browserLaunchOptions } from './support/browser.ts';
import { type DemoServer, demoIn } from './support/demo.ts';
import { testFolder } from './support/files.ts';
import { bash, type CodeBlock, codeBlocks } from './support/page-code.ts';
import { type PageFile, servePage } from './support/static-page.ts';

const PAGES = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
const blocks = PAGES.flatMap(codeBlocks);
const blocksOf = (language: string, page?: string): CodeBlock[] =>
  blocks.filter((block) => block.language === language && (page === undefined || block.page === page));
const codeOf = (language: string, page: string) => blocksOf(language, page).map(({ code }) => code);

const [start, test, own, ask] = codeOf('sh', 'README.md');
const [, evaluation] = codeOf('sh', 'docs/recommendations.md');
const [, forecasts] = codeOf('sh', 'docs/analysis.md');
const [upload, twoSteps] = codeOf('sh', 'docs/import.md').slice(-2);
const [keyForPages] = codeOf('sh', 'docs/widgets.md');

describe('the code of README and docs', { timeout: 180_000 }, () => {
  let demo: DemoServer;
  beforeAll(async () => {
    demo = await demoIn(inject('demo'));
  });

  it('is in languages that are run here, or draws a picture', () => {
    const known = ['sh', 'csv', 'graphql', 'json', 'html', 'mermaid'];
    expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
    expect(blocksOf('csv').filter(({ file }) => file === null)).toEqual([]);
    expect(blocksOf('json')).toHaveLength(1);
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

  it('imports the files it shows, analyses them, makes keys and lists customers, page after page in one store', () => {
    const folder = testFolder();
    // The workspace `default` of the demo's store: its server runs, so the commands need not start the database.
    const runIn = (code: string) => bash(code, folder, { PERENNIAL_DATA: demo.folder });
    for (const { file, code } of blocksOf('csv')) writeFileSync(join(folder, file!), code);
    const outputs = new Map([['README.md', runIn(own!)]]);
    for (const page of ['import', 'analysis', 'campaigns', 'recommendations', 'widgets', 'api', 'operations']) {
      const commands = codeOf('sh', `docs/${page}.md`).filter(
        (code) => ![evaluation, forecasts, upload, twoSteps].includes(code),
      );
      outputs.set(page, runIn(commands.join('\n')));
    }
    expect(outputs.get('README.md')).toMatch(
      /orders +2\nrefunds +1\ngross, EUR +31.50\nrefunded, EUR +18.00\nnet, EUR +13.50\n/,
    );
    expect(outputs.get('README.md')).toMatch(/Pooled rate \(fallback\)[\s\S]*\nclv_rk_live_/);
    const imported = outputs.get('import')!.matchAll(/accepted +(\d)\n(?:customers +(\d)\n)?products +(\d)/g);
    expect([...imported].map(([, ...figures]) => figures)).toEqual([
      // Of the dry run.
      ['4', '2', '2'],
      ['4', '2', '2'],
      ['2', undefined, '2'],
      ['3', '2', '2'],
    ]);
    const [header, ...rows] = readFileSync(join(folder, 'recommend-a-teapot.csv'), 'utf8').trim().split('\n');
    expect(header).toMatch(/^customer,name,email,.*,last_order_on$/);
    expect(rows).toEqual([expect.stringMatching(/^"bob",,"bob@example.com","FR","Search",/)]);
    expect(readFileSync(join(folder, 'out-of-tea.csv'), 'utf8')).toMatch(/,expected_on,.*,last_bought_on\n/);
    const campaigns = outputs.get('campaigns')!;
    expect(campaigns).toMatch(/accepted +2\ncustomers +2\n/);
    expect(campaigns).toMatch(/Spring win-back +win back +email +broadcast +running +2026-09-02\n/);
    expect(campaigns).toMatch(/\nnothing \(control\) +\d/);
    expect(campaigns).toMatch(/last_order_on\n"ann",/);
    expect(outputs.get('recommendations')).toMatch(/trending/);
    expect(outputs.get('widgets')).toMatch(/^clv_pk_live_/);
    expect(outputs.get('api')).toMatch(
      /nightly export\nkind +restricted\n[\s\S]*scopes +customers:read customers:pii\n/,
    );
    expect(JSON.parse(outputs.get('operations')!)).toMatchObject({ engine: 'embedded', customers: 3, orders: 2 });
  });

  it('sends a file to the server, in one step and in two', () => {
    const folder = testFolder();
    for (const { file, code } of blocksOf('csv')) writeFileSync(join(folder, file!), code);
    const env = { PERENNIAL_DATA: demo.folder };
    bash('npx perennial import orders.csv -w uploads', folder, env);
    const scopes = '--scopes imports:write imports:read';
    const made = bash(`npx perennial keys create --name uploads ${scopes} -w uploads --json`, folder, env);
    const run = (code: string) =>
      bash(code.replaceAll('http://127.0.0.1:4000', demo.url), folder, { PERENNIAL_KEY: JSON.parse(made).key });
    const answer = JSON.parse(run(upload!));
    expect(answer).toMatchObject({ source: 'orders', currency: 'EUR', job: expect.any(String) });
    const [preview, started] = run(twoSteps!)
      .split(/(?<=\})\n?(?=\{"data")/)
      .map((text) => JSON.parse(text));
    expect(preview.data.importPreview).toMatchObject({
      source: 'orders',
      refusal: null,
      report: { orders: 2, refunds: 1, net: { amount: '13.50', currency: 'EUR' } },
    });
    expect(started.data.startImport.job).toMatchObject({ id: expect.any(String) });
  });

  it('compares recommenders on a file of orders', () => {
    const folder = testFolder();
    const rows = Array.from({ length: 400 }, (_, order) => {
      const day = new Date(Date.UTC(2026, 0, 1 + (order % 120))).toISOString().slice(0, 10);
      return `c${order % 40},${order},${day},p${order % 7}`;
    });
    writeFileSync(join(folder, 'orders.csv'), ['customer,order,placed at,product', ...rows].join('\n'));
    expect(bash(evaluation!, folder)).toMatch(
      /until 2026-04-02[\s\S]*best 10 +Recall[\s\S]*\npopularity [\s\S]*\nrepeatPurchase /,
    );
  });

  it('measures forecasts on a file of orders, and draws them', () => {
    const folder = testFolder();
    const rows = Array.from({ length: 400 }, (_, order) => {
      const day = new Date(Date.UTC(2026, 0, 1 + (order % 190))).toISOString().slice(0, 10);
      return `c${(7 * order) % 60},${order},${day},${5 + (order % 9)}`;
    });
    writeFileSync(join(folder, 'orders.csv'), ['customer,order,placed at,total', ...rows].join('\n'));
    expect(bash(forecasts!, folder)).toMatch(/2026-03-26 +3 +60 [\s\S]*\ntotals +[01] of 1 /);
    expect(readFileSync(join(folder, 'forecasts.html'), 'utf8')).toContain('<svg');
  });

  it('shows the answer that the demo store gives to its request', () => {
    const answer = bash(ask!.replace('http://127.0.0.1:4000', demo.url), testFolder(), { KEY: demo.key });
    // The page rounds shares to four decimals.
    const shown = JSON.parse(codeOf('json', 'README.md')[0]!, (_key, value) =>
      typeof value === 'number' ? expect.closeTo(value, 4) : value,
    );
    expect(JSON.parse(answer)).toEqual(shown);
  });

  it('has the demo store answer every query, without an error', async () => {
    const answers = await Promise.all(blocksOf('graphql').map(({ code }) => demo.ask(code)));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const data = Object.assign({}, ...answers.map((answer) => answer.data));
    expect(data.analysisRun).toMatchObject({ modelReason: expect.any(String), backtest: expect.anything() });
    expect(data.campaign.results).toMatchObject({ evidence: 'BETTER', sampleRatio: { isMismatch: false } });
    expect(data.nextBestCampaigns.proposals.length).toBeGreaterThan(5);
    expect(data.customers).toMatchObject({ pageInfo: { hasNextPage: true }, nodes: [{}, {}] });
    const why = await demo.ask(codeOf('graphql', 'docs/analysis.md').find((code) => code.startsWith('query Why'))!);
    expect(why.data.customer).toMatchObject({
      clv: { interval: expect.anything() },
      aliveHistory: expect.anything(),
      forecast: expect.anything(),
    });
  });

  it.each(blocksOf('html').map(({ page, code }) => [page, code] as const))(
    'draws the elements of %s on a page of another origin, with the key that docs/widgets.md makes',
    async (_, code) => {
      const files: Record<string, PageFile> = {};
      const { address: origin, close } = await servePage(files);
      onTestFinished(() => void close());
      const made = bash(
        `${keyForPages!.trim().replace('https://admin.example.com', origin)} --workspace demo`,
        testFolder(),
        { PERENNIAL_DATA: demo.folder },
      );
      const html = code
        .replaceAll('http://127.0.0.1:4000', demo.url)
        .replace('YOUR_PUBLISHABLE_KEY', made.split('\n')[0]!);
      files['/'] = { type: 'text/html', content: `<!doctype html>${html}` };
      const browser = await chromium.launch(await browserLaunchOptions());
      onTestFinished(() => browser.close());
      const tab = await browser.newPage();
      await tab.goto(origin);
      await tab.locator('clv-value-chart').getByText('Champion').first().waitFor();
    },
  );
});
