import { describe, expect, it } from 'vitest';

import type { CampaignKind } from '../../../server/domain/campaigns.ts';
import type { Segment } from '../../../server/domain/segments.ts';
import { NEXT_BEST_DEFAULTS, nextBest } from '../../../server/engine/experiments/next-best.ts';
import type {
  NextBestPlan,
  NextBestRequest,
  PastEffect,
  SegmentCounts,
} from '../../../server/engine/experiments/next-best-types.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

const facts = (segment: Segment, customers = 1000, more: Partial<SegmentCounts> = {}): SegmentCounts => ({
  ...{ segment, customers, clv: 50, replenishmentDue: 0, crossSell: 0 },
  ...more,
});

/** An experiment with 5,000 customers on either side, whose margins have a standard deviation of 10. */
const effect = (
  kind: CampaignKind,
  segment: Segment | null,
  margin: number,
  more: Partial<PastEffect> = {},
): PastEffect => ({
  ...{ campaign: `${kind} of old`, variantId: `${kind}`, kind, channel: 'EMAIL', segment },
  ...{ customers: 5000, controls: 5000, margin, variance: 100 * (2 / 5000), cost: 0.1 },
  ...more,
});

const plan = (request: Partial<NextBestRequest>) =>
  nextBest({ ...NEXT_BEST_DEFAULTS, effects: [], segments: [facts('AT_RISK')], ...request });

const row = ({ rows }: NextBestPlan, kind: string, segment: Segment = 'AT_RISK') =>
  rows.find((each) => each.kind === kind && each.segment === segment);

describe('with experiments', () => {
  const effects = [
    effect('WIN_BACK', 'AT_RISK', 3),
    effect('SEASONAL', 'AT_RISK', 0.5),
    effect('REFERRAL', 'AT_RISK', -3),
  ];

  it('gives most customers, but not all, to what is clearly best, and tries the rest but what is harmful', () => {
    const found = plan({ effects });
    // Exploration of 10% is shared by win-back, seasonal and doing nothing.
    expect(row(found, 'WIN_BACK')).toMatchObject({ customers: 933, evidence: 'TESTED', probabilityBest: 1 });
    expect(row(found, 'WIN_BACK')!.verdict).toBe('TARGET');
    expect(row(found, 'SEASONAL')!.customers).toBe(34);
    expect(row(found, 'REFERRAL')).toMatchObject({ customers: 0, probabilityBest: 0, probabilityPays: 0 });
    expect(row(found, 'DO_NOTHING')!.customers).toBe(33);
  });

  it('does nothing where all that was tested is harmful', () => {
    const found = plan({ effects: [effect('WIN_BACK', 'AT_RISK', -2), effect('SEASONAL', 'AT_RISK', -3)] });
    expect(row(found, 'DO_NOTHING')).toMatchObject({ customers: 1000, share: 1, probabilityBest: 1 });
    expect(row(found, 'WIN_BACK')).toMatchObject({ verdict: 'LEAVE_ALONE', probabilityPays: 0 });
    expect(row(found, 'DO_NOTHING')!.verdict).toBeNull();
  });

  it('takes what messages cost from what they add', () => {
    const dear = effects.map((each) => ({ ...each, cost: 4 }));
    expect(row(plan({ effects: dear }), 'DO_NOTHING')!.customers).toBe(1000);
    const { expectedNetValue, costPerCustomer, cost, customers } = row(plan({ effects }), 'WIN_BACK')!;
    expect(expectedNetValue!.value).toBeGreaterThan(2.6);
    expect(expectedNetValue!.value).toBeLessThan(3);
    expect(expectedNetValue!.interval.low).toBeLessThan(expectedNetValue!.value);
    expect(expectedNetValue!.interval.high).toBeGreaterThan(expectedNetValue!.value);
    expect(costPerCustomer).toBeCloseTo(0.1, 12);
    expect(cost).toBeCloseTo(0.1 * customers, 9);
  });

  it('splits between two that do not differ', () => {
    const found = plan({ effects: [effect('WIN_BACK', 'AT_RISK', 3), effect('SEASONAL', 'AT_RISK', 3)] });
    for (const kind of ['WIN_BACK', 'SEASONAL']) expect(Math.abs(row(found, kind)!.share - 0.483)).toBeLessThan(0.03);
  });

  it('expects on a segment what a kind does elsewhere, less surely, and only where the kind is meant for it', () => {
    const found = plan({
      effects: [effect('WIN_BACK', 'AT_RISK', 3), effect('WIN_BACK', 'HIBERNATING', 1)],
      segments: [facts('AT_RISK'), facts('CANT_LOSE'), facts('CHAMPION')],
    });
    const [tested, related] = [row(found, 'WIN_BACK')!, row(found, 'WIN_BACK', 'CANT_LOSE')!];
    const width = ({ interval }: NonNullable<typeof tested.expectedNetValue>) => interval.high - interval.low;
    expect([tested.evidence, related.evidence]).toEqual(['TESTED', 'RELATED']);
    expect(related.expectedNetValue!.value).toBeCloseTo(1.9, 0);
    expect(width(related.expectedNetValue!)).toBeGreaterThan(3 * width(tested.expectedNetValue!));
    expect(related.reason).toContain("Tested on At risk and Hibernating but not on Can't lose in “WIN_BACK of old”");
    expect(row(found, 'WIN_BACK', 'CHAMPION')).toBeUndefined();
  });

  it('learns from all customers together where no segment is known, and from segments where one is', () => {
    const together = effect('SEASONAL', null, 2);
    expect(row(plan({ effects: [together] }), 'SEASONAL')!).toMatchObject({ evidence: 'RELATED' });
    const both = plan({ effects: [together, effect('SEASONAL', 'AT_RISK', -2)] });
    expect(row(both, 'SEASONAL')!.expectedNetValue!.value).toBeCloseTo(-2.1, 6);
  });

  it('sums up experiments with the same kind on the same segment, the surer ones first', () => {
    const sure = effect('WIN_BACK', 'AT_RISK', 1, {
      campaign: 'Large',
      variantId: 'a',
      customers: 50_000,
      controls: 50_000,
      variance: 100 * (2 / 50_000),
    });
    const found = plan({ effects: [sure, effect('WIN_BACK', 'AT_RISK', 3, { campaign: 'Small', variantId: 'b' })] });
    expect(row(found, 'WIN_BACK')!.expectedNetValue!.value).toBeCloseTo((10 * 1 + 3) / 11 - 0.1, 2);
    expect(row(found, 'WIN_BACK')!.reason).toBe(
      'Tested on At risk in “Large” and “Small” (55,000 customers): it pays with a probability of over 99%.',
    );
  });

  it('does not take a segment where nobody bought for a sure thing', () => {
    const nobody = effect('WIN_BACK', 'AT_RISK', 0, { customers: 40, controls: 40, variance: 0 });
    const found = plan({ effects: [nobody, effect('WIN_BACK', 'CANT_LOSE', 3, { variantId: 'b' })] });
    const { interval } = row(found, 'WIN_BACK')!.expectedNetValue!;
    expect(interval.high - interval.low).toBeGreaterThan(2);
  });

  it('leaves out experiments that say nothing', () => {
    const empty = [
      effect('WIN_BACK', 'AT_RISK', 3, { controls: 0 }),
      effect('SEASONAL', 'AT_RISK', 3, { variance: 0 }),
    ];
    expect(plan({ effects: empty }).rows.map(({ kind }) => kind)).toEqual(['WIN_BACK', 'DO_NOTHING']);
    expect(row(plan({ effects: empty }), 'WIN_BACK')).toMatchObject({ evidence: 'UNTESTED', expectedNetValue: null });
  });

  it('says the same whenever it is asked, and with another seed nearly the same', () => {
    const near = [effect('WIN_BACK', 'AT_RISK', 0.5), effect('SEASONAL', 'AT_RISK', 0.4)];
    expect(plan({ effects: near })).toEqual(plan({ effects: near }));
    const [a, b] = [1, 2].map((seed) => row(plan({ effects: near, seed }), 'WIN_BACK')!.probabilityBest!);
    expect(a).not.toBe(b);
    expect(Math.abs(a! - b!)).toBeLessThan(0.05);
  });

  it('puts every customer of a segment in one row', () => {
    const segments = [facts('AT_RISK', 7), facts('CHAMPION', 1), facts('LOST', 0), facts('NEW', 12_345)];
    const { rows } = plan({ effects, segments });
    for (const { segment, customers } of segments) {
      const own = rows.filter((each) => each.segment === segment);
      expect(own.reduce((sum, each) => sum + each.customers, 0)).toBe(customers);
      expect(own.every((each) => Number.isInteger(each.customers) && each.customers >= 0)).toBe(true);
    }
  });
});

describe('who can get it', () => {
  it('keeps replenishment to customers with a product due, and cross-sell to those with a recommendation', () => {
    const segments = [facts('LOYAL', 1000, { replenishmentDue: 120, crossSell: 0 })];
    const found = plan({ effects: [effect('REPLENISHMENT', 'LOYAL', 5), effect('CROSS_SELL', 'LOYAL', 4)], segments });
    expect(row(found, 'REPLENISHMENT', 'LOYAL')).toMatchObject({ customers: 120, eligible: 120 });
    expect(row(found, 'CROSS_SELL', 'LOYAL')).toBeUndefined();
  });
});

describe('the budget', () => {
  const effects = [
    effect('WIN_BACK', 'AT_RISK', 3, { cost: 0.5 }),
    effect('LOYALTY', 'CHAMPION', 4, { cost: 2 }),
    effect('ONBOARDING', 'NEW', 1, { cost: 0 }),
  ];
  const segments = [facts('AT_RISK'), facts('CHAMPION'), facts('NEW')];
  const without = plan({ effects, segments });

  it.each([0, 0.3, 100, 700, 1234.5, 2000])(
    'of %f is never overspent, and spent while somebody is left to reach',
    (budget) => {
      const { rows, spent, customersLeftOut, costLeftOut } = plan({ effects, segments, budget });
      expect(spent).toBeLessThanOrEqual(budget);
      expect(rows.reduce((sum, { cost }) => sum + cost!, 0)).toBeCloseTo(spent, 8);
      expect(budget - spent).toBeLessThan(2);
      expect(spent + costLeftOut).toBeCloseTo(without.spent, 8);
      const idle = (of: NextBestPlan) =>
        of.rows.filter(({ kind }) => kind === 'DO_NOTHING').reduce((sum, { customers }) => sum + customers, 0);
      expect(idle({ ...without, rows })).toBe(idle(without) + customersLeftOut);
    },
  );

  it('goes where a unit of it adds most: first to what costs nothing, then to 5 for 1 before 1 for 1', () => {
    const { rows } = plan({ effects, segments, budget: 500 });
    const reached = (segment: Segment, kind: CampaignKind) => row({ ...without, rows }, kind, segment)!.customers;
    expect(reached('NEW', 'ONBOARDING')).toBe(row(without, 'ONBOARDING', 'NEW')!.customers);
    expect(reached('AT_RISK', 'WIN_BACK')).toBe(row(without, 'WIN_BACK')!.customers);
    expect(reached('CHAMPION', 'LOYALTY')).toBeLessThan(row(without, 'LOYALTY', 'CHAMPION')!.customers);
    expect(row({ ...without, rows }, 'DO_NOTHING', 'CHAMPION')!.reason).toContain('The budget does not reach');
  });

  it('is reported with what no limit would spend', () => {
    expect(without).toMatchObject({ budget: null, customersLeftOut: 0, costLeftOut: 0 });
    expect(without.spent).toBeGreaterThan(2000);
  });
});

describe('without experiments', () => {
  it.each<[Segment, Partial<SegmentCounts>, string[]]>([
    ['NEW', {}, ['REPEAT_PURCHASE']],
    ['CHAMPION', { replenishmentDue: 1000, crossSell: 1000 }, ['REPLENISHMENT', 'LOYALTY', 'CROSS_SELL']],
    ['AT_RISK', {}, ['WIN_BACK']],
    ['NEED_ATTENTION', { crossSell: 1000 }, ['CROSS_SELL']],
    ['NEED_ATTENTION', {}, []],
    ['LOST', { replenishmentDue: 1000, crossSell: 1000 }, []],
    ['PROSPECT', {}, []],
  ])('proposes to %s, given %o, an even split of %o and nothing', (segment, more, kinds) => {
    const { rows } = plan({ segments: [facts(segment, 1000, more)] });
    expect(rows.map(({ kind }) => kind)).toEqual([...kinds, 'DO_NOTHING']);
    for (const each of rows) expect(Math.abs(each.customers - 1000 / rows.length)).toBeLessThanOrEqual(1);
    for (const each of rows.slice(0, -1)) {
      expect(each).toMatchObject({ evidence: 'UNTESTED', expectedNetValue: null, probabilityBest: null, cost: null });
      expect(each.reason).toMatch(/^Untested: /);
    }
  });

  it('tries untested kinds beside tested ones, at what campaigns cost so far', () => {
    const found = plan({ effects: [effect('SEASONAL', 'AT_RISK', 3, { cost: 0.2 })] });
    expect(row(found, 'WIN_BACK')).toMatchObject({ evidence: 'UNTESTED', costPerCustomer: 0.2 });
    expect(Math.abs(row(found, 'WIN_BACK')!.customers - 100 / 3)).toBeLessThan(1);
  });
});

describe('a request', () => {
  it.each<[Partial<NextBestRequest>, string]>([
    [{ budget: -1 }, 'budget'],
    [{ budget: Number.NaN }, 'budget'],
    [{ exploration: 1 }, 'exploration'],
    [{ exploration: -0.1 }, 'exploration'],
    [{ seed: 0.5 }, 'seed'],
    [{ segments: [facts('NEW', -1)] }, 'segments'],
  ])('is refused with %o', (request, field) => {
    expect(() => plan(request)).toThrow(expect.objectContaining({ code: 'BAD_PLAN', field: [field] }));
  });
});

describe('by simulation', () => {
  it('loses less from round to round, and under half of what an even split loses', () => {
    const random = createRandom(21);
    const kinds: CampaignKind[] = ['SEASONAL', 'REFERRAL', 'MILESTONE', 'AWARENESS'];
    const segments = [facts('AT_RISK', 3000), facts('NEW', 3000)];
    const truth = new Map<string, number>(
      segments.flatMap(({ segment }) => kinds.map((kind) => [`${kind}/${segment}`, 0.6 * random.normal()] as const)),
    );
    const gainOf = (kind: string, segment: Segment) => truth.get(`${kind}/${segment}`) ?? 0;
    const best = (segment: Segment) => Math.max(0, ...kinds.map((kind) => gainOf(kind, segment)));
    const deviation = 10;
    const effects: PastEffect[] = [];
    const regrets: number[] = [];
    const even = segments.reduce(
      (sum, { segment, customers }) =>
        sum +
        customers * (best(segment) - kinds.reduce((all, kind) => all + gainOf(kind, segment), 0) / (kinds.length + 1)),
      0,
    );
    const test = (round: number, kind: CampaignKind, segment: Segment, customers: number, controls: number) => {
      const variance = deviation ** 2 * (1 / customers + 1 / controls);
      const margin = gainOf(kind, segment) + Math.sqrt(variance) * random.normal();
      effects.push(
        effect(kind, segment, margin, { variantId: `${round}${kind}`, customers, controls, variance, cost: 0 }),
      );
    };
    for (const { segment } of segments) for (const kind of kinds) test(0, kind, segment, 600, 600);
    for (let round = 1; round <= 12; round++) {
      const { rows } = plan({ effects, segments, seed: round });
      regrets.push(
        rows.reduce(
          (sum, { kind, segment, customers }) => sum + customers * (best(segment) - gainOf(kind, segment)),
          0,
        ),
      );
      for (const { kind, segment, customers } of rows) {
        const controls = rows.find((each) => each.kind === 'DO_NOTHING' && each.segment === segment)!.customers;
        if (kind !== 'DO_NOTHING' && customers > 1 && controls > 1) test(round, kind, segment, customers, controls);
      }
    }
    const sum = (of: readonly number[]) => of.reduce((total, each) => total + each, 0);
    expect(sum(regrets.slice(-4))).toBeLessThan(sum(regrets.slice(0, 4)));
    expect(sum(regrets)).toBeLessThan((even * regrets.length) / 2);
  });
});
