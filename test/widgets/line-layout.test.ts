import { describe, expect, it } from 'vitest';

import { layoutLines, movePosition, nearestPoint } from '../../widgets/shared/line-layout.ts';

const line = (...values: readonly number[]) => ({
  points: values.map((value, index) => ({ months: [3, 6, 12, 24, 36][index]!, value })),
});

describe('the layout of lines', () => {
  it('starts every line at zero value in month zero', () => {
    const { lines } = layoutLines([line(10, 20, 40, 60, 80)], 360, 200, false);
    expect(lines[0]!.path).toMatch(/^M0 200L30 175L60 150/);
  });

  it('mirrors time from right to left, not value', () => {
    const [left, right] = [false, true].map((rtl) => layoutLines([line(10, 20, 40, 60, 80)], 360, 200, rtl));
    expect(right!.lines[0]!.points.map(({ x }) => 360 - x)).toEqual(left!.lines[0]!.points.map(({ x }) => x));
    expect(right!.lines[0]!.points.map(({ y }) => y)).toEqual(left!.lines[0]!.points.map(({ y }) => y));
  });

  it('draws a band from zero along p90 and back along p10, mirrored with its line, and makes room for it', () => {
    const points = [
      { months: 18, value: 40, interval: { p10: 20, p90: 50 } },
      { months: 36, value: 60, interval: { p10: 40, p90: 100 } },
    ];
    const [left, right] = [false, true].map((rtl) => layoutLines([{ points }], 360, 200, rtl));
    expect(left!.yTicks.at(-1)!.value).toBe(100);
    expect(left!.lines[0]!.band).toBe('M0 200L180 100L360 0L360 120L180 160Z');
    expect(right!.lines[0]!.band).toBe('M360 200L180 100L0 0L0 120L180 160Z');
  });

  it('draws no band where the interval of any point is unknown', () => {
    const known = { months: 18, value: 40, interval: { p10: 20, p90: 50 } };
    const unknown = { months: 36, value: 60, interval: null };
    expect(layoutLines([{ points: [known, unknown] }], 360, 200, false).lines[0]!.band).toBeUndefined();
    expect(layoutLines([line(1, 2, 4, 6, 8)], 360, 200, false).lines[0]!.band).toBeUndefined();
  });

  it('keeps the labels of lines that end together apart', () => {
    const { lines } = layoutLines([line(1, 2, 4, 6, 80), line(1, 2, 4, 6, 79)], 360, 200, false);
    expect(lines[1]!.labelY - lines[0]!.labelY).toBeGreaterThanOrEqual(17);
  });

  it('drops the ticks whose labels would touch a later one, on either side', () => {
    const ticks = (width: number, rtl: boolean) =>
      layoutLines([line(10, 20, 40, 60, 80)], width, 200, rtl).xTicks.map(({ value }) => value);
    expect([ticks(360, false), ticks(90, false), ticks(90, true), ticks(40, false)]).toEqual([
      [3, 6, 12, 24, 36],
      [3, 12, 24, 36],
      [3, 12, 24, 36],
      [12, 36],
    ]);
  });

  it('finds the point nearest to the pointer, and none on an empty plot', () => {
    const layout = layoutLines([line(10, 20, 40, 60, 80), line(1, 2, 4, 6, 8)], 360, 200, false);
    expect(nearestPoint(layout, 125, 190)).toEqual({ line: 1, point: 2 });
    expect(nearestPoint(layoutLines([], 360, 200, false), 125, 190)).toBeUndefined();
  });
});

describe('keys on a chart', () => {
  const layout = layoutLines([line(10, 20, 40, 60, 80), line(1, 2, 4, 6, 8)], 360, 200, false);
  const press = (from: { line: number; point: number } | undefined, key: string, rtl = false) =>
    movePosition(from, key, layout, rtl);

  it('enter at the first point of the first line', () => {
    expect(press(undefined, 'ArrowRight')).toEqual({ line: 0, point: 0 });
    expect(press(undefined, 'ArrowDown')).toEqual({ line: 0, point: 0 });
  });

  it('move along time and between lines, and stop at the ends', () => {
    expect(press({ line: 0, point: 3 }, 'ArrowRight')).toEqual({ line: 0, point: 4 });
    expect(press({ line: 0, point: 4 }, 'ArrowRight')).toEqual({ line: 0, point: 4 });
    expect(press({ line: 0, point: 2 }, 'ArrowDown')).toEqual({ line: 1, point: 2 });
    expect(press({ line: 0, point: 2 }, 'ArrowUp')).toEqual({ line: 0, point: 2 });
    expect(press({ line: 1, point: 2 }, 'End')).toEqual({ line: 1, point: 4 });
  });

  it('mirror left and right where time runs from right to left', () => {
    expect(press({ line: 0, point: 2 }, 'ArrowLeft', true)).toEqual({ line: 0, point: 3 });
    expect(press({ line: 0, point: 2 }, 'ArrowRight', true)).toEqual({ line: 0, point: 1 });
  });

  it('leave every other key to the page', () => {
    expect(press({ line: 0, point: 2 }, 'Tab')).toBeUndefined();
  });
});
