import { describe, expect, it } from 'vitest';

import type { GroupCurveFragment, Segment, ValueChartQuery } from '../../widgets/generated/graphql.ts';
import { SEGMENTS } from '../../widgets/shared/segments.ts';
import { valueChartVariables, valueSeries } from '../../widgets/value-chart/value-chart.data.ts';

const RUN = { asOf: '2026-10-31', annualDiscountRate: 0.1, marginRate: 0.6 };
const FIT = { model: 'MBG/NBD', reason: null };

function group(customers: number, mean: number): GroupCurveFragment {
  const money = (value: number) => ({ amount: value.toFixed(2), currency: 'EUR' });
  const at = (horizonMonths: number, part: number) => ({
    horizonMonths,
    mean: money(mean * part),
    total: money(mean * part * customers),
    meanExpectedOrders: mean / 10,
  });
  return { customers, share: 0.1, curve: [at(12, 0.5), at(36, 1)] };
}

function bySegment(groups: Partial<Record<Segment, GroupCurveFragment>>): ValueChartQuery {
  const rows = SEGMENTS.flatMap((segment) => (groups[segment] ? [{ segment, ...groups[segment] }] : []));
  return { clv: { run: RUN, transactions: FIT, spend: FIT, bySegment: rows } };
}

function byCohort(groups: Readonly<Record<string, GroupCurveFragment>>): ValueChartQuery {
  const rows = Object.entries(groups).map(([cohort, one]) => ({ cohort, ...one }));
  return { clv: { run: RUN, transactions: FIT, spend: FIT, byCohort: rows } };
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
    expect(other.points[1]).toEqual({ months: 36, value: 3, expectedOrders: 0.3 });
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
  it('stand for months while these are six or fewer', () => {
    const series = valueSeries(byCohort({ '2026-01-01': group(10, 5), '2026-02-01': group(10, 7) }));
    expect(series.map((one) => one.group)).toEqual([
      { kind: 'period', start: '2026-02-01', grain: 'month', shade: 0 },
      { kind: 'period', start: '2026-01-01', grain: 'month', shade: 1 },
    ]);
  });

  it('gather many months into quarters, weighing means by customers', () => {
    const months = Array.from({ length: 7 }, (_, index) => `2026-0${index + 1}-01`);
    const series = valueSeries(
      byCohort(Object.fromEntries(months.map((month, index) => [month, group(1 + index, 6)]))),
    );
    expect(series.map((one) => [one.group, one.customers])).toEqual([
      [{ kind: 'period', start: '2026-07-01', grain: 'quarter', shade: 0 }, 7],
      [{ kind: 'period', start: '2026-04-01', grain: 'quarter', shade: 0.5 }, 15],
      [{ kind: 'period', start: '2026-01-01', grain: 'quarter', shade: 1 }, 6],
    ]);
    for (const { points } of series) expect(points[1]!.value).toBeCloseTo(6, 10);
  });

  it('gather years beyond the latest six into one line', () => {
    const years = Array.from({ length: 8 }, (_, index) => `${2019 + index}-05-01`);
    const series = valueSeries(byCohort(Object.fromEntries(years.map((year) => [year, group(10, 6)]))));
    expect(series).toHaveLength(7);
    expect(series.find((one) => one.group.kind === 'earlier')!.customers).toBe(20);
  });
});

it('asks for all segments by null, not by an empty list', () => {
  expect(valueChartVariables('segment', [])).toEqual({ bySegment: true, segments: null });
  expect(valueChartVariables('cohort', ['LOST'])).toEqual({ bySegment: false, segments: ['LOST'] });
});
