/** `npm run screenshot` makes the picture in README from the running demo. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';

import { browserLaunchOptions } from '../support/browser.ts';
import { demoIn, launchDemo } from '../support/demo.ts';

const folder = mkdtempSync(join(tmpdir(), 'perennial-demo-'));
const stop = launchDemo(folder);
const demo = await demoIn(folder);
const browser = await chromium.launch(await browserLaunchOptions());
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5 });
await page.goto(`${demo.url}/demo`);
await page.locator('clv-at-risk-list tbody tr').first().click();
await page.locator('clv-value-chart').getByText('Champion').first().waitFor();
await page.locator('#detail h2').waitFor();
await page.mouse.move(0, 0);
await page.screenshot({ path: 'docs/demo.png' });
await browser.close();
await stop();
rmSync(folder, { recursive: true });
