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
  /** @param mean >= 0; takes about mean steps. */
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
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** @param seed a 32-bit integer. */
export function createRandom(seed: number): Random {
  const uniform = sfc32(seed);
  /** Never 0, so that its logarithm is finite. */
  const positive = () => uniform() + 2 ** -33;
  const exponential = (rate: number) => -Math.log(positive()) / rate;
  const normal = () => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform());

  /** ln of a Gamma(shape, 1) draw: shapes far below 1 give draws too small for a double. Marsaglia & Tsang (2000). */
  function lnGammaDraw(shape: number): number {
    if (shape < 1) return lnGammaDraw(shape + 1) + Math.log(positive()) / shape;
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(positive()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
    }
  }

  return {
    uniform,
    normal,
    exponential,
    gamma: (shape, rate) => Math.exp(lnGammaDraw(shape)) / rate,
    beta: (a, b) => 1 / (1 + Math.exp(lnGammaDraw(b) - lnGammaDraw(a))),
    poisson(mean) {
      let count = 0;
      for (let time = exponential(1); time < mean; time += exponential(1)) count++;
      return count;
    },
  };
}
