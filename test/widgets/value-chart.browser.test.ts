import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { inside, mount, texts, the } from './mount.ts';
import { stubServer } from './stub-server.ts';

const chart = () => the('clv-value-chart');
const plot = () => inside(chart(), '.plot')[0]!;
const spoken = () => texts(chart(), '[role=status]').join('');

async function ready(): Promise<void> {
  await vi.waitFor(() => expect(inside(chart(), '.line')).not.toEqual([]));
  await vi.waitFor(() => expect(plot().querySelector('svg')!.getAttribute('width')).not.toBe('0'));
}

beforeEach(async () => {
  stubServer();
  mount('<clv-value-chart endpoint="/graphql"></clv-value-chart>');
  await ready();
});
afterEach(() => vi.unstubAllGlobals());

it('is one tab stop whose arrows move between points, each spoken with value, unit and horizon', async () => {
  plot().focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(spoken()).toBe('Champion, 12 months: €411.50 per customer, 1.2 orders expected, 30 customers');
  await userEvent.keyboard('{ArrowDown}{End}');
  expect(spoken()).toBe('At risk, 36 months: €300.00 per customer, 3.6 orders expected, 60 customers');
  expect(texts(chart(), '.tooltip strong')).toEqual(['€300.00']);
  await userEvent.keyboard('{Escape}');
  expect(spoken()).toBe('');
  await userEvent.tab();
  expect(chart().renderRoot.querySelector(':focus')).toBeNull();
});

it('runs time and arrows from right to left where the page does', async () => {
  const points = () => inside(chart(), '.line')[0]!.querySelectorAll('.point');
  const xs = () => [...points()].map((point) => point.getBoundingClientRect().x);
  expect(xs()).toEqual(xs().toSorted((a, b) => a - b));
  document.documentElement.dir = 'rtl';
  await vi.waitFor(() => expect(xs()).toEqual(xs().toSorted((a, b) => b - a)));
  plot().focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}');
  expect(spoken()).toMatch(/^Champion, 3 months/);
});

it('shows the same numbers, in full, in a table', async () => {
  inside(chart(), 'header button')[0]!.click();
  await vi.waitFor(() => expect(inside(chart(), 'table')).toHaveLength(1));
  expect(texts(chart(), 'thead th')).toEqual([
    'Segment',
    'Customers',
    '3 months',
    '6 months',
    '12 months',
    '24 months',
    '36 months',
  ]);
  expect(texts(chart(), 'tbody tr:first-child > *')).toEqual([
    'Champion',
    '30',
    '€102.88',
    '€205.75',
    '€411.50',
    '€823.00',
    '€1,234.50',
  ]);
});

it('tells lines apart by marker, not by colour alone, and draws all of them dashed as predictions', () => {
  const markers = inside(chart(), '.line').map((line) => line.querySelector('.point')!.getAttribute('d'));
  expect(new Set(markers).size).toBe(2);
  for (const stroke of inside(chart(), '.stroke')) expect(getComputedStyle(stroke).strokeDasharray).not.toBe('none');
});

it('shows the point under the pointer', async () => {
  await userEvent.hover(plot(), { position: { x: 5, y: 228 } });
  await vi.waitFor(() => expect(texts(chart(), '.tooltip')[0]).toMatch(/At risk.*within 3 months/));
});

it('names its assumptions and its date', () => {
  expect(texts(chart(), 'footer')).toEqual([
    'As of Oct 31, 2026 · 10.0% discount a year, 60.0% margin · MBG/NBD + Gamma-Gamma',
  ]);
});

it('compares periods of first purchase instead when asked to', async () => {
  chart().setAttribute('by', 'cohort');
  await vi.waitFor(() => expect(texts(chart(), '.labels .name')).toEqual(['Mar 2026']));
  expect(texts(chart(), '.title')).toEqual(['Customer value by first purchase']);
});
