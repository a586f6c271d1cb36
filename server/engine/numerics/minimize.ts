import { dot, maxAbs } from './vector.ts';

export interface Evaluation {
  readonly value: number;
  readonly gradient: readonly number[];
}

/** A function with its analytic gradient; it answers NaN or Infinity where it is not defined, and the search turns back. */
export type Objective = (point: readonly number[]) => Evaluation;

/** `stalled`: no step along the last direction lowered the value, though the gradient is not yet small. */
export type MinimizeStatus = 'converged' | 'max-iterations' | 'stalled';

export interface Minimum extends Evaluation {
  readonly point: readonly number[];
  /** Largest absolute component of the gradient. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly status: MinimizeStatus;
}

export interface MinimizeOptions {
  /** Converged when the gradient norm is at most this. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** A search that has gone further than this from its start, in any direction, has run off: it ends as stalled. */
  readonly reach?: number;
  /** What is known of the inverse Hessian at the start; positive definite. */
  readonly inverseHessian?: readonly (readonly number[])[] | null;
}

interface Step extends Evaluation {
  readonly point: readonly number[];
}

const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 50;
/** Rounding of the value, relative: smaller differences have no meaning. */
const NOISE = 1e-12;

/**
 * Local minimum of a smooth function by BFGS: the inverse Hessian is estimated from the gradients on the way.
 * @param start any point where the objective is finite.
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 6.1
 */
export function minimize(objective: Objective, start: readonly number[], options: MinimizeOptions = {}): Minimum {
  const { tolerance = 1e-9, maxIterations = 200, reach = Number.POSITIVE_INFINITY } = options;
  let current: Step = { point: start, ...objective(start) };
  let inverseHessian: readonly (readonly number[])[] | null = options.inverseHessian ?? null;
  for (let iterations = 0; ; iterations++) {
    const gradientNorm = maxAbs(current.gradient);
    const finish = (status: MinimizeStatus): Minimum => ({ ...current, gradientNorm, iterations, status });
    if (gradientNorm <= tolerance) return finish('converged');
    if (iterations === maxIterations) return finish('max-iterations');
    if (current.point.some((x, i) => Math.abs(x - start[i]!) > reach)) return finish('stalled');
    // Without curvature yet, a steepest-descent step of length at most 1.
    const direction: number[] = inverseHessian
      ? inverseHessian.map((row) => -dot(row, current.gradient))
      : current.gradient.map((g) => -g / Math.max(1, gradientNorm));
    const next = lineSearch(objective, current, direction);
    if (next === null) {
      if (inverseHessian === null) return finish('stalled');
      inverseHessian = null;
      continue;
    }
    inverseHessian = updated(inverseHessian, current, next);
    current = next;
  }
}

/**
 * Step that meets the weak Wolfe conditions, by doubling and bisection (Lewis & Overton 2013, algorithm 2.6). Close to the
 * minimum the value is lost in rounding; there a smaller gradient must show that it fell (cf. Hager & Zhang 2005, eq. 4.1).
 */
function lineSearch(objective: Objective, from: Step, direction: readonly number[]): Step | null {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return null;
  const noisy = from.value + NOISE * Math.abs(from.value);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let length = 1;
  let best: Step | null = null;
  for (let trial = 0; trial < MAX_TRIALS; trial++) {
    const point = from.point.map((x, i) => x + length * direction[i]!);
    const step: Step = { point, ...objective(point) };
    const endSlope = dot(step.gradient, direction);
    const fell = step.value <= from.value + SUFFICIENT_DECREASE * length * slope;
    const fellUnseen = step.value <= noisy && maxAbs(step.gradient) < maxAbs(from.gradient);
    if (!(fell || fellUnseen) || !Number.isFinite(endSlope)) {
      high = length;
    } else {
      best = step;
      if (endSlope >= CURVATURE * slope) return step;
      low = length;
    }
    length = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return best;
}

/** BFGS update of the inverse Hessian; the first one starts from the identity scaled to the curvature just seen. */
function updated(
  inverse: readonly (readonly number[])[] | null,
  from: Step,
  to: Step,
): readonly (readonly number[])[] | null {
  const s = to.point.map((x, i) => x - from.point[i]!);
  const y = to.gradient.map((g, i) => g - from.gradient[i]!);
  const curvature = dot(s, y);
  if (!(curvature > 0)) return inverse;
  const scale = curvature / dot(y, y);
  const h = inverse ?? s.map((_, i) => s.map((_, j) => (i === j ? scale : 0)));
  const hy = h.map((row) => dot(row, y));
  const weight = (1 + dot(y, hy) / curvature) / curvature;
  return h.map((row, i) =>
    row.map((value, j) => value + weight * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / curvature),
  );
}

/**
 * Hessian by central differences of the analytic gradient, made symmetric; relative error about 1e-10 on smooth functions.
 * @param point where to take it, usually a minimum.
 */
export function hessian(objective: Objective, point: readonly number[]): number[][] {
  const rows = point.map((x, i) => {
    const step = 6e-6 * Math.max(1, Math.abs(x));
    const gradientAt = (value: number) => objective(point.with(i, value)).gradient;
    const [up, down] = [gradientAt(x + step), gradientAt(x - step)];
    return up.map((g, j) => (g - down[j]!) / (2 * step));
  });
  return rows.map((row, i) => row.map((value, j) => (value + rows[j]![i]!) / 2));
}
