import type { GroupCurveFragment, Segment, ValueChartQuery, ValueChartQueryVariables } from '../generated/graphql.ts';
import type { Grain } from '../shared/formats.ts';
import { SEGMENTS } from '../shared/segments.ts';

export type By = 'segment' | 'cohort';

/** What a line stands for; the shade of a period runs from 0, the newest, to 1, the oldest. */
export type SeriesGroup =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'period'; readonly start: string; readonly grain: Grain; readonly shade: number }
  | { readonly kind: 'other' }
  | { readonly kind: 'earlier' };

/** One line: a group of customers and what one of them is worth, on average, within so many months. */
export interface ValueSeries {
  readonly group: SeriesGroup;
  readonly customers: number;
  readonly currency: string;
  readonly points: readonly ValuePoint[];
}

export interface ValuePoint {
  readonly months: number;
  /** Mean CLV per customer. */
  readonly value: number;
  /** Mean number of further orders per customer. */
  readonly expectedOrders: number;
}

/** More lines than these cannot be told apart; the rest is shown as one. */
const MOST_LINES = 6;

export function valueChartVariables(by: By, segments: readonly Segment[] = []): ValueChartQueryVariables {
  return { bySegment: by === 'segment', segments: segments.length > 0 ? [...segments] : null };
}

/** The lines of an answer, the most valuable at the last horizon first. */
export function valueSeries({ clv }: ValueChartQuery): ValueSeries[] {
  const series = clv?.bySegment ? segmentSeries(clv.bySegment) : cohortSeries(clv?.byCohort ?? []);
  return series.sort((a, b) => lastValue(b) - lastValue(a));
}

type SegmentGroup = GroupCurveFragment & { readonly segment: Segment };
type CohortGroup = GroupCurveFragment & { readonly cohort: string };

/** The six segments that hold the most value, and the others as one. */
function segmentSeries(groups: readonly SegmentGroup[]): ValueSeries[] {
  const filled = groups
    .filter(isFilled)
    .sort((a, b) => lastTotal(b) - lastTotal(a) || SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment));
  const rest = filled.slice(MOST_LINES);
  return [
    ...filled.slice(0, MOST_LINES).map((group) => merge({ kind: 'segment', segment: group.segment }, [group])),
    ...(rest.length > 0 ? [merge({ kind: 'other' }, rest)] : []),
  ];
}

/** Monthly cohorts in the finest of months, quarters and years that makes at most six lines, older years as one. */
function cohortSeries(cohorts: readonly CohortGroup[]): ValueSeries[] {
  const filled = cohorts.filter(isFilled);
  const byGrain = (grain: Grain) => groupBy(filled, ({ cohort }) => periodStart(cohort, grain));
  const grain = (['month', 'quarter', 'year'] as const).find((one) => byGrain(one).size <= MOST_LINES) ?? 'year';
  const periods = [...byGrain(grain)].sort(([a], [b]) => b.localeCompare(a));
  const single = periods.slice(0, MOST_LINES);
  const rest = periods.slice(MOST_LINES).flatMap(([, groups]) => groups);
  const shade = (age: number) => age / Math.max(1, single.length - 1);
  return [
    ...single.map(([start, groups], age) => merge({ kind: 'period', start, grain, shade: shade(age) }, groups)),
    ...(rest.length > 0 ? [merge({ kind: 'earlier' }, rest)] : []),
  ];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function periodStart(date: string, grain: Grain): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const first = { month, quarter: month - ((month - 1) % 3), year: 1 }[grain];
  return `${year}-${String(first).padStart(2, '0')}-01`;
}

/** Several groups as one: totals add up, means weigh by customers. */
function merge(group: SeriesGroup, parts: readonly GroupCurveFragment[]): ValueSeries {
  const customers = parts.reduce((sum, part) => sum + part.customers, 0);
  const points = parts[0]!.curve.map(({ horizonMonths, mean, meanExpectedOrders }, index) => {
    const months = horizonMonths;
    if (parts.length === 1) return { months, value: Number(mean.amount), expectedOrders: meanExpectedOrders };
    const total = parts.reduce((sum, { curve }) => sum + Number(curve[index]!.total.amount), 0);
    const orders = parts.reduce((sum, part) => sum + part.curve[index]!.meanExpectedOrders * part.customers, 0);
    return { months, value: total / customers, expectedOrders: orders / customers };
  });
  return { group, customers, currency: parts[0]!.curve[0]!.mean.currency, points };
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
