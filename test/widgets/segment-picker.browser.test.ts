import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { SegmentChange } from '../../widgets/shared/events.ts';

import { inside, mount, texts, the } from './mount.ts';
import { type Sent, stubServer } from './stub-server.ts';

let sent: Sent[];
let changes: SegmentChange['segments'][];

const picker = () => the('clv-segment-picker');
const listbox = () => inside(picker(), '[role=listbox]')[0]!;
const selected = () => texts(picker(), '[aria-selected=true] .name');

async function show(markup: string): Promise<void> {
  mount(markup).addEventListener('clv-segment-change', ({ detail }) => changes.push(detail.segments));
  await vi.waitFor(() => expect(inside(picker(), '[role=option]')).toHaveLength(3));
}

beforeEach(() => {
  sent = stubServer();
  changes = [];
});
afterEach(() => vi.unstubAllGlobals());

it('shows segments best to worst with counts and shares', async () => {
  await show('<clv-segment-picker endpoint="/graphql"></clv-segment-picker>');
  expect(texts(picker(), '[role=option]')).toEqual(['Champion 30 30.0%', 'At risk 60 60.0%', 'Lost 10 10.0%']);
  expect(texts(picker(), '.subtitle')).toEqual(['100 customers']);
});

it('is a listbox for the keyboard: arrows move, space chooses, Ctrl+A takes all, Escape clears', async () => {
  await show('<clv-segment-picker endpoint="/graphql"></clv-segment-picker>');
  listbox().focus();
  await userEvent.keyboard('{ArrowDown} ');
  expect(listbox().getAttribute('aria-activedescendant')).toBe('AT_RISK');
  expect(selected()).toEqual(['At risk']);
  await userEvent.keyboard('{End} {Home}');
  expect(selected()).toEqual(['At risk', 'Lost']);
  expect(texts(picker(), '.subtitle')).toEqual(['2 selected: 70 customers, 70.0%']);
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(selected()).toEqual(['Champion', 'At risk', 'Lost']);
  await userEvent.keyboard('{Escape}');
  expect(selected()).toEqual([]);
  expect(changes).toEqual([['AT_RISK'], ['AT_RISK', 'LOST'], ['CHAMPION', 'AT_RISK', 'LOST'], []]);
});

it('filters the chart and the list of its provider', async () => {
  await show(`
    <clv-provider endpoint="/graphql">
      <clv-segment-picker></clv-segment-picker><clv-value-chart></clv-value-chart><clv-at-risk-list></clv-at-risk-list>
    </clv-provider>
  `);
  const rows = () => inside(the('clv-at-risk-list'), 'tbody tr').length;
  await vi.waitFor(() => expect(rows()).toBe(10));
  inside(picker(), '[role=option]')[1]!.click();
  await vi.waitFor(() => expect(rows()).toBe(6));
  await vi.waitFor(() => expect(texts(the('clv-value-chart'), '.labels .name')).toEqual(['At risk']));
  expect(texts(the('clv-at-risk-list'), '.subtitle')[0]).toMatch(/ · At risk ·/);
  expect(sent.filter(({ operation }) => operation === 'SegmentPicker')).toHaveLength(1);
});

it('begins with the segments its provider names', async () => {
  await show(`
    <clv-provider endpoint="/graphql" segments="AT_RISK LOST"><clv-segment-picker></clv-segment-picker></clv-provider>
  `);
  expect(selected()).toEqual(['At risk', 'Lost']);
  expect(changes).toEqual([]);
});
