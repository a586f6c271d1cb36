import { lnGamma } from './ln-gamma.ts';

/** Seeded source of random draws: the same seed gives the same draws on every machine. */
export interface Random {
  /** In [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** @param rate > 0; the mean is 1/rate. */
  exponential(rate: number): number;
  /** @param shape > 0. @param rate > 0; the mean is shape/rate. */
  gamma(shape: number, rate: number): number;
  /** @param a, b > 0; the mean is a/(a + b). */
  beta(a: number, b: number): number;
  /** @param mean >= 0. */
  poisson(mean: number): number;
}

/** Uniform draws by sfc32 (Chris Doty-Humphrey's small fast counter, passes PractRand), seeded by one 32-bit integer. */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Below, a Poisson count takes one uniform per event, as the demo store was drawn; from here on rejection is faster. */
const LARGE_MEAN = 20;

/** A Poisson count by transformed rejection, for means of 10 or more. @see Hoermann (1993), algorithm PTRS */
function largePoisson(mean: number, uniform: () => number): number {
  if (!(mean < Number.POSITIVE_INFINITY)) return mean;
  const lnMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = 0.02483 * b - 0.059;
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6624 / (b - 2)) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const lnHat = Math.log((v * (1.1239 + 1.1328 / (b - 3.4))) / (a / (us * us) + b));
    if (lnHat <= count * lnMean - mean - lnGamma(count + 1)) return count;
  }
}

/** @param seed a 32-bit integer. */
export function createRandom(seed: number): Random {
  const uniform = sfc32(seed);
  /** Never 0, so that its logarithm is finite. */
  const positive = () => uniform() + 2 ** -33;
  const exponential = (rate: number) => -Math.log(positive()) / rate;
  const normal = () => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform());

  /** Gamma(shape, 1) for shape >= 1. @see Marsaglia & Tsang (2000); their squeeze spares most of the logarithms */
  function unitGamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const root = 1 + c * x;
      const v = root * root * root;
      if (v <= 0) continue;
      const u = positive();
      if (u < 1 - 0.0331 * x * x * x * x || Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** ln of a Gamma(shape, 1) draw: shapes far below 1 give draws too small for a double. */
  const lnGammaDraw = (shape: number) =>
    shape < 1 ? Math.log(unitGamma(shape + 1)) + Math.log(positive()) / shape : Math.log(unitGamma(shape));

  return {
    uniform,
    normal,
    exponential,
    gamma: (shape, rate) => (shape < 1 ? Math.exp(lnGammaDraw(shape)) : unitGamma(shape)) / rate,
    beta: (a, b) => 1 / (1 + Math.exp(lnGammaDraw(b) - lnGammaDraw(a))),
    poisson(mean) {
      if (!(mean < LARGE_MEAN)) return largePoisson(mean, uniform);
      const none = Math.exp(-mean);
      let count = 0;
      for (let product = positive(); product > none; product *= positive()) count++;
      return count;
    },
  };
}
