import { type Browser, chromium } from 'playwright';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { browserLaunchOptions } from '../support/browser.ts';
import { servePage } from '../support/static-page.ts';

import { importAnswer, importPreview, importReport } from './stub-import.ts';
import {
  atRiskAnswer,
  campaignNamesAnswer,
  campaignResultsAnswer,
  recommendationsAnswer,
  segmentPickerAnswer,
  valueChartAnswer,
} from './stub-server.ts';

const POLICY = "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

const PAGE = `<!doctype html>
<html lang="en">
  <script src="/watch.js"></script>
  <script type="module" src="/perennial.js"></script>
  <clv-provider endpoint="/graphql">
    <clv-segment-picker></clv-segment-picker>
    <clv-value-chart></clv-value-chart>
    <clv-at-risk-list></clv-at-risk-list>
    <clv-recommendations></clv-recommendations>
    <clv-campaign-results></clv-campaign-results>
    <clv-import></clv-import>
  </clv-provider>
</html>`;

const WATCH = `
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
`;

const buffer = Buffer.from('customer,order,placed at\n');

let browser: Browser;
let page: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({ logLevel: 'silent', build: { write: false } });
  const [chunk] = [result].flat().flatMap((one) => (one as Rolldown.RolldownOutput).output as Rolldown.OutputChunk[]);
  const data = { ...segmentPickerAnswer(), ...valueChartAnswer(), ...atRiskAnswer({ first: 10 }) };
  const clv = { ...valueChartAnswer().clv };
  const { customer } = recommendationsAnswer();
  const campaigns = { ...campaignNamesAnswer(), ...campaignResultsAnswer() };
  const imports = ['Import', 'StartImport', 'ImportProgress'].map(importAnswer);
  // Every query gets the same answer: it has the report of one and the preview of another.
  const looks = { importPreview: { ...importPreview(), report: importReport() } };
  page = await servePage({
    '/': { type: 'text/html', content: PAGE, headers: { 'content-security-policy': POLICY } },
    '/watch.js': { type: 'text/javascript', content: WATCH },
    '/perennial.js': { type: 'text/javascript', content: chunk!.code },
    '/uploads?name=a.csv': { type: 'application/json', content: JSON.stringify({ upload: 'u1' }) },
    '/graphql': {
      type: 'application/json',
      content: JSON.stringify({ data: Object.assign({ ...data, ...campaigns, clv, customer, ...looks }, ...imports) }),
    },
  });
  browser = await chromium.launch(await browserLaunchOptions());
});

afterAll(async () => {
  await browser?.close();
  await page?.close();
  vi.unstubAllEnvs();
});

it('works on a page that allows no inline style, no inline script and no policy but Lit’s', async () => {
  const tab = await browser.newPage();
  const errors: string[] = [];
  tab.on('pageerror', ({ message }) => errors.push(message));
  await tab.goto(page.address);
  await tab.locator('clv-value-chart .line').first().waitFor({ state: 'attached' });
  await tab.locator('clv-segment-picker [role=option]').nth(1).click();
  await tab.locator('clv-at-risk-list tbody tr').nth(2).click();
  await tab.locator('clv-recommendations tbody tr').nth(1).click();
  await tab.locator('clv-value-chart .plot').hover();
  await tab.locator('clv-value-chart .tooltip').waitFor();
  await tab.locator('clv-value-chart button').click();
  await tab.locator('clv-value-chart table').waitFor();
  const zero = tab.locator('clv-campaign-results .zero').first();
  expect(await zero.evaluate((line) => Number(getComputedStyle(line).getPropertyValue('--at')))).toBeGreaterThan(0);
  await tab.locator('clv-campaign-results select').nth(1).selectOption('MARGIN');
  await tab.locator('clv-import input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
  await tab.locator('clv-import').getByText('Taken for: Shopify orders').waitFor();
  await tab.locator('clv-import .primary').click();
  await tab.locator('clv-import').getByText('Imported: orders.csv').waitFor();
  expect(errors).toEqual([]);
  expect(await tab.evaluate('violations')).toEqual([]);
  const bar = tab.locator('clv-segment-picker [role=option]').first();
  expect(await bar.evaluate((option) => getComputedStyle(option).getPropertyValue('--bar'))).toBe('0.5');
});

it('takes dark colours from the page’s colour scheme', async () => {
  const tab = await browser.newPage({ colorScheme: 'dark' });
  await tab.goto(page.address);
  const swatch = tab.locator('clv-segment-picker .swatch').first();
  const colour = () => swatch.evaluate((element) => getComputedStyle(element).borderTopColor);
  expect(await colour()).toBe('rgb(63, 51, 164)');
  await tab.evaluate('document.documentElement.style.colorScheme = "light dark"');
  expect(await colour()).toBe('rgb(101, 97, 230)');
  await tab.evaluate('document.querySelector("clv-provider").theme = "light"');
  await tab.waitForFunction('document.querySelector("clv-provider").getAttribute("theme") === "light"');
  expect(await colour()).toBe('rgb(63, 51, 164)');
});

it('outlines the bands with dots where the system’s own colours leave no pale fill', async () => {
  const tab = await browser.newPage({ forcedColors: 'active' });
  await tab.goto(page.address);
  const band = tab.locator('clv-value-chart .band').first();
  await band.waitFor({ state: 'attached' });
  const styles = await band.evaluate((element) => {
    const { fill, stroke, strokeDasharray } = getComputedStyle(element);
    return { fill, stroke, strokeDasharray };
  });
  expect(styles).toEqual({ fill: 'none', stroke: 'rgb(0, 0, 0)', strokeDasharray: '1px, 3px' });
});
