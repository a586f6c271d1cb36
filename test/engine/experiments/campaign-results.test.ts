import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CampaignMetric } from '../../../server/domain/campaigns.ts';
import { campaignResults } from '../../../server/engine/experiments/campaign-results.ts';
import type { CampaignResults, CountedResult } from '../../../server/engine/experiments/result-types.ts';
import type {
  CampaignCell,
  CampaignCells,
  MetricSums,
  ResultsRequest,
  VariantCounts,
} from '../../../server/engine/experiments/types.ts';

const variant = (id: string, isControl = false, weight: number | null = null) => ({ id, name: id, weight, isControl });
const MAIL = { control: 'VARIANT', costPerMessage: null, variants: [variant('mail'), variant('none', true)] } as const;
const THREE = { ...MAIL, variants: [variant('mail'), variant('push'), variant('none', true)] } as const;

const REQUEST: ResultsRequest = {
  ...{ metric: 'REVENUE', windowDays: 14, by: [], covariate: 'NONE', winsorizeAt: null, withClv: false },
};

const NOTHING: MetricSums = { sum: 0, squares: 0, products: 0 };
const count = (n: number): MetricSums => ({ sum: n, squares: n, products: 0 });

/** Customers of whom some buy once, for 10 and for 30 in equal parts, with margins of a half. */
function cell(variantId: string, customers: number, buyers: number, more: Partial<CampaignCell> = {}): CampaignCell {
  const sent = variantId === 'none' ? 0 : customers;
  const none = { opened: 0, clicked: 0, unsubscribed: 0, bounced: 0, complained: 0 };
  return {
    ...{ variantId, group: [], half: null, customers },
    steps: { sent, delivered: sent, converted: buyers, ...none },
    covariate: { sum: 0, squares: 0 },
    ...more,
    metrics: {
      ...{ CLICK: NOTHING, CONVERSION: count(buyers), ORDERS: count(buyers), CLV: null },
      REVENUE: { sum: 20 * buyers, squares: 500 * buyers, products: 0 },
      MARGIN: { sum: 10 * buyers, squares: 125 * buyers, products: 0 },
      ...more.metrics,
    },
  };
}

function cellsOf(
  cells: readonly CampaignCell[],
  counts: Readonly<Record<string, Partial<VariantCounts>>> = {},
): CampaignCells {
  const ids = [...new Set([...cells.map(({ variantId }) => variantId), ...Object.keys(counts)])];
  return {
    cells,
    counts: ids.map((variantId) => ({
      variantId,
      assigned: cells.reduce((sum, each) => sum + (each.variantId === variantId ? each.customers : 0), 0),
      ...{ open: 0, contaminated: 0, convertedBeforeSend: 0 },
      ...counts[variantId],
    })),
    ...{ observedUntil: null, knownCostShare: null, cutAt: null },
  };
}

const resultsOf = (
  cells: CampaignCells,
  request: Partial<ResultsRequest> = {},
  campaign: Parameters<typeof campaignResults>[0] = MAIL,
) => campaignResults(campaign, cells, { ...REQUEST, ...request }, 'EUR');

const of = <Result extends CountedResult>({ variants }: { readonly variants: readonly Result[] }, id: string) =>
  variants.find(({ variantId }) => variantId === id)!;

describe('the state of the evidence', () => {
  const said = ({ evidence, evidenceText, winnerId }: CampaignResults) => [evidence, evidenceText, winnerId];

  it('is NO_DATA before anybody counts, and says what they wait for', () => {
    const [assigned, open] = [cellsOf([]), cellsOf([], { mail: { assigned: 1200, open: 1200 } })];
    expect(said(resultsOf(assigned))).toEqual(['NO_DATA', 'No customer is assigned yet.', null]);
    const waiting = 'No window is over yet: those of 1,200 customers are open, for 14 days each.';
    expect(said(resultsOf(open))).toEqual(['NO_DATA', waiting, null]);
    const contaminated = cellsOf([], {
      mail: { assigned: 5, contaminated: 5 },
      none: { assigned: 5, contaminated: 5 },
    });
    expect(resultsOf(contaminated).evidenceText).toBe('No customer counts: each is in more than one variant.');
  });

  it('is NOT_CAUSAL without a control group, and nothing is compared with anything', () => {
    const campaign = { ...MAIL, control: 'NONE', variants: [variant('mail'), variant('push')] } as const;
    const results = resultsOf(cellsOf([cell('mail', 4000, 400), cell('push', 4000, 300)]), {}, campaign);
    expect(results).toMatchObject({
      isCausal: false,
      evidence: 'NOT_CAUSAL',
      correction: 'no comparison, no correction',
    });
    expect(results.evidenceText).toMatch(/^No control group: what 8,000 customers did/);
    for (const each of results.variants) expect(each).toMatchObject({ lift: null, lifts: [], incremental: null });
    // Chance put customers in the variants, so that these can be told apart.
    expect(of(results, 'mail').probabilityBest).toBeGreaterThan(0.99);
  });

  it('is SAMPLE_RATIO_MISMATCH where the split is broken, whatever else is known', () => {
    const campaign = { ...MAIL, variants: [variant('mail', false, 1), variant('none', true, 1)] };
    const results = resultsOf(cellsOf([cell('mail', 9400, 900), cell('none', 10_600, 500)]), {}, campaign);
    const text =
      'The split is faulty, and the variants cannot be compared: mail has 9,400 customers where its weight gives it 10,000 (p < .001).';
    expect(said(results)).toEqual(['SAMPLE_RATIO_MISMATCH', text, null]);
  });

  it('is TOO_EARLY under 100 customers on a side', () => {
    const text =
      'Too early: a variant and the control group need 100 customers each, and have 99 in mail and 5,000 in none.';
    expect(said(resultsOf(cellsOf([cell('mail', 99, 60), cell('none', 5000, 200)])))).toEqual([
      'TOO_EARLY',
      text,
      null,
    ]);
    expect(resultsOf(cellsOf([cell('mail', 100, 60), cell('none', 5000, 200)])).evidence).toBe('BETTER');
  });

  it('gives the return on spend of the winner, above 1,000% as a multiple of the cost', () => {
    const cells = cellsOf([cell('mail', 5000, 300), cell('none', 5000, 200)]);
    const returned = (costPerMessage: string | null) =>
      resultsOf(cells, {}, { ...MAIL, costPerMessage }).evidenceText.split('; ')[1];
    // 100 buyers more, each with a margin of 10.
    expect(returned('0.1')).toMatch(/^return on spend: 100% \(4% to 196%\)\.$/);
    expect(returned('0.008')).toMatch(/^return on spend: 25 times what it cost \(13 to 37\)\.$/);
    expect(returned(null)).toBeUndefined();
  });

  it('leaves a small variant out and judges by the others', () => {
    const results = resultsOf(
      cellsOf([cell('mail', 30, 30), cell('push', 5000, 400), cell('none', 5000, 200)]),
      {},
      THREE,
    );
    expect(results).toMatchObject({ evidence: 'BETTER', winnerId: 'push' });
  });

  it('goes by the interval that holds at every look while windows are open', () => {
    const open = { mail: { open: 700, assigned: 4700 } };
    const unsure = [cell('mail', 4000, 280), cell('none', 4000, 220)];
    expect(resultsOf(cellsOf(unsure)).evidence).toBe('BETTER');
    const early = resultsOf(cellsOf(unsure, open));
    const { low, high } = of(early, 'mail').lift!.alwaysValid!;
    const text = `Too early: the windows of 700 customers are still open; so far mail earns 0.30 EUR more per customer than the control group (95% interval at every look ${low.toFixed(2)} to ${high.toFixed(2)}).`;
    expect(said(early)).toEqual(['TOO_EARLY', text, null]);
    const sure = resultsOf(cellsOf([cell('mail', 4000, 400), cell('none', 4000, 220)], open));
    expect(sure).toMatchObject({ evidence: 'BETTER', winnerId: 'mail' });
    expect(sure.evidenceText).toMatch(/at every look .*; the windows of 700 customers are still open\)\.$/);
    // Too little happened for that interval.
    const rare = resultsOf(cellsOf([cell('mail', 4000, 9), cell('none', 4000, 0)], open));
    expect(of(rare, 'mail').lift).toMatchObject({ alwaysValid: null });
    expect(rare.evidenceText).toBe(
      'Too early: the windows of 700 customers are still open, and the others have too few outcomes.',
    );
  });

  it('corrects for several variants also while windows are open', () => {
    const [a, b, control] = [cell('mail', 4000, 301), cell('push', 4000, 220), cell('none', 4000, 220)];
    const open = { none: { open: 1, assigned: 4001 } };
    const alone = resultsOf(cellsOf([a, control], open));
    expect(of(alone, 'mail').lift!.alwaysValid!.low).toBeGreaterThan(0);
    expect(alone.evidence).toBe('BETTER');
    const both = resultsOf(cellsOf([a, b, control], open), {}, THREE);
    expect(of(both, 'mail').lift!.alwaysValid).toEqual(of(alone, 'mail').lift!.alwaysValid);
    expect(both.evidence).toBe('TOO_EARLY');
  });

  it('is BETTER with the variant that is furthest ahead, and WORSE where all that differ are behind', () => {
    const better = resultsOf(
      cellsOf([cell('mail', 5000, 300), cell('push', 5000, 400), cell('none', 5000, 200)]),
      {},
      THREE,
    );
    expect(better).toMatchObject({ evidence: 'BETTER', winnerId: 'push' });
    expect(better.evidenceText).toMatch(
      /^push earns 0\.80 EUR more per customer than the control group \(95% interval 0\.59 to 1\.01\), and is the best variant with a probability of over 99\.9%\.$/,
    );
    const worse = resultsOf(
      cellsOf([cell('mail', 5000, 195), cell('push', 5000, 100), cell('none', 5000, 200)]),
      {},
      THREE,
    );
    expect(worse).toMatchObject({ evidence: 'WORSE', winnerId: null });
    expect(worse.evidenceText).toMatch(
      /^push earns 0\.40 EUR less per customer than the control group \(95% interval -0\.\d\d to -0\.\d\d\), and no variant is better than the control group\.$/,
    );
  });

  it('is INCONCLUSIVE where it may be chance, also where only the correction says so', () => {
    const one = resultsOf(cellsOf([cell('mail', 5000, 210), cell('none', 5000, 200)]));
    expect(one.evidence).toBe('INCONCLUSIVE');
    expect(one.evidenceText).toMatch(
      /^mail does not differ significantly from the control group: it earns 0\.04 EUR more per customer, which may be chance \(95% interval -0\.\d\d to 0\.\d\d\)\.$/,
    );
    const cells = [cell('mail', 5000, 248), cell('push', 5000, 200), cell('none', 5000, 200)];
    const both = resultsOf(cellsOf(cells), {}, THREE);
    expect(of(both, 'mail').lift!.pValue).toBeLessThan(0.05);
    expect(both.evidence).toBe('INCONCLUSIVE');
    expect(both.evidenceText).toMatch(
      /^No variant differs significantly from the control group: mail, the clearest, .*; p = \.039, and p = \.078 corrected for the other comparisons\)\.$/,
    );
  });

  it('is TOO_EARLY where nobody bought yet, and where CLV is not known yet', () => {
    const nobody = cellsOf([cell('mail', 500, 0), cell('none', 500, 0)]);
    expect(resultsOf(nobody)).toMatchObject({ evidence: 'TOO_EARLY' });
    expect(of(resultsOf(nobody), 'mail')).toMatchObject({ lift: null, incremental: null, probabilityBest: null });
    expect(resultsOf(nobody, { metric: 'CLV' }).evidenceText).toMatch(/^Too early: CLV is unknown/);
  });

  it.each<[CampaignMetric, RegExp]>([
    [
      'CONVERSION',
      /^mail gets 4\.00 more of 100 customers to convert than the control group \(95% interval 3\.54 to 4\.46\)\.$/,
    ],
    [
      'ORDERS',
      /^mail brings 0\.0400 orders more per customer than the control group \(95% interval 0\.0\d+ to 0\.0\d+\)\.$/,
    ],
    ['MARGIN', /^mail earns 0\.40 EUR more margin per customer than the control group/],
  ])('words %s in its unit', (metric, text) => {
    expect(
      resultsOf(cellsOf([cell('mail', 20_000, 1600), cell('none', 20_000, 800)]), { metric }).evidenceText,
    ).toMatch(text);
  });
});

describe('what a variant added', () => {
  const cells = cellsOf([cell('mail', 5000, 400), cell('none', 2500, 100)]);

  it('is its lifts times its customers, less the cost of the messages sent', () => {
    const { incremental, lifts } = of(resultsOf(cells, {}, { ...MAIL, costPerMessage: '0.05' }), 'mail');
    const margin = lifts.find(({ metric }) => metric === 'MARGIN')!.absolute;
    expect(incremental!.orders.value).toBeCloseTo(400 - 200, 9);
    expect(incremental!.revenue.value).toBeCloseTo(4000, 9);
    expect(incremental!.margin.interval.low).toBeCloseTo(5000 * margin.interval.low, 9);
    expect(incremental!.cost).toBe(250);
    expect(incremental!.returnOnSpend!.value).toBeCloseTo((2000 - 250) / 250, 9);
    expect(incremental!.returnOnSpend!.interval.high).toBeCloseTo((5000 * margin.interval.high - 250) / 250, 9);
    expect(incremental!.costPerOrder).toBeCloseTo(1.25, 9);
    expect(incremental!.clv).toBeNull();
  });

  it('has no return without a cost, nor a cost per order where none was added', () => {
    expect(of(resultsOf(cells), 'mail').incremental).toMatchObject({
      cost: null,
      returnOnSpend: null,
      costPerOrder: null,
    });
    const fewer = cellsOf([cell('mail', 5000, 100), cell('none', 5000, 100)]);
    expect(of(resultsOf(fewer, {}, { ...MAIL, costPerMessage: '0.05' }), 'mail').incremental!.costPerOrder).toBeNull();
    expect(of(resultsOf(cells, {}, { ...MAIL, costPerMessage: '0' }), 'mail').incremental!.returnOnSpend).toBeNull();
    expect(of(resultsOf(cells), 'none').incremental).toBeNull();
  });

  it('includes CLV where it is known', () => {
    const clv = (variantId: string, customers: number, mean: number) => {
      const base = cell(variantId, customers, 50);
      return {
        ...base,
        metrics: { ...base.metrics, CLV: { sum: mean * customers, squares: (mean ** 2 + 4) * customers, products: 0 } },
      };
    };
    const { incremental, means } = of(
      resultsOf(cellsOf([clv('mail', 1000, 31), clv('none', 1000, 30)]), { metric: 'CLV' }),
      'mail',
    );
    expect(incremental!.clv!.value).toBeCloseTo(1000, 6);
    expect(means.CLV!.value).toBeCloseTo(31, 9);
  });
});

describe('comparisons', () => {
  const three = cellsOf([cell('mail', 5000, 245), cell('push', 5000, 300), cell('none', 5000, 200)]);

  it('are corrected over the variants, and over variants and metrics where all are shown', () => {
    const results = resultsOf(three, {}, THREE);
    const [mail, push] = [of(results, 'mail'), of(results, 'push')];
    expect(push.lift!.adjustedPValue).toBeCloseTo(2 * push.lift!.pValue, 12);
    expect(mail.lift!.adjustedPValue).toBe(mail.lift!.pValue);
    // Clicks differ nowhere, but as shares they are compared all the same.
    expect(results.correction).toBe(
      'p-values are corrected for 2 comparisons (Holm); corrected for 10 where all metrics are compared (Holm)',
    );
    const all = [...mail.lifts, ...push.lifts];
    const smallest = all.reduce((a, b) => (a.pValue < b.pValue ? a : b));
    expect(smallest.adjustedPValue).toBeCloseTo(10 * smallest.pValue, 12);
    for (const lift of all) expect(lift.adjustedPValue).toBeGreaterThanOrEqual(lift.pValue);
  });

  it('say that one needs no correction', () => {
    const { correction } = resultsOf(cellsOf([cell('mail', 500, 40), cell('none', 500, 20)]), { by: ['SEGMENT'] });
    expect(correction).toBe(
      'one comparison, no correction; corrected for 5 where all metrics are compared (Holm); each group is corrected alike',
    );
  });

  it('leave out a variant with nobody in it, which stays in the list and in the check of the split', () => {
    const campaign = { ...THREE, variants: THREE.variants.map((each) => ({ ...each, weight: 1 })) };
    const results = resultsOf(
      cellsOf([cell('mail', 500, 50), cell('none', 500, 30)], { push: { assigned: 0 } }),
      {},
      campaign,
    );
    expect(results.sampleRatio!.isMismatch).toBe(true);
    const empty = {
      customers: 0,
      assigned: 0,
      orders: 0,
      averageOrderValue: null,
      lift: null,
      lifts: [],
      incremental: null,
    };
    expect(of(results, 'push')).toMatchObject({ ...empty, probabilityBest: null, expectedLoss: null });
    expect(of(results, 'push').steps.converted).toEqual({ count: 0, of: 0, share: null });
    expect(of(results, 'push').means.REVENUE).toBeNull();
    expect(results.correction).toMatch(/^one comparison/);
    expect(of(results, 'mail').probabilityBest! + of(results, 'none').probabilityBest!).toBeCloseTo(1, 9);
  });

  it('need two customers on either side', () => {
    const results = resultsOf(cellsOf([cell('mail', 1, 1), cell('none', 500, 30)]));
    expect(of(results, 'mail')).toMatchObject({
      customers: 1,
      lift: null,
      lifts: [],
      incremental: null,
      probabilityBest: null,
    });
    expect(of(results, 'mail').means).toMatchObject({ REVENUE: null, CONVERSION: { value: 1 } });
  });
});

describe('the covariate', () => {
  /** Customers by what they spent and what is known of them from before. */
  function covaried(
    variantId: string,
    group: readonly string[],
    customers: readonly (readonly [y: number, x: number])[],
  ): CampaignCell {
    const sum = (term: (y: number, x: number) => number) => customers.reduce((total, [y, x]) => total + term(y, x), 0);
    const base = cell(variantId, customers.length, customers.length / 2, { group });
    return {
      ...base,
      covariate: { sum: sum((_, x) => x), squares: sum((_, x) => x * x) },
      metrics: {
        ...base.metrics,
        CONVERSION: { ...base.metrics.CONVERSION!, products: sum((_, x) => x / 2) },
        REVENUE: { sum: sum((y) => y), squares: sum((y) => y * y), products: sum((y, x) => x * y) },
      },
    };
  }

  // Spend follows x in one group, and is the same for all in the other.
  const rising = (n: number, more: number) =>
    Array.from({ length: n }, (_, i) => [more + 3 * (i % 7) + (i % 2), i % 7] as const);
  const flat = (n: number, more: number) => Array.from({ length: n }, (_, i) => [more + (i % 3), (i * i) % 5] as const);
  const cells = cellsOf([
    covaried('mail', ['a'], rising(700, 2)),
    covaried('none', ['a'], rising(703, 0)),
    covaried('mail', ['b'], flat(201, 1)),
    covaried('none', ['b'], flat(233, 0)),
  ]);

  it('is reported with the variance that it removes, and is NONE where it was not requested or is the same for all', () => {
    const asked = resultsOf(cells, { covariate: 'PREDICTED_CLV' });
    expect(asked.covariate).toBe('PREDICTED_CLV');
    expect(asked.varianceReduction).toBeGreaterThan(0.7);
    const width = ({ variants }: CampaignResults) => {
      const { low, high } = variants[0]!.lift!.absolute.interval;
      return high - low;
    };
    const plain = resultsOf(cells);
    expect(plain).toMatchObject({ covariate: 'NONE', varianceReduction: 0 });
    expect((width(asked) / width(plain)) ** 2).toBeCloseTo(1 - asked.varianceReduction, 2);
    const alike = cellsOf([cell('mail', 500, 40), cell('none', 500, 20)]);
    expect(resultsOf(alike, { covariate: 'PREDICTED_CLV' })).toMatchObject({ covariate: 'NONE', varianceReduction: 0 });
  });

  it('has one slope in all groups, that of all customers', () => {
    const asked = resultsOf(cells, { covariate: 'PRIOR_REVENUE', by: ['GROUP'] });
    const [plain, adjusted] = [resultsOf(cells, { by: ['GROUP'] }), asked].map(({ groups }) =>
      groups.map((group) => of(group, 'mail').lift!.absolute.value),
    );
    const means = (id: string) =>
      cells.cells
        .filter(({ variantId }) => variantId === id)
        .map(({ covariate, customers }) => covariate.sum / customers);
    const [treated, control] = [means('mail'), means('none')];
    const slopes = [0, 1].map((i) => (plain![i]! - adjusted![i]!) / (treated[i]! - control[i]!));
    expect(slopes[0]).toBeCloseTo(slopes[1]!, 8);
    expect(slopes[0]).toBeGreaterThan(1);
  });

  it('leaves shares of few customers as they are', () => {
    const few = cells.cells.map((each) => ({
      ...each,
      metrics: { ...each.metrics, CONVERSION: { sum: 4, squares: 4, products: 11 } },
    }));
    const request = { metric: 'CONVERSION', covariate: 'PRIOR_REVENUE' } as const;
    expect(resultsOf(cellsOf(few), request).covariate).toBe('NONE');
    expect(of(resultsOf(cellsOf(few), request), 'mail').lift).toEqual(
      of(resultsOf(cellsOf(few), { metric: 'CONVERSION' }), 'mail').lift,
    );
  });
});

describe('cells', () => {
  const grouped = (
    variantId: string,
    customers: number,
    buyers: number,
    group: string | null,
    half: 0 | 1 | null = null,
  ) => cell(variantId, customers, buyers, { group: [group], half });
  const CELLS = [
    grouped('mail', 400, 40, 'LOYAL'),
    grouped('none', 500, 30, 'LOYAL'),
    grouped('mail', 600, 20, 'LOST'),
    grouped('none', 700, 21, 'LOST'),
    grouped('mail', 10, 3, null),
  ];
  const REQUESTED = { by: ['SEGMENT'] } as const;

  it('make groups, the largest first, with every variant in each, and their sum', () => {
    const { groups, variants } = resultsOf(cellsOf(CELLS), REQUESTED);
    expect(groups.map(({ group }) => group)).toEqual([['LOST'], ['LOYAL'], [null]]);
    expect(groups.map((group) => group.variants.map(({ customers }) => customers))).toEqual([
      [600, 700],
      [400, 500],
      [10, 0],
    ]);
    expect(variants.map(({ customers, orders, revenue }) => [customers, orders, revenue])).toEqual([
      [1010, 63, 1260],
      [1200, 51, 1020],
    ]);
    expect(of(groups[1]!, 'mail').lift!.absolute.value).toBeCloseTo(20 * (40 / 400 - 30 / 500), 12);
    expect(of(groups[2]!, 'mail').lift).toBeNull();
    // Customers who do not count are known in total only.
    const unknown = { assigned: null, open: null, contaminated: null, convertedBeforeSend: null };
    expect(of(groups[0]!, 'mail')).toMatchObject({ customers: 600, ...unknown });
    expect(of({ variants }, 'mail')).toMatchObject({
      assigned: 1010,
      open: 0,
      contaminated: 0,
      convertedBeforeSend: 0,
    });
    expect(resultsOf(cellsOf(CELLS)).groups).toEqual([]);
  });

  it('are corrected in each group by itself', () => {
    const cells = cellsOf([...CELLS, grouped('push', 500, 45, 'LOYAL')]);
    const { groups } = resultsOf(cells, REQUESTED, THREE);
    const [loyal, lost] = groups.map((group) => of(group, 'mail').lift!);
    expect(loyal!.adjustedPValue).toBeCloseTo(2 * loyal!.pValue, 12);
    expect(lost!.adjustedPValue).toBe(lost!.pValue);
  });

  it('give the same results cut in halves', () => {
    const halves = CELLS.flatMap(({ variantId, customers, metrics, group }) => {
      const buyers = metrics.ORDERS!.sum;
      const first = grouped(variantId, Math.floor(customers / 3), Math.floor(buyers / 3), group[0]!, 0);
      return [first, grouped(variantId, customers - first.customers, buyers - first.metrics.ORDERS!.sum, group[0]!, 1)];
    });
    expect(resultsOf(cellsOf(halves), REQUESTED)).toEqual(resultsOf(cellsOf(CELLS), REQUESTED));
  });

  it('give the same results in any order', () => {
    const expected = resultsOf(cellsOf(CELLS), REQUESTED);
    fc.assert(
      fc.property(fc.shuffledSubarray(CELLS, { minLength: CELLS.length }), (cells) => {
        const { counts } = cellsOf(CELLS);
        expect(resultsOf({ ...cellsOf(cells), counts: counts.toReversed() }, REQUESTED)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('have the steps of the funnel, each of those who could take it', () => {
    const steps = {
      sent: 90,
      delivered: 80,
      opened: 40,
      clicked: 50,
      converted: 7,
      unsubscribed: 2,
      bounced: 10,
      complained: 1,
    };
    const { sent, delivered, opened, clicked, clickToOpen, bounced, converted, unsubscribed, complained } = of(
      resultsOf(cellsOf([cell('mail', 100, 7, { steps })])),
      'mail',
    ).steps;
    const counts = [sent, delivered, opened, clicked, clickToOpen, bounced, converted, unsubscribed, complained];
    // More clicked than are known to have opened.
    const bases = [100, 90, 80, 80, 50, 90, 100, 80, 80];
    expect(counts.map((rate) => rate.of)).toEqual(bases);
    expect(clickToOpen.share!.value).toBe(1);
    expect(converted.share!.value).toBe(0.07);
  });
});
