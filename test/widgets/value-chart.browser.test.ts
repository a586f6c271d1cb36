import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { inside, mount, texts, the } from './mount.ts';
import { stubServer, valueChartAnswer } from './stub-server.ts';

const chart = () => the('clv-value-chart');
const plot = () => inside(chart(), '.plot')[0]!;
const bands = () => inside(chart(), '.band');
const notes = () => texts(chart(), 'footer > *');
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

it('is one tab stop whose arrows move between points, each spoken with value, range, unit and horizon', async () => {
  plot().focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(spoken()).toBe(
    'Champion, 12 months: €412 (329–514) per customer, median €391, 1.2 order days expected, 30 customers',
  );
  await userEvent.keyboard('{ArrowDown}{End}');
  expect(spoken()).toBe(
    'At risk, 36 months: €300 (240–375) per customer, median €285, 3.6 order days expected, 60 customers',
  );
  expect(texts(chart(), '.tooltip .number')).toEqual(['€300 (240–375)']);
  await userEvent.keyboard('{ArrowUp}');
  expect(spoken()).toContain(', €800 without the largest customer, ');
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

it('shows the same numbers, with their ranges, in a table', async () => {
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
    '€103 (82–129)',
    '€206 (165–257)',
    '€412 (329–514)',
    '€823 (658–1,029)',
    '€1,235 (988–1,543)',
  ]);
});

it('writes the values beside the lines equally finely', () => {
  expect(texts(chart(), '.labels .value')).toEqual(['€1,235', '€300']);
});

it('distinguishes lines by marker, not by colour alone, and draws all of them dashed as predictions', () => {
  const markers = inside(chart(), '.line').map((line) => line.querySelector('.point')!.getAttribute('d'));
  expect(new Set(markers).size).toBe(2);
  for (const stroke of inside(chart(), '.stroke')) expect(getComputedStyle(stroke).strokeDasharray).not.toBe('none');
});

it('shows the point under the pointer', async () => {
  await userEvent.hover(plot(), { position: { x: 5, y: 228 } });
  await vi.waitFor(() => expect(texts(chart(), '.tooltip')[0]).toMatch(/At risk.*within 3 months/));
});

it('keeps the point that a finger tapped until the plot loses focus', async () => {
  const { left, bottom } = plot().getBoundingClientRect();
  const finger = { pointerType: 'touch', clientX: left + 5, clientY: bottom - 6, bubbles: true };
  for (const type of ['pointerdown', 'pointerleave']) plot().dispatchEvent(new PointerEvent(type, finger));
  await vi.waitFor(() => expect(texts(chart(), '.tooltip .name')).toEqual(['At risk']));
  plot().dispatchEvent(new FocusEvent('blur'));
  await vi.waitFor(() => expect(inside(chart(), '.tooltip')).toEqual([]));
});

it('shades the ranges of two lines in their own colours, below all lines, and says what a range is', () => {
  expect(bands()).toHaveLength(2);
  const fill = (selector: string) => getComputedStyle(inside(chart(), selector)[0]!).fill;
  for (const segment of ['champion', 'at-risk']) {
    expect(fill(`.band.${segment}`)).toBe(fill(`.line.${segment} .point`));
  }
  const [line] = inside(chart(), '.line');
  for (const band of bands()) {
    expect(Number(getComputedStyle(band).fillOpacity)).toBeLessThan(0.3);
    expect(band.compareDocumentPosition(line!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  }
  expect(notes()[0]).toBe('Interval (in brackets, shaded): 8 in 10 outcomes, in the past 12 of 14');
});

it('shades only the line in focus where there are many, and says so', async () => {
  const { clv } = valueChartAnswer();
  const [champion, atRisk] = clv!.bySegment!;
  stubServer(() => ({ clv: { ...clv, bySegment: [champion, atRisk, { ...atRisk, segment: 'LOST' }] } }));
  chart().segments = ['CHAMPION', 'AT_RISK', 'LOST'];
  await vi.waitFor(() => expect(inside(chart(), '.line')).toHaveLength(3));
  expect(bands()).toEqual([]);
  expect(notes()[0]).toMatch(/12 of 14 · Point at a line to see its interval$/);
  plot().focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(bands().map((band) => band.getAttribute('class'))).toEqual([expect.stringContaining('champion')]);
  inside(chart(), 'header button')[0]!.click();
  await vi.waitFor(() => expect(notes()[0]).toMatch(/12 of 14$/));
});

it('shows no band, no range and no word of either for a run without intervals', async () => {
  const { clv } = valueChartAnswer();
  const bySegment = clv!.bySegment!.map((group) => ({
    ...group,
    curve: group.curve.map((point) => ({ ...point, meanInterval: null })),
  }));
  stubServer(() => ({ clv: { ...clv, bySegment } }));
  chart().segments = ['CHAMPION', 'AT_RISK'];
  await vi.waitFor(() => expect(bands()).toEqual([]));
  plot().focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(spoken()).toBe('Champion, 3 months: €103 per customer, 0.3 order days expected, 30 customers');
  expect(texts(chart(), '.tooltip .number')).toEqual(['€103']);
  expect(notes()[0]).toBe('');
});

it('names its assumptions and its date', () => {
  expect(notes().slice(1)).toEqual([
    'As of Oct 31, 2026 · Annual discount rate 10.0%, margin 60.0% · MBG/NBD + Gamma-Gamma',
  ]);
});

it('compares periods of first purchase instead when asked to', async () => {
  chart().setAttribute('by', 'cohort');
  await vi.waitFor(() => expect(texts(chart(), '.labels .name')).toEqual(['Jan 2026']));
  expect(texts(chart(), '.title')).toEqual(['Customer value by first order']);
});
