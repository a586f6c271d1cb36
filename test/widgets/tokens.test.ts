import { describe, expect, it } from 'vitest';

import { SEGMENT_COLOURS } from '../../widgets/shared/tokens.ts';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB. */
const VISION: Readonly<Record<string, Matrix>> = {
  'colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linearRgb(hex: string): Rgb {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb =>
  matrix.map((row) => row[0] * r + row[1] * g + row[2] * b) as unknown as Rgb;

/** Ottosson (2020). */
function oklab(rgb: Rgb): Rgb {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map((value) => Math.cbrt(Math.max(0, value))) as unknown as Rgb,
  );
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string) =>
    times(
      [
        [0.2126, 0.7152, 0.0722],
        [0, 0, 0],
        [0, 0, 0],
      ],
      linearRgb(hex),
    )[0];
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const SCHEMES = [
  ['light', '#ffffff', SEGMENT_COLOURS.map(([light]) => light)],
  ['dark', '#16181d', SEGMENT_COLOURS.map(([, dark]) => dark)],
] as const;

describe.each(SCHEMES)('segment colours on a %s surface', (_scheme, surface, colours) => {
  it('stand out from it by 3:1, as WCAG asks of graphics', () => {
    for (const colour of colours) expect(contrast(colour, surface), colour).toBeGreaterThanOrEqual(3);
  });

  // 0.02 is a difference just noticed side by side; 0.06 is plain across a chart.
  it.each(Object.entries(VISION))('are distinct with %s', (_name, matrix) => {
    const seen = colours.map((colour) => oklab(times(matrix, linearRgb(colour))));
    for (const [index, one] of seen.entries()) {
      for (const [later, other] of seen.slice(index + 1).entries()) {
        const distance = Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
        expect(distance, `${colours[index]} and ${colours[index + 1 + later]}`).toBeGreaterThan(0.06);
      }
    }
  });
});
