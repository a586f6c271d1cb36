import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { browserLaunchOptions } from '../support/browser.ts';
import { type DemoServer, demoIn } from '../support/demo.ts';

describe('the demo page', { timeout: 60_000 }, () => {
  let demo: DemoServer;
  let browser: Browser;

  beforeAll(async () => {
    demo = await demoIn(inject('demo'));
    browser = await chromium.launch(await browserLaunchOptions());
  });
  afterAll(() => browser?.close());

  /** The page, with everything that it complained of. */
  async function open(): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(demo.url) && !request.url().startsWith('data:'))
        complaints.push(`request to ${request.url()}`);
    });
    await page.goto(`${demo.url}/demo`);
    await page.locator('clv-at-risk-list tbody tr').first().waitFor();
    await page.locator('clv-value-chart [part=plot]').waitFor();
    await page.locator('clv-segment-picker [role=option]').first().waitFor();
    return { page, complaints };
  }

  const customers = (page: Page) => page.locator('clv-at-risk-list tbody tr td:first-child button').allTextContents();
  const chart = (page: Page) => page.locator('clv-value-chart [part=plot]').textContent();

  it('shows list and chart of the segment that is picked, and all again when it is not', async () => {
    const { page, complaints } = await open();
    const [everybody, whole] = [await customers(page), await chart(page)];
    const option = page.getByRole('option', { name: /^At risk/ });
    await option.click();
    await expect.poll(() => customers(page)).not.toEqual(everybody);
    await expect
      .poll(() => page.locator('clv-at-risk-list tbody tr td:first-child small').allTextContents())
      .toSatisfy((notes: string[]) => notes.every((note) => note.includes('At risk')));
    await expect.poll(() => chart(page)).not.toBe(whole);
    expect(await option.getAttribute('aria-selected')).toBe('true');
    await option.click();
    await expect.poll(() => customers(page)).toEqual(everybody);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('picks a segment and opens a customer by keyboard alone', async () => {
    const { page, complaints } = await open();
    const everybody = await customers(page);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect
      .poll(() => page.locator('clv-segment-picker').getByRole('option', { selected: true }).allTextContents())
      .toEqual([expect.stringContaining('Loyal')]);
    await expect.poll(() => customers(page)).not.toEqual(everybody);
    const first = page.locator('clv-at-risk-list tbody tr').first();
    const name = await first.getByRole('button').textContent();
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab');
      if (await first.getByRole('button').evaluate((button) => button.matches(':focus'))) break;
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#detail h2').textContent()).toBe(name);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows the recommendations of the customer opened in the list, then the one found by number', async () => {
    const { page, complaints } = await open();
    const { data } = await demo.ask(`{ atRiskCustomers(first: 2) { nodes {
      name externalId recommendations(first: 5) { horizonDays nodes { product { name externalId } } }
    } } }`);
    const [first, second] = data.atRiskCustomers.nodes;
    const recommended = () => page.locator('clv-recommendations tbody button').allTextContents();
    const names = ({ recommendations }: typeof first) =>
      recommendations.nodes.map(({ product }: typeof first) => product.name ?? product.externalId);
    await page.locator('clv-at-risk-list tbody tr').first().click();
    await page.locator('clv-recommendations tbody tr').first().waitFor();
    expect(await page.locator('clv-recommendations .subtitle').textContent()).toContain(first.name);
    expect(await recommended()).toEqual(names(first));
    const { horizonDays } = first.recommendations;
    expect(await page.locator('clv-recommendations thead').textContent()).toContain(`within ${horizonDays} days`);
    await page.getByPlaceholder('Customer number').fill(second.externalId);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('clv-recommendations .subtitle').textContent()).toContain(second.name);
    expect(await recommended()).toEqual(names(second));
    expect(await page.locator('clv-at-risk-list tr[aria-current] button').textContent()).toBe(second.name);
    await page.locator('clv-recommendations tbody button').first().focus();
    await page.keyboard.press('Enter');
    const [{ product }] = second.recommendations.nodes;
    expect(new URL(page.url()).hash).toBe(`#products/${product.externalId}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('sorts and pages on the server', async () => {
    const { page } = await open();
    const first = await customers(page);
    await page.getByRole('button', { name: /next/i }).click();
    await expect.poll(() => customers(page)).not.toEqual(first);
    await page.getByRole('button', { name: /last order/i }).click();
    await expect
      .poll(() =>
        page
          .locator('clv-at-risk-list th[aria-sort=descending], clv-at-risk-list th[aria-sort=ascending]')
          .textContent(),
      )
      .toMatch(/last order/i);
    await page.close();
  });

  it('has the same mean CLV in its header, in GraphQL and in the table behind the chart, there with its range', async () => {
    const { page } = await open();
    const { data } = await demo.ask(`{ clv {
      curve { horizonMonths mean { amount } }
      bySegment { curve { horizonMonths mean { amount } meanInterval { p10 { amount } p90 { amount } } } }
    } }`);
    const year = ({ horizonMonths }: { horizonMonths: number }) => horizonMonths === 12;
    await expect.poll(() => page.locator('#mean').textContent()).toContain(data.clv.curve.find(year).mean.amount);
    await page.getByRole('button', { name: /table/i }).click();
    const table = await page.locator('clv-value-chart table').textContent();
    const { mean, meanInterval } = data.clv.bySegment[0].curve.find(year);
    const [low, high] = [meanInterval.p10, meanInterval.p90].map(({ amount }) => Math.round(Number(amount)));
    expect(table?.replaceAll(',', '')).toContain(`${Math.round(Number(mean.amount))} (${low}–${high})`);
    await page.close();
  });

  it('shows how sure each CLV is: with a range in the list, as a band in the chart of segments and of cohorts', async () => {
    const { page, complaints } = await open();
    const worth = await page.locator('clv-at-risk-list tbody td:nth-child(3)').allTextContents();
    for (const cell of worth) expect(cell).toMatch(/€[\d,.]+\s+\([\d,.K]+–[\d,.K]+\)/);
    expect(await page.locator('clv-at-risk-list .footnote').textContent()).toMatch(/in past forecasts: \d+\.\d%/);
    for (const name of ['By segment', 'By first order']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('application', { name: name === 'By segment' ? /by segment/ : /by first order/ }).focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.locator('clv-value-chart .band').count()).toBe(1);
      expect(await page.locator('clv-value-chart .tooltip .number').textContent()).toMatch(/€[\d,.]+ \(.+–.+\)/);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
});
