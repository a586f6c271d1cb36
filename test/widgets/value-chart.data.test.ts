import { describe, expect, it } from 'vitest';

import type { GroupCurveFragment, Segment, ValueChartQuery } from '../../widgets/generated/graphql.ts';
import { SEGMENTS } from '../../widgets/shared/segments.ts';
import {
  highest,
  showsBand,
  totalsHeld,
  valueChartVariables,
  valueSeries,
} from '../../widgets/value-chart/value-chart.data.ts';

const RUN = { asOf: '2026-10-31', annualDiscountRate: 0.1, marginRate: 0.6, backtest: null };
const FIT = { model: 'MBG/NBD', reason: null };

function group(customers: number, mean: number): GroupCurveFragment {
  const money = (value: number) => ({ amount: value.toFixed(2), currency: 'EUR' });
  const at = (horizonMonths: number, part: number) => ({
    horizonMonths,
    mean: money(mean * part),
    meanInterval: { p10: money(mean * part * 0.8), p50: money(mean * part * 0.9), p90: money(mean * part * 1.5) },
    total: money(mean * part * customers),
    withoutLargest: part === 1 ? { total: money(mean * part * (customers - 2)) } : null,
    meanExpectedOrderDays: mean / 10,
  });
  return { customers, curve: [at(12, 0.5), at(36, 1)] };
}

function bySegment(groups: Partial<Record<Segment, GroupCurveFragment>>): ValueChartQuery {
  const rows = SEGMENTS.flatMap((segment) => (groups[segment] ? [{ segment, ...groups[segment] }] : []));
  return { clv: { run: RUN, transactions: FIT, spend: FIT, bySegment: rows } };
}

/** Of each grain as many periods, the first of them in 2019, ten customers in each. */
function byCohort(months: number, quarters: number, years: number): ValueChartQuery {
  const periods = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ({
      startsOn: new Date(Date.UTC(2019, index * length, 1)).toISOString().slice(0, 10),
      ...group(10, 100),
    }));
  const cohorts = { months: periods(months, 1), quarters: periods(quarters, 3), years: periods(years, 12) };
  return { clv: { run: RUN, transactions: FIT, spend: FIT, ...cohorts } };
}

describe('lines by segment', () => {
  it('take the mean as the server sends it, and run from the most to the least valuable', () => {
    const [first, second] = valueSeries(bySegment({ LOYAL: group(10, 80), CHAMPION: group(5, 200.02) }));
    expect(first).toMatchObject({ group: { kind: 'segment', segment: 'CHAMPION' }, customers: 5, currency: 'EUR' });
    expect(first!.points.map(({ months, value }) => [months, value])).toEqual([
      [12, 100.01],
      [36, 200.02],
    ]);
    expect(second).toMatchObject({ group: { kind: 'segment', segment: 'LOYAL' } });
  });

  it('are at most six, and the rest one line whose mean weighs by customers', () => {
    const most = Object.fromEntries(SEGMENTS.slice(0, 6).map((segment, index) => [segment, group(100, 100 + index)]));
    const series = valueSeries(bySegment({ ...most, LOST: group(30, 2), HIBERNATING: group(10, 6) }));
    expect(series).toHaveLength(7);
    const other = series.find(({ group: { kind } }) => kind === 'other')!;
    expect(other.customers).toBe(40);
    expect(other.points[1]).toEqual({
      months: 36,
      value: 3,
      interval: null,
      withoutLargest: null,
      expectedOrderDays: 0.3,
    });
  });

  it('have the mean of all but the largest customer where the server tells that one apart', () => {
    const withoutLargest = (customers: number) =>
      valueSeries(bySegment({ LOYAL: group(customers, 90) }))[0]!.points.map((point) => point.withoutLargest);
    expect(withoutLargest(10)).toEqual([null, 80]);
    expect(withoutLargest(1)).toEqual([null, null]);
  });

  it('take the interval of the mean as it is, and none from a run without', () => {
    const [loyal] = valueSeries(bySegment({ LOYAL: group(10, 80) }));
    expect(loyal!.points.map(({ interval }) => interval)).toEqual([
      { p10: 32, p50: 36, p90: 60 },
      { p10: 64, p50: 72, p90: 120 },
    ]);
    expect(highest(loyal!)).toBe(120);
    const { customers, curve } = group(10, 80);
    const bare = { customers, curve: curve.map((point) => ({ ...point, meanInterval: null })) };
    const [line] = valueSeries(bySegment({ LOYAL: bare }));
    expect(line!.points.map(({ value, interval }) => [value, interval])).toEqual([
      [40, null],
      [80, null],
    ]);
  });

  it('give the six to those that hold the most value, be their means ever so small', () => {
    const few = Object.fromEntries(SEGMENTS.slice(0, 6).map((segment) => [segment, group(1, 500)]));
    const series = valueSeries(bySegment({ ...few, LOST: group(1000, 10) }));
    expect(series.map((one) => one.group)).toContainEqual({ kind: 'segment', segment: 'LOST' });
  });

  it('leave out a segment without customers, and keep one whose customers are worth nothing', () => {
    const series = valueSeries(bySegment({ CHAMPION: group(0, 0), PROSPECT: group(4, 0) }));
    expect(series.map((one) => one.group)).toEqual([{ kind: 'segment', segment: 'PROSPECT' }]);
    expect(series[0]!.points.map(({ value }) => value)).toEqual([0, 0]);
  });

  it('are none before an analysis has been published', () => {
    expect(valueSeries({ clv: null })).toEqual([]);
  });
});

describe('lines by first purchase', () => {
  const periods = (answer: ValueChartQuery) => valueSeries(answer).map((one) => one.group);

  it('stand for months while these are six or fewer, the newest in the strongest shade', () => {
    expect(periods(byCohort(3, 1, 1))).toEqual([
      { kind: 'period', startsOn: '2019-03-01', grain: 'month', shade: 0 },
      { kind: 'period', startsOn: '2019-02-01', grain: 'month', shade: 0.5 },
      { kind: 'period', startsOn: '2019-01-01', grain: 'month', shade: 1 },
    ]);
  });

  it('stand for quarters where months are too many, with the interval that the server gives', () => {
    const series = valueSeries(byCohort(7, 3, 1));
    expect(series.map(({ group: { kind }, customers }) => [kind, customers])).toEqual([
      ['period', 10],
      ['period', 10],
      ['period', 10],
    ]);
    expect(series[0]).toMatchObject({
      group: { grain: 'quarter', startsOn: '2019-07-01' },
      points: [{}, { value: 100, interval: { p10: 80, p50: 90, p90: 150 } }],
    });
  });

  it('count only periods with customers when they choose the grain', () => {
    const { clv } = byCohort(7, 3, 1);
    const months = clv!.months!.map((month, index) => (index === 0 ? { ...month, customers: 0 } : month));
    expect(periods({ clv: { ...clv!, months } })[0]).toMatchObject({ grain: 'month' });
  });

  it('gather years beyond the latest six into one line, which has no interval', () => {
    const series = valueSeries(byCohort(96, 32, 8));
    expect(series).toHaveLength(7);
    expect(series.map((one) => one.group)).toContainEqual({
      kind: 'period',
      startsOn: '2021-01-01',
      grain: 'year',
      shade: 1,
    });
    const earlier = series.find((one) => one.group.kind === 'earlier')!;
    expect(earlier.customers).toBe(20);
    expect(earlier.points[1]).toEqual({
      months: 36,
      value: 100,
      interval: null,
      withoutLargest: null,
      expectedOrderDays: 10,
    });
  });
});

it('shows the bands of one or two lines always, and of many only the one in focus', () => {
  expect([1, 2].map((lines) => showsBand(lines, 0, undefined))).toEqual([true, true]);
  expect([undefined, 1, 2].map((active) => showsBand(3, 2, active))).toEqual([false, false, true]);
});

it('asks for all segments by null, not by an empty list', () => {
  expect(valueChartVariables('segment', [])).toEqual({ bySegment: true, segments: null });
  expect(valueChartVariables('cohort', ['LOST'])).toEqual({ bySegment: false, segments: ['LOST'] });
});

it('adds up what past intervals of totals held, over all horizons', () => {
  const measured = (...counts: [held: number, count: number][]) => {
    const coverage = counts.map(([held, count]) => ({ totals: { held, count } }));
    return { clv: { ...bySegment({}).clv!, run: { ...RUN, backtest: { coverage } } } };
  };
  expect(totalsHeld(measured([8, 9], [4, 5]))).toEqual({ held: 12, count: 14 });
  expect(totalsHeld(measured())).toBeNull();
  expect(totalsHeld(bySegment({}))).toBeNull();
});
