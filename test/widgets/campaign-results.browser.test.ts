import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { Results } from '../../widgets/campaign-results/campaign-results.data.ts';
import type { CampaignChange } from '../../widgets/shared/events.ts';

import { inside, mount, texts, the } from './mount.ts';
import { answerOf, campaignResultsAnswer, campaignVariant, measured, type Sent, stubServer } from './stub-server.ts';

let sent: Sent[];
let chosen: CampaignChange[];

const results = () => the('clv-campaign-results');
const read = (selector: string) => texts(results(), selector).map((text) => text.replace(/[\u2066-\u2069]/g, ''));
const selects = () => inside(results(), 'select') as HTMLSelectElement[];
const asked = () => sent.filter(({ operation }) => operation === 'CampaignResults').map(({ variables }) => variables);
const table = (number: number) => `table:nth-of-type(${number})`;
const ready = () => vi.waitFor(() => expect(inside(results(), '.body.ready table').length).toBeGreaterThan(0));

function show(attributes = 'campaign="Spring win-back"', width = 720): void {
  const main = mount(`<clv-campaign-results endpoint="/graphql" ${attributes}></clv-campaign-results>`, width);
  main.addEventListener('clv-campaign-change', ({ detail }) => chosen.push(detail));
}

/** Answers every question about results with these changes. */
const answering = (changes: Partial<Results>, ofCampaign = {}) =>
  stubServer((one) =>
    one.operation === 'CampaignResults' ? campaignResultsAnswer(one.variables, changes, ofCampaign) : answerOf(one),
  );

beforeEach(() => {
  sent = stubServer();
  chosen = [];
});
afterEach(() => vi.unstubAllGlobals());

describe('a campaign', () => {
  it('shows the evidence in words, and the customers it covers', async () => {
    show();
    await ready();
    expect(read('.subtitle')).toEqual([
      'Spring win-back · Win-back · Email · Mar 2, 2026 – Apr 5, 2026 · Window: 14 days · As of Oct 31, 2026',
    ]);
    expect(read('[part=verdict] strong')).toEqual(['10% off beats the control group']);
    expect(read('[part=verdict] .number')).toEqual([
      'Revenue per customer: +€0.77 (+0.48 to +1.06) · +50% · p < 0.001',
    ]);
    expect(read('[part=counts] > div')).toEqual(['Customers counted 12,492', 'Windows still open 0']);
    expect(sent).toHaveLength(1);
  });

  it('shows the rates of each variant with their intervals, the control group marked where its name does not tell', async () => {
    show();
    await ready();
    expect(read(`${table(1)} thead th`)).toEqual([
      'Variant',
      'Sent',
      'Opened of delivered',
      'Clicks of delivered',
      'Conversion',
      'Revenue per customer',
    ]);
    expect(read(`${table(1)} tbody tr:first-child > *`)).toEqual([
      '10% off n = 5,012',
      '5,012 100.0%',
      '31.2% (29.3–33.1)',
      '7.1% (6.7–7.6)',
      '7.0% (6.5–7.4)',
      '€2.31 (2.11–2.51)',
    ]);
    expect(read(`${table(1)} tbody tr:last-child > *`).slice(0, 4)).toEqual(['control n = 2,493', '0 0.0%', '–', '–']);
    document.documentElement.lang = 'de';
    await vi.waitFor(() => expect(read('.tag')).toEqual(['Kontrolle']));
  });

  it('shows what each variant caused, drawn and in numbers, and what that earned', async () => {
    show();
    await ready();
    expect(read(`${table(2)} caption`)).toEqual(['Lift: Revenue per customer']);
    expect(read(`${table(2)} tbody tr:first-child > :not(.plot)`)).toEqual([
      '10% off n = 5,012',
      '+€0.77 (+0.48 to +1.06) +50% · p < 0.001',
      '98.3%',
      '+€3,859 (+2,393 to +5,326) Cost €100.24 Return +840% (+420 to +1,250)',
    ]);
    const places = (selector: string) =>
      inside(results(), `${table(2)} tbody ${selector}`).map((one) => one.getBoundingClientRect());
    const zeros = places('.zero').map(({ left }) => left);
    expect(new Set(zeros).size).toBe(1);
    const [bar] = places('.bar');
    const [dot] = places('.dot');
    expect(bar!.left).toBeCloseTo(zeros[0]!, 0);
    expect(bar!.right).toBeCloseTo(dot!.left + dot!.width / 2, 0);
    const [whisker, other] = places('.whisker');
    expect(whisker!.left).toBeGreaterThan(zeros[0]!);
    expect([other!.left < zeros[0]!, other!.right > zeros[0]!]).toEqual([true, true]);
  });

  it('shows CLV where it is known, and money as money where costs are not', async () => {
    const variant = measured('A', 5000, 1);
    const amount = (value: string) => ({ amount: value });
    const clv = { value: amount('812.40'), interval: { low: amount('-20.00'), high: amount('1644.80') } };
    const { incremental } = campaignVariant(variant);
    const earned = { ...incremental!, clv, cost: null, returnOnSpend: null };
    answering({ variants: [campaignVariant(variant, { incremental: earned })] });
    show();
    await ready();
    expect(read(`${table(2)} tbody td:last-child`)).toEqual(['+€3,850 (+2,387 to +5,313) CLV +€812 (-20 to +1,645)']);
  });

  it('shows lifts by shape, not by colour alone', async () => {
    answering({ variants: [1, 0, -1].map((times) => campaignVariant(measured(`times ${times}`, 5000, times))) });
    show();
    await ready();
    const shapes = inside(results(), 'td .dot').map((dot) => {
      const { rotate, backgroundColor, borderTopColor } = getComputedStyle(dot);
      return `${rotate} ${backgroundColor === borderTopColor}`;
    });
    expect(shapes).toEqual(['none true', 'none false', '45deg true']);
  });
});

describe('what a figure rests on', () => {
  it('is not a control group where there is none: no lift, and every table says so', async () => {
    const everybody = { ...measured('everybody', 4123, null), isControl: false };
    answering({
      isCausal: false,
      evidence: 'NOT_CAUSAL',
      winner: null,
      sampleRatio: null,
      variants: [campaignVariant(everybody, { incremental: null, probabilityBest: null })],
    });
    show('campaign="Black Friday" by="segment"');
    await ready();
    expect(read('[part=verdict] strong')).toEqual(['Not causal: no control group']);
    expect(read('caption .tag')).toEqual(['Not causal']);
    expect(inside(results(), 'table')).toHaveLength(1);
    expect(read('tbody tr > :last-child')).toEqual(['€1.54 (1.31–1.77)']);
    expect(selects()).toHaveLength(1);
  });

  it('is a broken split: the alarm shows observed against expected, and lifts are muted', async () => {
    const variants = [
      { variant: '10% off', observed: 5012, expected: 4996.8 },
      { variant: 'control', observed: 3193, expected: 2498.4 },
    ];
    answering({ evidence: 'SAMPLE_RATIO_MISMATCH', winner: null, sampleRatio: { isMismatch: true, variants } });
    show();
    await ready();
    expect(read('.verdict.alarm .number')).toEqual([
      '10% off: 5,012 (expected: 4,997)',
      'control: 3,193 (expected: 2,498)',
    ]);
    const opacity = (number: number) => getComputedStyle(inside(results(), `${table(number)} tbody`)[0]!).opacity;
    expect([Number(opacity(1)), Number(opacity(2))]).toEqual([1, 0.6]);
  });

  it('is windows of which some are open: the interval that holds at every look, and it says so', async () => {
    const variants = [
      campaignVariant(measured('A', 5000, 1), { open: 1203, contaminated: 14 }),
      campaignVariant(measured('control', 5000, null), { open: 601, convertedBeforeSend: 3 }),
    ];
    answering({ evidence: 'TOO_EARLY', winner: null, variants }, { stoppedAt: null });
    show();
    await ready();
    expect(read('.subtitle')[0]).toContain('Mar 2, 2026 – …');
    expect(read('[part=counts] > div')).toEqual([
      'Customers counted 10,000',
      'Windows still open 1,804',
      'In several variants (not counted) 14',
      'Converted before the send (not counted) 3',
    ]);
    expect(read('[part=verdict] .number')).toEqual([]);
    expect(read('.tag')).toEqual([]);
    expect(read('td.half')).toEqual(['+€0.77 (+0.30 to +1.24) +50% · p < 0.001']);
    expect(read('footer')[0]).toContain('only the intervals of lifts are valid at every look');
  });

  it('is nobody where a variant is empty', async () => {
    const variants = [campaignVariant(measured('A', 0, null)), campaignVariant(measured('control', 51, null))];
    answering({ evidence: 'TOO_EARLY', winner: null, variants });
    show();
    await ready();
    expect(read('tbody tr').filter((row) => row.startsWith('A'))).toEqual([
      'A n = 0 No customers yet',
      'A n = 0 No customers yet',
    ]);
  });
});

describe('choosing', () => {
  it('starts with the newest campaign where the page names none, and reports another', async () => {
    show('');
    await ready();
    expect([...selects()[0]!.options].map(({ text }) => text)).toEqual(['Spring win-back', 'Autumn letter']);
    expect(sent.map(({ operation }) => operation)).toEqual(['CampaignNames', 'CampaignResults']);
    await userEvent.selectOptions(selects()[0]!, 'Autumn letter');
    await vi.waitFor(() => expect(asked().map(({ name }) => name)).toEqual(['Spring win-back', 'Autumn letter']));
    expect(chosen).toEqual([{ id: 'id of Autumn letter', name: 'Autumn letter' }]);
  });

  it('asks for no list where the page names a campaign, and follows it', async () => {
    show();
    await ready();
    results().campaign = 'Autumn letter';
    await vi.waitFor(() => expect(read('.subtitle')[0]).toMatch(/^Autumn letter/));
    expect(sent.map(({ operation }) => operation)).toEqual(['CampaignResults', 'CampaignResults']);
    expect(chosen).toEqual([]);
  });

  it('is done by keyboard, of the metric and of the split', async () => {
    show();
    await ready();
    await userEvent.tab();
    expect(results().renderRoot.querySelector(':focus')).toBe(selects()[0]);
    await userEvent.keyboard('{ArrowUp}');
    await vi.waitFor(() => expect(read(`${table(2)} caption`)).toEqual(['Lift: Conversion']));
    expect(read('td.half')[0]).toMatch(/^\+1\.23 pp \(\+0\.76 to \+1\.70\)/);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    await vi.waitFor(() => expect(read(`${table(3)} caption`)).toEqual(['Lift: Conversion · Segment']));
    expect(asked().at(-1)).toMatchObject({ metric: 'CONVERSION', by: ['SEGMENT'] });
    expect(read(`${table(3)} tbody th:first-child`)).toEqual(['Champion', 'Champion', 'At risk', 'At risk', '–', '–']);
    expect(inside(results(), `${table(3)} .whisker`)).toHaveLength(6);
  });

  it('of a metric keeps the older figures in view and aborts what it overtakes', async () => {
    show();
    await ready();
    sent = stubServer((one) => (one.variables.metric === 'MARGIN' ? new Promise(() => {}) : answerOf(one)));
    results().metric = 'MARGIN';
    await vi.waitFor(() => expect(inside(results(), '.body')[0]!.ariaBusy).toBe('true'));
    expect(read(`${table(2)} caption`)).toEqual(['Lift: Revenue per customer']);
    results().metric = 'ORDERS';
    await vi.waitFor(() => expect(read(`${table(2)} caption`)).toEqual(['Lift: Orders per customer']));
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('hands on the window, and complains of what is no metric', async () => {
    show('campaign="A" window-days="30" metric="Orders" by="tier"');
    await ready();
    expect(asked()).toEqual([{ id: null, name: 'A', windowDays: 30, metric: 'ORDERS', by: ['TIER'] }]);
    results().setAttribute('metric', 'opens');
    await vi.waitFor(() => expect(read('[role=alert] strong')[0]).toBe('Not accepted: metric="opens"'));
    expect(asked()).toHaveLength(1);
    expect(selects().map(({ selectedOptions }) => selectedOptions[0]!.text)).toEqual(['', 'Tier']);
    results().setAttribute('metric', 'orders');
    await vi.waitFor(() => expect(selects()[0]!.value).toBe('ORDERS'));
  });
});

it('says so where there is no such campaign', async () => {
  stubServer(() => ({ campaign: null }));
  show();
  await vi.waitFor(() => expect(read('.body.empty .notice strong')).toEqual(['No such campaign']));
});

it('has tables that a screen reader can follow, without what is only drawn', async () => {
  show('campaign="A" by="segment"');
  await ready();
  for (const heading of inside(results(), 'th:not(.plot)'))
    expect(heading.getAttribute('scope')).toMatch(/^(row|col)$/);
  for (const drawn of inside(results(), '.plot')) expect(drawn.ariaHidden).toBe('true');
  for (const one of inside(results(), 'table')) expect(one.querySelector('caption')!.textContent).toMatch(/\w/);
  for (const row of inside(results(), 'tbody tr')) {
    const headings = row.closest('table')!.querySelectorAll('thead th').length;
    expect(row.children).toHaveLength(headings);
  }
  for (const control of selects()) {
    expect(control.labels![0]!.textContent).toMatch(/\w/);
    expect(control.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
  }
});

it('runs from right to left where the page does, in its own words', async () => {
  show('campaign="A" by="segment"');
  document.documentElement.lang = 'ar';
  document.documentElement.dir = 'rtl';
  await ready();
  await vi.waitFor(() => expect(read('.title')).toEqual(['نتائج الحملة']));
  const own = read('.controls, thead, caption, footer, dt')
    .join(' ')
    .replace(/Holm|p |n =|CLV/g, '');
  expect(own).not.toMatch(/[a-z]/i);
  const [zero] = inside(results(), 'td .zero');
  const [dot] = inside(results(), 'td .more .dot');
  expect(dot!.getBoundingClientRect().right).toBeLessThan(zero!.getBoundingClientRect().left);
});

it('drops the label of an axis that would touch the one of 0', async () => {
  show('campaign="A"');
  await ready();
  const shown = () =>
    inside(results(), '.plot b').filter((label) => {
      const [box, text] = [label, label.querySelector('span')!].map((one) => one.getBoundingClientRect());
      return text!.bottom <= box!.bottom + 1;
    });
  expect(shown().map(({ textContent }) => textContent)).toEqual(['€0.00', '+€1.00']);
  inside(results(), 'th.plot > div')[0]!.style.insetInline = '0 calc(100% - 40px)';
  expect(shown().map(({ textContent }) => textContent)).toEqual(['€0.00']);
});

it('marks an interval that goes on beyond the axis, on its own side', async () => {
  const usual = Array.from({ length: 4 }, (_, index) => campaignVariant(measured(`A${index}`, 5000, 1)));
  const wide = measured('B', 10, 1);
  answering({ variants: [...usual, campaignVariant(wide), campaignVariant(measured('control', 5000, null))] });
  show('campaign="A"');
  await ready();
  const marks = inside(results(), 'td.plot').map((plot) => plot.querySelectorAll('.beyond').length);
  expect(marks.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(marks[4]).toBeGreaterThan(0);
  const [upper] = inside(results(), '.beyond.upper');
  expect(upper!.getBoundingClientRect().width).toBe(6);
});

it.each([
  [320, 'de'],
  [320, 'ar'],
  [390, 'en'],
  [720, 'de'],
])('keeps everything inside %i px in %s, however long its names', async (width, language) => {
  const long = 'Fünf Briefe in einer Woche über alles, was man über Tee wissen kann';
  const money = (amount: string) => ({ amount });
  const clv = { value: money('-123456.00'), interval: { low: money('-345678.00'), high: money('98765.00') } };
  const variants = [1, -0.4, null].map((times) => {
    const variant = campaignVariant(measured(times === null ? 'control' : `${long} ${times}`, 4000, times));
    return { ...variant, incremental: variant.incremental && { ...variant.incremental, clv } };
  });
  answering({ variants, winner: variants[0]!.variant });
  show('campaign="A" by="segment"', width);
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  await ready();
  const { left, right } = results().getBoundingClientRect();
  for (const part of inside(results(), '.results *')) {
    const box = part.getBoundingClientRect();
    const isHidden = box.width === 0 || (part.localName === 'i' && part.closest('.plot') !== null);
    if (isHidden) continue;
    expect([box.left >= left - 1, box.right <= right + 1], part.outerHTML.slice(0, 200)).toEqual([true, true]);
  }
  for (const cell of inside(results(), 'td:not(.plot), tbody th')) {
    expect(cell.scrollWidth, cell.textContent!).toBeLessThanOrEqual(cell.clientWidth + 1);
  }
});
