import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningServer, serve } from '../../server/main.ts';
import { connect } from '../../server/store/database.ts';
import { browserLaunchOptions } from '../support/browser.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { createStore, PEPPER } from '../support/store.ts';

/** In the layout of Shopify: two orders that count, one with a refund; one that was cancelled; a row without a date. */
const SHOPIFY = `Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,Refunded Amount
#1,ann@example.com,paid,2026-05-01 10:00:00 +0200,EUR,18.00,5.00,0.00,23.00,SPRING,2.00,2,Green tea,10.00,,0.00
#2,bob@example.com,partially_refunded,2026-05-02 10:00:00 +0200,EUR,30.00,0.00,0.00,30.00,,0.00,1,Teapot,30.00,,12.00
#3,cem@example.com,paid,2026-05-03 10:00:00 +0200,EUR,30.00,0.00,0.00,30.00,,0.00,1,Teapot,30.00,2026-05-04 10:00:00 +0200,0.00
#4,dan@example.com,paid,never,EUR,30.00,0.00,0.00,30.00,,0.00,1,Teapot,30.00,,0.00
`;

const UNKNOWN = `Kunde;Beleg;Datum;Betrag
ann;1;03/05/2026;12,50
bob;2;04/05/2026;7,50
`;

describe('the import page', { timeout: 60_000 }, () => {
  let server: RunningServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));

  beforeAll(async () => {
    const databaseUrl = await freshDatabaseUrl();
    const db = await connect({ connectionString: databaseUrl, max: 2 }, 'postgresql');
    await createStore(db, [], { name: 'demo' });
    await db.close();
    const limits = { uploadLimit: 1024 ** 2, pepper: PEPPER, logLevel: 'silent' } as const;
    const config = { databaseUrl, dataFolder: folder, host: '127.0.0.1', port: 0, ...limits };
    server = await serve(config, { demo: true }, () => {});
    browser = await chromium.launch(await browserLaunchOptions());
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  /** The page, with everything that it complained of. */
  async function open(): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}/demo/import`);
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    return { page, complaints };
  }

  const choose = (page: Page, name: string, text: string) =>
    page.locator('clv-import input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
  const figure = (page: Page, name: string) => page.locator(`clv-import .amounts .${name} td`).textContent();

  it('takes a shop’s export as it is to figures of its customers', async () => {
    const { page, complaints } = await open();
    await choose(page, 'orders_export.csv', SHOPIFY);
    await page.getByText('Taken for: Shopify orders').waitFor();
    await page.locator('clv-import .figures').waitFor();
    expect([await figure(page, 'net'), await figure(page, 'refunded')]).toEqual(['€36.00', '-€12.00']);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Imported: orders_export.csv').waitFor();
    expect(await figure(page, 'net')).toBe('€36.00');
    expect(await page.locator('clv-import .rejects tbody td').nth(1).textContent()).toBe('Bad date');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /Download all rejected rows/ }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('dan@example.com');
    await page.getByRole('button', { name: 'Analyse' }).click();
    await page.getByRole('link', { name: 'See your customers' }).click();
    await expect.poll(() => page.locator('#customers').textContent()).toContain('2');
    expect(await page.locator('.brand').textContent()).toContain('Your shop');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('takes a file of an unknown source when its columns are named', async () => {
    const { page, complaints } = await open();
    await choose(page, 'belege.csv', UNKNOWN);
    await page.getByText('Source not known').waitFor();
    await page.getByLabel('The file holds').selectOption('orders');
    for (const [header, column] of [
      ['Kunde', 'customer'],
      ['Beleg', 'order'],
      ['Datum', 'placed at'],
      ['Betrag', 'line total'],
    ] as const) {
      await page.getByLabel(`${header} is read as`).selectOption(column);
      await page.locator('clv-import .body.ready').first().waitFor();
    }
    await page.getByLabel('Dates are written').selectOption('dd/MM/yyyy');
    await page.locator('clv-import .figures').waitFor();
    expect(await figure(page, 'net')).toBe('€20.00');
    await page.getByLabel('Betrag is read as').selectOption('');
    await page.getByText('No column with amounts was found').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('can be used by keyboard alone, and moves the focus with each step', async () => {
    const { page, complaints } = await open();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).press('Enter');
    await (await chooser).setFiles({ name: 'orders.csv', mimeType: '', buffer: Buffer.from(SHOPIFY) });
    await page.locator('clv-import .figures').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent?.trim());
    expect(await focused()).toBe('Taken for: Shopify orders');
    for (let presses = 0; presses < 60 && (await focused()) !== 'Import'; presses++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Imported: orders.csv').waitFor();
    await expect.poll(focused).toBe('Imported: orders.csv');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
