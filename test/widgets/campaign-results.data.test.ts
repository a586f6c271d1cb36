import { describe, expect, it } from 'vitest';

import {
  campaignVariables,
  choiceComplaint,
  leadingOf,
  liftOf,
  parseName,
  type Results,
  timesCostOf,
  totalOf,
} from '../../widgets/campaign-results/campaign-results.data.ts';
import { forestOf } from '../../widgets/campaign-results/campaign-results.forest.ts';
import { ar } from '../../widgets/campaign-results/campaign-results.terms-ar.ts';
import { de } from '../../widgets/campaign-results/campaign-results.terms-de.ts';
import { en } from '../../widgets/campaign-results/campaign-results.terms-en.ts';
import { verdictsOf } from '../../widgets/campaign-results/campaign-results.verdict.ts';
import {
  groupName,
  liftFacts,
  meanName,
  nameOf,
  type ResultsView,
  writerOf,
} from '../../widgets/campaign-results/campaign-results.view.ts';
import { Formats } from '../../widgets/shared/formats.ts';

import { campaignResultsAnswer, campaignVariant, measured } from './stub-server.ts';

const results = (changes: Partial<Results> = {}, variables = {}) =>
  campaignResultsAnswer(variables, changes).campaign!.results;
/** As a reader sees it: without isolates, every space alike. */
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replaceAll('\u00a0', ' ');
const estimate = (value: number, low: number, high: number) => ({ value, interval: { low, high } });

function view(changes: Partial<Results> = {}, variables = {}): ResultsView {
  const [terms, formats] = [en, Formats.of('en')];
  return { results: results(changes, variables), terms, formats, segmentName: (segment) => `<${segment}>` };
}

describe('attributes', () => {
  it('are read in any letter case, and none means nothing', () => {
    expect(['Revenue', ' CLICK ', 'none', '', null].map((name) => parseName(name))).toEqual([
      'REVENUE',
      'CLICK',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('that name no metric or dimension, or two, are complained of with what is accepted', () => {
    expect(choiceComplaint({})).toBeUndefined();
    expect(choiceComplaint({ metric: 'CLICK', by: 'TIER' })).toBeUndefined();
    expect(choiceComplaint({ metric: parseName('opens') })).toEqual({
      attribute: 'metric',
      value: 'opens',
      accepted: ['conversion', 'revenue', 'margin', 'orders', 'click'],
    });
    expect(choiceComplaint({ by: parseName('segment tier') })).toMatchObject({
      attribute: 'by',
      value: 'segment tier',
    });
  });

  it('leave the window to the campaign, the metric at revenue and the groups together unless they say otherwise', () => {
    const named = { id: null, name: 'A' };
    expect(campaignVariables(undefined, {})).toBeNull();
    expect(campaignVariables('A', {})).toEqual({ ...named, metric: 'REVENUE', by: [], windowDays: null });
    const chosen = { metric: 'CLICK', by: 'TIER', windowDays: 30 } as const;
    expect(campaignVariables('A', chosen)).toEqual({ ...named, ...chosen, by: ['TIER'] });
  });
});

describe('a lift', () => {
  const variant = measured('A', 5000, 1);
  const open = { variants: [campaignVariant(variant, { open: 1 })] };

  it('goes by the always-valid interval as long as any window is open', () => {
    expect(liftOf(variant, results())).toMatchObject({ interval: variant.lift!.absolute.interval, direction: 'more' });
    expect(liftOf(variant, results(open))).toMatchObject({ interval: variant.lift!.alwaysValid });
  });

  it('has no interval, and no direction, where the always-valid one is not known yet', () => {
    const early = { lift: { ...variant.lift!, alwaysValid: null } };
    expect(liftOf(early, results(open))).toMatchObject({ interval: null, direction: 'unsure' });
  });

  it('differs from 0 only by an interval without it', () => {
    const directions = [1, 0.3, 0, -0.3, -1].map((times) => liftOf(measured('A', 5000, times), results())?.direction);
    expect(directions).toEqual(['more', 'unsure', 'unsure', 'unsure', 'less']);
  });

  it('of nothing is kept apart from none', () => {
    expect(liftOf(measured('A', 5000, 0), results())).toMatchObject({ value: 0, relative: 0 });
    expect(liftOf(measured('control', 5000, null), results())).toBeNull();
  });
});

it('counts over all variants', () => {
  expect(totalOf(results(), 'customers')).toBe(12_492);
});

it('leads with the winner, else with the variant furthest behind or ahead', () => {
  const named = (evidence: Results['evidence'], winner: string | null) =>
    leadingOf(results({ evidence, winner }))?.variant;
  expect(named('BETTER', 'Free shipping')).toBe('Free shipping');
  expect(named('INCONCLUSIVE', null)).toBe('10% off');
  expect(named('WORSE', null)).toBe('Free shipping');
  expect(leadingOf(results({ variants: [] }))).toBeUndefined();
});

describe('the axis', () => {
  it('has 0 on it, at the same place for all, and round numbers', () => {
    const { ticks, zero, mark } = forestOf([estimate(0.77, 0.48, 1.06), estimate(0.12, -0.34, 0.58)]);
    expect(ticks.map(({ value }) => value)).toEqual([0, 0.5, 1]);
    expect(ticks[0]!.at).toBe(zero);
    expect(mark(estimate(0, -0.34, 1.06))).toEqual({ at: zero, low: 0, high: 1 });
  });

  it.each([
    [estimate(3, 2, 4), 0],
    [estimate(-3, -4, -2), 1],
  ])('begins or ends at 0 where all lies on one side of it', (one, zero) => {
    expect(forestOf([one]).zero).toBe(zero);
  });

  it('has something to stand on without a single lift', () => {
    expect(forestOf([]).ticks).toEqual([{ value: 0, at: 0 }]);
    expect(forestOf([{ value: 0, interval: null }]).mark({ value: 0, interval: null }).at).toBe(0);
  });

  it('is not flattened by one small group: what is far out is cut, its dot kept on the axis', () => {
    const usual = [estimate(1, 0.5, 1.5), estimate(0.8, 0.2, 1.4)];
    const { ticks, mark } = forestOf([...usual, estimate(-40, -120, 40)]);
    expect(ticks.every(({ value }) => Math.abs(value) <= 6)).toBe(true);
    const { at, low, high } = mark(estimate(-40, -120, 40));
    expect(at).toBe(0);
    expect([low < 0, high > 1]).toEqual([true, true]);
  });

  it('has three ticks at most, whatever the scale', () => {
    for (let power = -6; power <= 6; power++) {
      for (const factor of [1, 1.7, 2.4, 3.3, 5.1, 7.9, 9.9]) {
        const size = factor * 10 ** power;
        const values = forestOf([estimate(size / 2, -size / 3, size)]).ticks.map(({ value }) => value);
        expect(values).toContain(0);
        expect(values.length).toBeGreaterThan(1);
        expect(values.length).toBeLessThanOrEqual(3);
      }
    }
  });
});

describe('figures', () => {
  it('have sign and unit where they are differences, and their intervals are written as finely', () => {
    const write = (metric: string, one: ReturnType<typeof estimate>) =>
      writerOf(view({}, { metric }), [one], { isSigned: true }).both(one).replace('\u00a0', ' ');
    expect(write('REVENUE', estimate(0.77, 0.48, 1.06))).toBe('+€0.77 (+0.48 to +1.06)');
    expect(write('CONVERSION', estimate(0.0123, -0.001, 0.02))).toBe('+1.23 pp (-0.10 to +2.00)');
    expect(write('ORDERS', estimate(0.0141, 0.01, 0.02))).toBe('+0.0141 (+0.0100 to +0.0200)');
    expect(write('MARGIN', estimate(150, -20, 320))).toBe('+€150 (-20 to +320)');
    expect(write('REVENUE', estimate(0, 0, 0))).toBe('€0.00 (0.00 to 0.00)');
  });

  it('have none where they are means', () => {
    const mean = (metric: string, one: ReturnType<typeof estimate>) =>
      writerOf(view({}, { metric }), [one], { isSigned: false }).both(one);
    expect(mean('CLICK', estimate(0.123, 0.118, 0.129))).toBe('12.3% (11.8–12.9)');
    expect(mean('REVENUE', estimate(12.5, 10, 15))).toBe('€12.50 (10.00–15.00)');
  });

  it('say where the interval is not known', () => {
    expect(writerOf(view(), [], { isSigned: true }).both({ value: 1, interval: null })).toBe('+€1.00 (–)');
  });

  it('come with the relative lift only where there is something to compare with', () => {
    const lift = liftOf(measured('A', 5000, 1), results())!;
    expect(plain(liftFacts({ ...lift, relative: 1.18 }, view()))).toBe('+118% · p < 0.001');
    expect(plain(liftFacts({ ...lift, relative: null, pValue: 0.0123 }, view()))).toBe('p = 0.012');
  });

  it('are named by the metric, shares as they are and the rest per customer', () => {
    expect(meanName(view({}, { metric: 'CLICK' }))).toBe('Clicks');
    expect(meanName(view())).toBe('Revenue per customer');
  });

  it('of groups name segments and countries in the reader’s words, and the unknown by a dash', () => {
    const name = (by: Results['by'], ...group: (string | null)[]) => groupName(group, view({ by }));
    expect(name(['SEGMENT'], 'LOST')).toBe('<LOST>');
    expect(name(['COUNTRY'], 'DE')).toBe('Germany');
    expect(name(['TIER', 'GROUP'], 'M5', null)).toBe('M5 · –');
  });
});

describe('the verdict', () => {
  const said = (changes: Partial<Results>) =>
    verdictsOf(view(changes)).map(({ tone, title, details }) =>
      [tone, title, ...details]
        .join(' | ')
        .replace(/[\u2068\u2069]/g, '')
        .replaceAll('\u00a0', ' '),
    );
  const mismatch = {
    isMismatch: true,
    variants: [
      { variant: 'A', observed: 1200, expected: 1000.4 },
      { variant: 'control', observed: 801, expected: 1000.6 },
    ],
  };
  const alarm =
    'alarm | The variants are not comparable: their sizes differ from the planned split | A: 1,200 (expected: 1,000) | control: 801 (expected: 1,001)';

  it('names who wins, by how much and how sure that is', () => {
    expect(said({})).toEqual([
      'more | 10% off beats the control group | Revenue per customer: +€0.77 (+0.48 to +1.06) · +50% · p < 0.001',
    ]);
  });

  it('names who falls behind, and who comes closest where nobody does either', () => {
    const behind = [campaignVariant(measured('Stories', 5000, -1)), campaignVariant(measured('control', 5000, null))];
    expect(said({ evidence: 'WORSE', winner: null, variants: behind })).toEqual([
      'less | Stories does worse than the control group | Revenue per customer: -€0.77 (-1.06 to -0.48) · -50% · p < 0.001',
    ]);
    const near = [campaignVariant(measured('Stories', 5000, 0.1)), ...behind.slice(1)];
    expect(said({ evidence: 'INCONCLUSIVE', winner: null, variants: near })).toEqual([
      'unsure | No clear difference; Stories is furthest ahead | Revenue per customer: +€0.08 (-0.22 to +0.37) · +5.0% · p = 0.312',
    ]);
  });

  it('says how many customers there are and how many are needed, and how many windows are open', () => {
    const variants = [
      campaignVariant(measured('A', 43, 1), { open: 1203 }),
      campaignVariant(measured('B', 100, 1)),
      campaignVariant(measured('control', 0, null), { open: 7 }),
    ];
    expect(said({ evidence: 'TOO_EARLY', winner: null, variants })).toEqual([
      'unsure | Too early: more customers are needed | A: 43 (customers needed: 100) | control: 0 (customers needed: 100)',
    ]);
    expect(said({ evidence: 'NO_DATA', winner: null, variants: variants.slice(2) })[0]).toMatch(
      /^unsure \| No results yet: no customer’s window has ended \| control: 0/,
    );
  });

  it('says that nothing is causal without a control group', () => {
    expect(said({ evidence: 'NOT_CAUSAL', winner: null, isCausal: false })).toEqual([
      'alarm | Not causal: no control group',
    ]);
  });

  it('raises the alarm of a broken split, before anything else that is said', () => {
    expect(said({ evidence: 'SAMPLE_RATIO_MISMATCH', winner: null, sampleRatio: mismatch })).toEqual([alarm]);
    const both = said({ evidence: 'NOT_CAUSAL', winner: null, sampleRatio: mismatch });
    expect(both).toEqual([alarm, 'alarm | Not causal: no control group']);
  });
});

it('has every name in every language, English ones from the names themselves', () => {
  expect(nameOf('IN_APP', en)).toBe('In app');
  expect(nameOf('CLICK', en)).toBe('Clicks');
  const words = ['PUSH', 'WEB', 'SEGMENT'];
  expect(Object.keys(ar.names).filter((name) => !(name in de.names))).toEqual(words);
  expect(Object.keys(de.names).filter((name) => !(name in ar.names))).toEqual([]);
  expect(Object.keys(ar.names)).toHaveLength(5 + 5 + 6);
});

it('shows a return above 1,000% as a multiple of the cost, with its interval', () => {
  expect(timesCostOf({ value: 24, interval: { low: 17, high: 31 } })).toEqual({
    value: 25,
    interval: { low: 18, high: 32 },
  });
  expect(timesCostOf({ value: 10, interval: { low: 2, high: 40 } })).toBeNull();
});
