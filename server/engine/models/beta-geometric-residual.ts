import { DomainError } from '../../domain/errors.ts';
import { gaussJacobi, type Rule } from '../numerics/gauss-jacobi.ts';
import type { Residual } from './types.ts';

/** A customer alive at T, whose rate is Gamma(k, scale) and whose chance to drop out after a purchase is Beta(a, b). */
export interface AliveState {
  /** r + x. */
  readonly k: number;
  /** alpha + T. */
  readonly scale: number;
  readonly a: number;
  /** b + number of purchases survived. */
  readonly b: number;
}

/** Up to here the series is exact to 1e-12 (test/models/fixtures); beyond, its terms overflow or cancel. */
const LARGEST_SERIES_A = 20;
const SMALLEST_SERIES_Q = -20;
/** Times k: where hardly anybody drops out, terms of the size of c cancel to one of k; up to here they leave 1e-10. */
const LARGEST_SERIES_C = 1e5;

/** What is left at discount factor e^-40 cannot be seen in a double. */
const DISCOUNTED_TO_NOTHING = 40;
const PANEL = gaussJacobi(1, 1, 8);

/**
 * Expected purchases in (T, T + t] of a customer alive at T, as a function of t >= 0.
 *
 * With c = a+b-1, q = c-k, z = t/(scale+t): Fader, Hardie & Lee (2005) eq. 10 after Euler's transformation of the 2F1 is
 * c/(a-1) [1 - (1-z)^(a-1) 2F1(a-1, q; c; z)]. Writing the 2F1 as 1 + (a-1) sum takes the factor a-1 out exactly, so
 * a = 1 needs no case of its own:
 *
 *   c [1 - (1-z)^(a-1)]/(a-1) - (1-z)^(a-1) sum_(j>=1) (a)_(j-1) (q)_j z^j / ((c+1)_(j-1) j!).
 */
export function expectedWhileAlive({ k, scale, a, b }: AliveState): (t: number) => number {
  const c = a + b - 1;
  const q = c - k;
  if (a > LARGEST_SERIES_A || q < SMALLEST_SERIES_Q) return byQuadrature({ k, scale, a, b }, 128);
  if (c > LARGEST_SERIES_C * Math.max(1, k)) return byQuadrature({ k, scale, a, b }, 32);
  return (t) => {
    const z = t / (scale + t);
    const lnRest = -Math.log1p(t / scale);
    let term = q * z;
    let sum = term;
    for (let j = 1; Math.abs(term) > 1e-17 * Math.abs(sum); j++) {
      term *= (((a + j - 1) * (q + j)) / ((c + j) * (j + 1))) * z;
      sum += term;
    }
    const lnPower = (a - 1) * lnRest;
    const log = a === 1 ? -lnRest : -Math.expm1(lnPower) / (a - 1);
    return c * log - Math.exp(lnPower) * sum;
  };
}

const MOST_RULES = 1000;
const rules = new Map<string, Rule>();

/** Rules are dear, and customers with as many purchases share theirs. */
export function ruleOf(a: number, b: number, size: number): Rule {
  const key = `${a} ${b} ${size}`;
  const rule = rules.get(key) ?? gaussJacobi(a, b, size);
  if (rules.size >= MOST_RULES) rules.clear();
  rules.set(key, rule);
  return rule;
}

/**
 * The same as the expectation over p ~ Beta(a, b) of [1 - (1 + p t/scale)^-k] / p: exact to 1e-10 for nearly equal customers
 * up to about t = 10 scale, where they have bought all they will, and for those who hardly drop out up to t = 1,000 scale.
 */
function byQuadrature({ k, scale, a, b }: AliveState, size: number): (t: number) => number {
  const { nodes, weights } = ruleOf(a, b, size);
  return (t) => nodes.reduce((sum, p, i) => sum - (weights[i]! * Math.expm1(-k * Math.log1p((p * t) / scale))) / p, 0);
}

/** Expected and discounted purchases of a customer alive at T; horizons and delta as for {@link residualOf}. */
export const residualWhileAlive = (state: AliveState, horizons: readonly number[], delta: number): Residual =>
  residualOf(
    {
      expectedAt: expectedWhileAlive(state),
      limit: purchasesUntilDropout(state),
      gap: state.scale / Math.max(1, state.k),
    },
    horizons,
    delta,
  );

/** Purchases to the end of a life however long; infinite where a <= 1. */
export const purchasesUntilDropout = ({ a, b }: Pick<AliveState, 'a' | 'b'>): number =>
  a > 1 ? (a + b - 1) / (a - 1) : Number.POSITIVE_INFINITY;

interface Future {
  /** Expected purchases in (T, T + t] of a customer alive at T, Y(t) below. */
  readonly expectedAt: (t: number) => number;
  /** Of `expectedAt`, as t grows. */
  readonly limit: number;
  /** Mean time between purchases. */
  readonly gap: number;
}

/**
 * Expected and discounted purchases of a customer alive at T. By parts, the discounted sum to h is
 * e^(-delta h) Y(h) + delta * integral of e^(-delta u) Y(u) over (0, h): no difference of large terms, whatever delta. The
 * integral is taken from horizon to horizon in ln(1 + u/gap): Y rises as fast as that for customers bound to drop out, and
 * slowly for ever for the others. Where the discount is the faster of the two, its time 1/delta stands in for the gap.
 * @param horizons weeks, ascending, >= 0; the last may be Infinity.
 * @param delta continuous discount rate per week, >= 0; 0 with an endless horizon throws a DomainError.
 * @param rule for each panel of the integral.
 */
export function residualOf(future: Future, horizons: readonly number[], delta: number, rule = PANEL): Residual {
  const { expectedAt, limit } = future;
  const expected = Float64Array.from(horizons, (h) => (h === Number.POSITIVE_INFINITY ? limit : expectedAt(h)));
  if (delta === 0) {
    if (horizons.includes(Number.POSITIVE_INFINITY))
      throw new DomainError(
        'ENDLESS_UNDISCOUNTED',
        'An endless horizon needs a discount rate above 0: the sum may have no limit.',
      );
    return { expected, discounted: expected };
  }
  const discounted = new Float64Array(horizons.length);
  const gap = Math.min(future.gap, 1 / delta);
  let integral = 0;
  let from = 0;
  for (const [i, horizon] of horizons.entries()) {
    const to = Math.min(horizon, Math.max(from, DISCOUNTED_TO_NOTHING / delta));
    integral += integrate((u) => Math.exp(-delta * u) * expectedAt(u), from, to, gap, rule);
    discounted[i] = delta * integral + (to < horizon ? 0 : Math.exp(-delta * horizon) * expected[i]!);
    from = to;
  }
  return { expected, discounted };
}

/** Integral over (from, to), in panels of at most 1 in ln(1 + u/gap). */
function integrate(f: (u: number) => number, from: number, to: number, gap: number, rule: Rule): number {
  const low = Math.log1p(from / gap);
  const span = Math.log1p(to / gap) - low;
  const panels = Math.ceil(span);
  const width = span / panels;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (const [i, node] of rule.nodes.entries()) {
      const stretch = Math.exp(low + (panel + node) * width);
      sum += rule.weights[i]! * width * gap * stretch * f(gap * (stretch - 1));
    }
  }
  return sum;
}
