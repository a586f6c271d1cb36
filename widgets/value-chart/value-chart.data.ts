import type { GroupCurveFragment, Segment, ValueChartQuery, ValueChartQueryVariables } from '../generated/graphql.ts';
import type { Grain } from '../shared/formats.ts';
import { SEGMENTS } from '../shared/segments.ts';

export const GROUPINGS = ['segment', 'cohort'] as const;

export type By = (typeof GROUPINGS)[number];

/** What a line stands for; the shade of a period runs from 0, the newest, to 1, the oldest. */
export type SeriesGroup =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'period'; readonly startsOn: string; readonly grain: Grain; readonly shade: number }
  | { readonly kind: 'other' }
  | { readonly kind: 'earlier' };

/** One line: a group of customers and what one of them is worth, on average, within so many months. */
export interface ValueSeries {
  readonly group: SeriesGroup;
  readonly customers: number;
  readonly currency: string;
  readonly points: readonly ValuePoint[];
}

/** With a chance of 80 % a value comes out between p10 and p90; half the time below p50. */
export interface Interval {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export interface ValuePoint {
  readonly months: number;
  /** Mean CLV per customer. */
  readonly value: number;
  /** How sure the mean is; null where the run has no intervals, and for groups gathered into one line. */
  readonly interval: Interval | null;
  /** Mean CLV without the customer who carries most of the spread; null where nobody carries much of it. */
  readonly withoutLargest: number | null;
  /** Mean number of further orders per customer. */
  readonly expectedOrderDays: number;
}

/** More intervals than these would cover each other. */
const MOST_BANDS = 2;

/** More lines than these are not readable; the rest is shown as one. */
const MOST_LINES = 6;

export function valueChartVariables(by: By, segments: readonly Segment[] = []): ValueChartQueryVariables {
  return { bySegment: by !== 'cohort', segments: segments.length > 0 ? [...segments] : null };
}

/** The lines of an answer, the most valuable at the last horizon first. */
export function valueSeries({ clv }: ValueChartQuery): ValueSeries[] {
  const series = clv?.bySegment ? segmentSeries(clv.bySegment) : cohortSeries(clv ?? {});
  return series.sort((a, b) => lastValue(b) - lastValue(a));
}

/** Whether a line shows its interval: the one in focus, or each of a few. */
export function showsBand(lines: number, line: number, active: number | undefined): boolean {
  return lines <= MOST_BANDS || line === active;
}

/** The highest value or p90 of a line, which decides how many decimals its values and ranges have. */
export function highest({ points }: ValueSeries): number {
  return Math.max(...points.map(({ value, interval }) => Math.max(value, interval?.p90 ?? 0)));
}

type SegmentGroup = GroupCurveFragment & { readonly segment: Segment };
type CohortGroup = GroupCurveFragment & { readonly startsOn: string };
type Cohorts = { readonly [Grain in 'months' | 'quarters' | 'years']?: readonly CohortGroup[] };

/** The six segments that hold the most value, and the others as one. */
function segmentSeries(groups: readonly SegmentGroup[]): ValueSeries[] {
  const filled = groups
    .filter(isFilled)
    .sort((a, b) => lastTotal(b) - lastTotal(a) || SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment));
  return [
    ...filled.slice(0, MOST_LINES).map((group) => line({ kind: 'segment', segment: group.segment }, group)),
    ...rest('other', filled.slice(MOST_LINES)),
  ];
}

/** The finest of months, quarters and years that makes at most six lines; years before the latest six as one. */
function cohortSeries({ months = [], quarters = [], years = [] }: Cohorts): ValueSeries[] {
  const grains = [
    { grain: 'month', groups: months.filter(isFilled) },
    { grain: 'quarter', groups: quarters.filter(isFilled) },
    { grain: 'year', groups: years.filter(isFilled) },
  ] as const;
  const { grain, groups } = grains.find((one) => one.groups.length <= MOST_LINES) ?? grains[2];
  const newestFirst = groups.sort((a, b) => b.startsOn.localeCompare(a.startsOn));
  const shown = newestFirst.slice(0, MOST_LINES);
  const shade = (age: number) => age / Math.max(1, shown.length - 1);
  return [
    ...shown.map((group, age) => line({ kind: 'period', startsOn: group.startsOn, grain, shade: shade(age) }, group)),
    ...rest('earlier', newestFirst.slice(MOST_LINES)),
  ];
}

function line(group: SeriesGroup, { customers, curve }: GroupCurveFragment): ValueSeries {
  const points = curve.map(({ horizonMonths, mean, meanInterval, withoutLargest, meanExpectedOrderDays }) => ({
    months: horizonMonths,
    value: Number(mean.amount),
    interval: meanInterval && {
      p10: Number(meanInterval.p10.amount),
      p50: Number(meanInterval.p50.amount),
      p90: Number(meanInterval.p90.amount),
    },
    withoutLargest: withoutLargest && customers > 1 ? Number(withoutLargest.total.amount) / (customers - 1) : null,
    expectedOrderDays: meanExpectedOrderDays,
  }));
  return { group, customers, currency: curve[0]!.mean.currency, points };
}

/** The groups that are left as one line, if any: totals add up, orders weigh by customers; intervals do not add up. */
function rest(kind: 'other' | 'earlier', groups: readonly GroupCurveFragment[]): ValueSeries[] {
  const [first] = groups;
  if (!first) return [];
  const customers = sum(groups, (group) => group.customers);
  const points = first.curve.map(({ horizonMonths }, index) => ({
    months: horizonMonths,
    value: sum(groups, ({ curve }) => Number(curve[index]!.total.amount)) / customers,
    interval: null,
    withoutLargest: null,
    expectedOrderDays: sum(groups, (group) => group.curve[index]!.meanExpectedOrderDays * group.customers) / customers,
  }));
  return [{ group: { kind }, customers, currency: first.curve[0]!.mean.currency, points }];
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}

function isFilled({ customers, curve }: GroupCurveFragment): boolean {
  return customers > 0 && curve.length > 0;
}

function lastTotal({ curve }: GroupCurveFragment): number {
  return Number(curve.at(-1)?.total.amount ?? 0);
}

function lastValue({ points }: ValueSeries): number {
  return points.at(-1)?.value ?? 0;
}

/** Totals of past forecasts, of all horizons, and how many came out within their interval; null where none was measured. */
export function totalsHeld({ clv }: ValueChartQuery): { readonly held: number; readonly count: number } | null {
  const measured = clv?.run.backtest?.coverage ?? [];
  if (measured.length === 0) return null;
  const sum = (of: (totals: { held: number; count: number }) => number) =>
    measured.reduce((total, { totals }) => total + of(totals), 0);
  return { held: sum(({ held }) => held), count: sum(({ count }) => count) };
}
