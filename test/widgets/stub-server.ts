import { vi } from 'vitest';

import type {
  AtRiskListQuery,
  CampaignNamesQuery,
  CampaignResultsQuery,
  RecommendationsQuery,
  SegmentPickerQuery,
  ValueChartQuery,
} from '../../widgets/generated/graphql.ts';

import { importAnswer } from './stub-import.ts';

export interface Sent {
  /** Name of the operation. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

type Answer = (sent: Sent) => unknown;

/** Puts an answering function in the place of the server; what it throws is a lost connection. */
export function stubServer(answer: Answer = answerOf): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const { query, variables } = JSON.parse(String(init.body));
    const sent = { operation: /(?:query|mutation) (\w+)/.exec(query)![1]!, variables, signal: init.signal! };
    all.push(sent);
    const data = await answer(sent);
    return data instanceof Response ? data : Response.json({ data });
  });
  return all;
}

/** A small shop: two segments, twelve customers, of which each page shows those it is asked for, five recommendations to each, two campaigns. */
export function answerOf({ operation, variables }: Pick<Sent, 'operation' | 'variables'>): unknown {
  if (operation === 'SegmentPicker') return segmentPickerAnswer();
  if (operation === 'AtRiskList') return atRiskAnswer(variables);
  if (operation === 'Recommendations') return recommendationsAnswer(variables);
  if (operation === 'CampaignNames') return campaignNamesAnswer();
  if (operation === 'CampaignResults') return campaignResultsAnswer(variables);
  if (operation.includes('Import')) return importAnswer(operation);
  return valueChartAnswer(variables);
}

export const RUN = {
  asOf: '2026-10-31',
  annualDiscountRate: 0.1,
  marginRate: 0.6,
  backtest: { coverage: [{ totals: { held: 8, count: 9 } }, { totals: { held: 4, count: 5 } }] },
};
export const FIT = { model: 'MBG/NBD', reason: null as string | null };

export function segmentPickerAnswer(): SegmentPickerQuery {
  const segments = [
    { segment: 'CHAMPION' as const, customers: 30, share: 0.3 },
    { segment: 'AT_RISK' as const, customers: 60, share: 0.6 },
    { segment: 'LOST' as const, customers: 10, share: 0.1 },
  ];
  return { rfm: { run: RUN, customers: 100, segments } };
}

export function valueChartAnswer({ segments, bySegment }: Sent['variables'] = { bySegment: true }): ValueChartQuery {
  const money = (value: number) => ({ amount: value.toFixed(2), currency: 'EUR' });
  const curve = (last: number, customers: number) =>
    [3, 6, 12, 24, 36].map((horizonMonths) => {
      const mean = (last * horizonMonths) / 36;
      return {
        horizonMonths,
        mean: money(mean),
        meanInterval: { p10: money(mean * 0.8), p50: money(mean * 0.95), p90: money(mean * 1.25) },
        total: money(mean * customers),
        // Of 36 months of the 30 Champions, one makes the total unsure.
        withoutLargest: customers === 30 && horizonMonths === 36 ? { total: money(29 * 800) } : null,
        meanExpectedOrderDays: horizonMonths / 10,
      };
    });
  const groups = [
    { segment: 'CHAMPION' as const, customers: 30, curve: curve(1234.5, 30) },
    { segment: 'AT_RISK' as const, customers: 60, curve: curve(300, 60) },
  ].filter(({ segment }) => !Array.isArray(segments) || segments.includes(segment));
  const cohorts = [{ startsOn: '2026-01-01', customers: 90, curve: curve(500, 90) }];
  const clv = { run: RUN, transactions: FIT, spend: { ...FIT, model: 'Gamma-Gamma' } };
  return {
    clv: bySegment ? { ...clv, bySegment: groups } : { ...clv, months: cohorts, quarters: cohorts, years: cohorts },
  };
}

export function atRiskAnswer({ first, after, last, before, segments }: Sent['variables']): AtRiskListQuery {
  const all = Array.from({ length: 12 }, (_, index) => customer(index)).filter(
    ({ segment }) => !Array.isArray(segments) || segments.includes(segment),
  );
  const start = before === undefined ? Number(after ?? 0) : Number(before) - Number(last);
  const nodes = all.slice(start, start + Number(first ?? last));
  const end = start + nodes.length;
  const pageInfo = {
    hasPreviousPage: start > 0,
    hasNextPage: end < all.length,
    startCursor: String(start),
    endCursor: String(end),
  };
  return {
    atRiskCustomers: { totalCount: all.length, pageInfo, nodes },
    clv: { run: RUN, transactions: FIT, spend: FIT },
  };
}

function customer(index: number): AtRiskListQuery['atRiskCustomers']['nodes'][number] {
  return {
    id: `id-${index}`,
    externalId: `C-${index}`,
    name: index === 0 ? null : `Customer ${index}`,
    segment: index % 2 === 0 ? 'AT_RISK' : 'LOST',
    lastOrderOn: '2026-08-09',
    daysSinceLastOrder: 83,
    clv: {
      horizonMonths: 12,
      value: { amount: '1234.50', currency: 'EUR' },
      interval: {
        p10: { amount: '502.25', currency: 'EUR' },
        p50: { amount: '1100.00', currency: 'EUR' },
        p90: { amount: '2104.75', currency: 'EUR' },
      },
      measuredCoverage: 0.7923,
    },
    churn: { withinDays: 90, probability: 0.6238, moneyAtRisk: { amount: '770.08', currency: 'EUR' } },
  };
}

type RecommendationList = NonNullable<NonNullable<RecommendationsQuery['customer']>['recommendations']>;

export function recommendationsAnswer(
  { id, externalId, first = 5, kinds }: Sent['variables'] = { externalId: 'C-1' },
  changes: Partial<RecommendationList> = {},
): RecommendationsQuery {
  const nodes = [
    recommendation('Green tea', 'REPLENISH', 0.4123, '1.85', {
      expectedOn: '2026-10-19',
      reason: { ...BECAUSE, code: 'DUE_AGAIN', usualGapDays: 34.2, daysSinceLastBought: 46 },
    }),
    recommendation('Milk jug', 'CROSS_SELL', 0.1823, '2.10', {
      reason: { ...BECAUSE, products: [named('Teapot')], customers: 41 },
    }),
    recommendation('Iron teapot', 'UP_SELL', 0.0712, null, {
      reason: { ...BECAUSE, code: 'STEP_UP', products: [named('Teapot')], priceRatio: 1.43 },
    }),
    recommendation('Oolong', 'REPLENISH', 0.0611, '0.93', {
      expectedOn: '2026-11-12',
      reason: { ...BECAUSE, code: 'DUE_AGAIN', usualGapDays: 60, daysSinceLastBought: 48 },
    }),
    recommendation('Advent calendar', 'TRENDING', null, null, { reason: { ...BECAUSE, code: 'TRENDING' } }),
  ].filter(({ kind }) => !Array.isArray(kinds) || kinds.includes(kind));
  const list: RecommendationList = {
    variant: 'PERSONAL',
    reason: null,
    horizonDays: 28,
    asOf: RUN.asOf,
    nodes,
    ...changes,
  };
  const recommendations = { ...list, nodes: list.nodes.slice(0, Number(first)) };
  const key = String(id ?? externalId);
  return { customer: { id: `id of ${key}`, externalId: key, name: `Customer ${key}`, recommendations } };
}

const BECAUSE: RecommendationList['nodes'][number]['reason'] = {
  code: 'GOES_WITH',
  products: [],
  customers: null,
  usualGapDays: null,
  daysSinceLastBought: null,
  priceRatio: null,
};

const named = (name: string) => ({ externalId: name.toUpperCase(), name });

function recommendation(
  name: string,
  kind: RecommendationList['nodes'][number]['kind'],
  probability: number | null,
  margin: string | null,
  rest: Partial<RecommendationList['nodes'][number]>,
): RecommendationList['nodes'][number] {
  return {
    id: `recommendation of ${name}`,
    product: { id: `product ${name}`, ...named(name), category: name.includes('calendar') ? null : 'Tea' },
    kind,
    probability,
    expectedMargin: margin === null ? null : { amount: margin, currency: 'EUR' },
    expectedOn: null,
    reason: BECAUSE,
    ...rest,
  };
}

export function campaignNamesAnswer(): CampaignNamesQuery {
  const nodes = ['Spring win-back', 'Autumn letter'].map((name) => ({ id: `id of ${name}`, name }));
  return { campaigns: { nodes } };
}

type Campaign = NonNullable<CampaignResultsQuery['campaign']>;
type Results = Campaign['results'];
type Variant = Results['variants'][number];
type Measured = Results['groups'][number]['variants'][number];

/** Half as wide on both sides, and wide enough to hold at every look where it is to. */
const around = (value: number, half: number) => ({ value, interval: { low: value - half, high: value + half } });

const LIFTED = { CLICK: 0.021, CONVERSION: 0.0123, ORDERS: 0.0141, REVENUE: 0.77, MARGIN: 0.42, CLV: 3.1 };

/** A variant with so many times the usual lift, or without one. */
export function measured(
  variant: string,
  customers: number,
  times: number | null,
  metric: keyof typeof LIFTED = 'REVENUE',
): Measured {
  const lift = LIFTED[metric] * (times ?? 0);
  const half = LIFTED[metric] * 0.38 * Math.sqrt(5000 / Math.max(customers, 1));
  const mean = around(LIFTED[metric] * 2 + lift, half * 0.7);
  return {
    variant,
    isControl: variant === 'control',
    customers,
    means: customers === 0 ? [] : [{ metric, mean }],
    lift:
      times === null
        ? null
        : {
            absolute: around(lift, half),
            relative: { value: times / 2 },
            adjustedPValue: Math.abs(lift) > half ? 0.0002 : 0.312,
            alwaysValid: around(lift, half * 1.6).interval,
          },
  };
}

export function campaignVariant(measures: Measured, changes: Partial<Variant> = {}): Variant {
  const { isControl, customers, lift } = measures;
  const share = (of: number) => ({ share: customers === 0 ? null : around(of, of * 0.06) });
  const none = { share: null };
  const money = (value: number) => ({ amount: value.toFixed(2) });
  const added = (value: number) => ({
    value: money(value),
    interval: { low: money(value * 0.62), high: money(value * 1.38) },
  });
  return {
    ...measures,
    open: 0,
    contaminated: 0,
    convertedBeforeSend: 0,
    steps: {
      sent: { count: isControl ? 0 : customers, share: customers === 0 ? null : around(isControl ? 0 : 1, 0) },
      opened: isControl ? none : share(0.312),
      clicked: isControl ? none : share(0.0713),
      converted: share(isControl ? 0.0572 : 0.0695),
    },
    revenue: { currency: 'EUR' },
    probabilityBest: isControl ? 0.0001 : lift && lift.absolute.value > 0.5 ? 0.9832 : 0.0167,
    incremental: lift && {
      revenue: added(lift.absolute.value * customers),
      clv: null,
      cost: { amount: (customers * 0.02).toFixed(2), currency: 'EUR' },
      returnOnSpend: { value: 8.4, interval: { low: 4.2, high: 12.5 } },
    },
    ...changes,
  };
}

export function campaignResultsAnswer(
  { name = 'Spring win-back', metric = 'REVENUE', by = [], windowDays }: Sent['variables'] = {},
  changes: Partial<Results> = {},
  ofCampaign: Partial<Campaign> = {},
): CampaignResultsQuery {
  const judged = metric as Results['metric'];
  const split = by as Results['by'];
  const variants = [
    campaignVariant(measured('10% off', 5012, 1, judged)),
    campaignVariant(measured('Free shipping', 4987, 0.16, judged)),
    campaignVariant(measured('control', 2493, null, judged)),
  ];
  const groups = (['CHAMPION', 'AT_RISK', null] as const).map((group, index) => ({
    group: split.map(() => group),
    variants: variants.map(({ variant, isControl }) =>
      measured(
        variant,
        1200 - 500 * index,
        isControl ? null : (variant === '10% off' ? 1.5 : 0.4) - index * 0.9,
        judged,
      ),
    ),
  }));
  return {
    campaign: {
      name: String(name),
      kind: 'WIN_BACK',
      channel: 'EMAIL',
      startedAt: '2026-03-02T07:00:00Z',
      stoppedAt: '2026-04-05T07:00:00Z',
      results: {
        metric: judged,
        windowDays: Number(windowDays ?? 14),
        by: split,
        observedUntil: '2026-10-31T20:00:00Z',
        isCausal: true,
        evidence: 'BETTER',
        winner: '10% off',
        covariate: 'PRIOR_REVENUE',
        sampleRatio: { isMismatch: false, variants: [] },
        variants,
        groups: split.length > 0 ? groups : [],
        ...changes,
      },
      ...ofCampaign,
    },
  };
}
