import { DomainError } from '../../domain/errors.ts';
import { gaussJacobi } from '../numerics/gauss-jacobi.ts';
import { lnBeta } from '../numerics/ln-beta.ts';
import { MOMENTS, powerIntegrals } from './pareto-nbd-likelihood.ts';
import type { Residual } from './types.ts';

/** A customer alive at T, whose purchase rate is Gamma(k, scale) and whose dropout rate is Gamma(s, beta). */
export interface AliveState {
  /** r + x. */
  readonly k: number;
  /** alpha + T. */
  readonly scale: number;
  readonly s: number;
  /** The model's beta + T. */
  readonly beta: number;
}

/** What is left at discount factor e^-40 cannot be seen in a double. */
const DISCOUNTED_TO_NOTHING = 40;
const PANEL = gaussJacobi(1, 1, 12);
const MASS_PANEL = gaussJacobi(1, 1, 32);
/** In ln u, where the singularities of the integrand are pi away. */
const WIDEST_PANEL = 6;
const moments = new Float64Array(MOMENTS);

/**
 * Expected purchases in (T, T + t] of a customer alive at T: k/scale beta [1 - (1 + t/beta)^-(s-1)]/(s - 1).
 * @param t weeks, >= 0; Infinity gives the limit, which is infinite where s <= 1.
 * @see Schmittlein, Morrison & Colombo (1987); Fader & Hardie (2005), brucehardie.com note 009
 */
export function expectedWhileAlive({ k, scale, s, beta }: AliveState, t: number): number {
  const growth = Math.log1p(t / beta);
  return ((k * beta) / scale) * (s === 1 ? growth : -Math.expm1((1 - s) * growth) / (s - 1));
}

/**
 * Probability that a customer alive at T buys in (T, T + t]: the first purchase comes at u, before the dropout. A sum of
 * positive terms, so it keeps its digits where it is small.
 */
export function probabilityOfPurchase({ k, scale, s, beta }: AliveState, t: number): number {
  powerIntegrals(k + 1, scale, s, beta, t, moments);
  return Math.min(1, (k / scale) * moments[0]!);
}

/**
 * Probability of n >= 1 purchases in (T, T + t] of a customer alive at T, t finite: the NBD in (0, min(t, lifetime)],
 *
 *   C { (t/(scale+t))^n (scale/(scale+t))^k (1+t/beta)^-s
 *       + integral over u in (0, t) of (u/(scale+u))^n (scale/(scale+u))^k s/beta (1+u/beta)^-(s+1) },  C = 1/(n B(k, n)).
 *
 * In w = ln u the integrand is log-concave. The integral is taken in panels from ln t downwards, each of them no wider than 12
 * standard deviations of the narrowest peak there can be, or a fall by e^30, until nothing more comes. Relative error below
 * 1e-11 for n up to 10,000.
 * @see Fader & Hardie (2020), Deriving an Expression for P(X(t) = x) Under the Pareto/NBD Model, brucehardie.com note 012
 */
export function probabilityOfPurchases({ k, scale, s, beta }: AliveState, t: number, n: number): number {
  const lnChoices = -Math.log(n) - lnBeta(k, n);
  const lnCount = (u: number) => lnChoices - n * Math.log1p(scale / u) - k * Math.log1p(u / scale);
  const density = (u: number) => Math.exp(lnCount(u) - (s + 1) * Math.log1p(u / beta)) * ((u * s) / beta);
  let sum = Math.exp(lnCount(t) - s * Math.log1p(t / beta));
  const peakWidth = 24 / Math.sqrt(n + k + 1 + ((s + 1) * t) / (beta + t));
  for (let end = Math.log(t); ; ) {
    const u = Math.exp(end);
    const slope = 1 + (n * scale - k * u) / (scale + u) - ((s + 1) * u) / (beta + u);
    const width = Math.min(WIDEST_PANEL, peakWidth, slope > 0 ? 30 / slope : WIDEST_PANEL);
    let panel = 0;
    for (const [i, node] of MASS_PANEL.nodes.entries())
      panel += MASS_PANEL.weights[i]! * width * density(Math.exp(end - width * node));
    sum += panel;
    // So put that a NaN ends it too.
    if (!(slope <= 0) && !(panel > 1e-17 * sum)) return sum;
    end -= width;
  }
}

/**
 * Expected and discounted purchases of a customer alive at T. They come at the mean rate k/scale as long as the customer
 * lives, so the discounted sum to h is k/scale times the integral over (0, h) of e^(-delta u) (1 + u/beta)^-s: no difference
 * of large terms. The integral is taken from horizon to horizon, to 1e-12.
 * @param horizons weeks, ascending, >= 0; the last may be Infinity.
 * @param delta continuous discount rate per week, >= 0; 0 with an endless horizon throws a DomainError.
 */
export function residualWhileAlive(state: AliveState, horizons: readonly number[], delta: number): Residual {
  const expected = Float64Array.from(horizons, (h) => expectedWhileAlive(state, h));
  if (delta === 0) {
    if (horizons.includes(Number.POSITIVE_INFINITY))
      throw new DomainError(
        'ENDLESS_UNDISCOUNTED',
        'An endless horizon needs a discount rate above 0: the sum may have no limit.',
      );
    return { expected, discounted: expected };
  }
  const { k, scale, s, beta } = state;
  const discounted = new Float64Array(horizons.length);
  const unit = 1 / (delta + Math.max(1, s) / beta);
  let integral = 0;
  let from = 0;
  for (const [i, horizon] of horizons.entries()) {
    const to = Math.min(horizon, Math.max(from, DISCOUNTED_TO_NOTHING / delta));
    integral += integrate((u) => Math.exp(-delta * u - s * Math.log1p(u / beta)), from, to, unit);
    discounted[i] = (k / scale) * integral;
    from = to;
  }
  return { expected, discounted };
}

/** Integral over (from, to), in panels of at most 1 in ln(1 + u/unit). */
function integrate(f: (u: number) => number, from: number, to: number, unit: number): number {
  const low = Math.log1p(from / unit);
  const span = Math.log1p((to - from) / (unit + from));
  const panels = Math.ceil(span);
  const width = span / panels;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (const [i, node] of PANEL.nodes.entries()) {
      const w = low + (panel + node) * width;
      sum += PANEL.weights[i]! * width * unit * Math.exp(w) * f(unit * Math.expm1(w));
    }
  }
  return sum;
}
