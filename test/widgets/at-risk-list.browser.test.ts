import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { CustomerSelect } from '../../widgets/shared/events.ts';

import { inside, mount, texts, the } from './mount.ts';
import { atRiskAnswer, type Sent, stubServer } from './stub-server.ts';

let sent: Sent[];
let opened: CustomerSelect[];

const list = () => the('clv-at-risk-list');
const names = () => texts(list(), 'tbody button');
const range = () => texts(list(), 'footer [role=status]')[0];
const press = (label: string) => inside(list(), `footer [aria-label="${label}"]`)[0]!.click();

beforeEach(async () => {
  sent = stubServer();
  opened = [];
  const main = mount('<clv-at-risk-list endpoint="/graphql" page-size="5" minimum-clv="50"></clv-at-risk-list>');
  main.addEventListener('clv-customer-select', ({ detail }) => opened.push(detail));
  await vi.waitFor(() => expect(names()).toHaveLength(5));
});
afterEach(() => vi.unstubAllGlobals());

it('writes each figure with its unit, a CLV with its range, and the full amounts in the tooltip', () => {
  expect(texts(list(), 'tbody tr:nth-child(2) td')).toEqual([
    'Customer 1 Lost · C-1',
    '€770',
    '€1,235 (502–2,105)',
    '62.4%',
    'Aug 9, 2026 83 days ago',
  ]);
  expect(inside(list(), 'td.money')[0]!.title).toBe('€770.08');
  expect(inside(list(), 'tbody td:nth-child(3)')[0]!.title).toBe(
    '€1,234.50. 8 in 10 outcomes fall between €502.25 and €2,104.75, half below €1,100.00',
  );
  expect(texts(list(), 'th small')).toEqual(['CLV × churn', '12 months', '90 days', '']);
});

it('says what the ranges are, and how many held', () => {
  expect(texts(list(), '.footnote')).toEqual([
    'Interval in brackets: 8 in 10 outcomes fall within it · in past forecasts: 79.2%',
  ]);
});

it('shows the value alone, and no word of ranges, for a run without intervals', async () => {
  stubServer(({ variables }) => {
    const answer = atRiskAnswer(variables);
    for (const { clv } of answer.atRiskCustomers.nodes) Object.assign(clv!, { interval: null, measuredCoverage: null });
    return answer;
  });
  list().pageSize = 3;
  await vi.waitFor(() => expect(names()).toHaveLength(3));
  expect(texts(list(), 'tbody td:nth-child(3)')).toEqual(['€1,235', '€1,235', '€1,235']);
  expect(inside(list(), 'tbody td:nth-child(3)')[0]!.title).toBe('€1,234.50');
  expect(texts(list(), '.footnote')).toEqual(['']);
});

it('shows the shop’s own key where the name is withheld', () => {
  expect(names()[0]).toBe('C-0');
});

it('lets the server sort, and shows the order on its heading', async () => {
  const heading = (index: number) => inside(list(), 'th[aria-sort]')[index]!;
  heading(2).querySelector('button')!.click();
  await vi.waitFor(() => expect(heading(2).ariaSort).toBe('descending'));
  heading(2).querySelector('button')!.click();
  await vi.waitFor(() => expect(heading(2).ariaSort).toBe('ascending'));
  expect(heading(0).ariaSort).toBe('none');
  await vi.waitFor(() =>
    expect(sent.map(({ variables }) => variables.orderBy)).toEqual([
      { field: 'MONEY_AT_RISK', direction: 'DESC' },
      { field: 'CHURN', direction: 'DESC' },
      { field: 'CHURN', direction: 'ASC' },
    ]),
  );
});

it('pages by cursors to the end and back, and returns to the first page when the order changes', async () => {
  expect(range()).toBe('1–5 of 12');
  press('Next page');
  await vi.waitFor(() => expect(range()).toBe('6–10 of 12'));
  press('Next page');
  await vi.waitFor(() => expect(range()).toBe('11–12 of 12'));
  press('Next page');
  press('Previous page');
  await vi.waitFor(() => expect(range()).toBe('6–10 of 12'));
  expect(sent.at(-1)!.variables).toMatchObject({ last: 5, before: '10', minimumClv: '50' });
  inside(list(), 'th button')[1]!.click();
  await vi.waitFor(() => expect(range()).toBe('1–5 of 12'));
});

it('opens a customer by keyboard: arrows move between rows, Enter reports it once', async () => {
  inside(list(), 'tbody button')[0]!.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
  expect(opened).toEqual([{ id: 'id-1', externalId: 'C-1' }]);
  await vi.waitFor(() => expect(texts(list(), 'tr[aria-current=true] button')).toEqual(['Customer 1']));
});

it('opens a customer by a click anywhere on the row', () => {
  inside(list(), 'tbody tr:nth-child(4) td:last-child')[0]!.click();
  expect(opened).toEqual([{ id: 'id-3', externalId: 'C-3' }]);
});

it('shows who is listed, and by which column', async () => {
  expect(texts(list(), '.subtitle')[0]).toMatch(
    /^Late: no order for twice their usual gap. Sorted by: Money at risk · /,
  );
  inside(list(), 'th button')[2]!.click();
  await vi.waitFor(() => expect(texts(list(), '.subtitle')[0]).toMatch(/Sorted by: Churn · /));
});

/** The widths of the list in a card of the demo page at 280, 320 and 360 px, and others. */
const WIDTHS = [212, 252, 292, 320, 400, 480, 606];

describe.each(['en', 'de', 'ar'])('in %s', (language) => {
  it.each(WIDTHS)('keeps figures, ranges and names apart and inside %i px, and rows from growing', async (width) => {
    document.querySelector('main')!.style.width = `${width}px`;
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    await vi.waitFor(() => expect(inside(list(), '.skeleton')).toEqual([]));
    await list().updateComplete;
    expect(list().scrollWidth).toBeLessThanOrEqual(width);
    for (const cell of inside(list(), 'td, th, th small, td:nth-child(3) small')) {
      if (cell.clientWidth > 0) expect(cell.scrollWidth, cell.textContent!).toBeLessThanOrEqual(cell.clientWidth + 1);
    }
    const bottom = (element: HTMLElement) => element.getBoundingClientRect().bottom;
    for (const part of inside(list(), 'tr :is(td, th, button, small)')) {
      expect(bottom(part), part.textContent!).toBeLessThanOrEqual(bottom(part.closest('tr')!) + 1);
    }
    const boxes = inside(list(), 'tbody tr:first-child td').map((cell) => cell.getBoundingClientRect());
    for (const [index, one] of boxes.entries()) {
      const overlapping = boxes
        .slice(index + 1)
        .filter((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1)
        .filter((other) => Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1);
      expect(overlapping).toEqual([]);
    }
  });
});

it('leaves a name and its number room beside long headings', () => {
  document.documentElement.lang = 'de';
  document.querySelector('main')!.style.width = '606px';
  for (const name of inside(list(), 'td:first-child :is(button, small)')) {
    expect(name.scrollWidth, name.textContent!).toBeLessThanOrEqual(name.clientWidth);
  }
});
