import { describe, expect, it } from 'vitest';

import { hessian, minimize, type Objective } from '../../../server/engine/numerics/minimize.ts';

const rosenbrock: Objective = ([x, y]) => ({
  value: (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2,
  gradient: [-2 * (1 - x!) - 400 * x! * (y! - x! ** 2), 200 * (y! - x! ** 2)],
});

const beale: Objective = ([x, y]) => {
  const terms = [1.5, 2.25, 2.625].map((c, i) => c - x! + x! * y! ** (i + 1));
  return {
    value: terms.reduce((sum, t) => sum + t * t, 0),
    gradient: [
      terms.reduce((sum, t, i) => sum + 2 * t * (y! ** (i + 1) - 1), 0),
      terms.reduce((sum, t, i) => sum + 2 * t * x! * (i + 1) * y! ** i, 0),
    ],
  };
};

const himmelblau: Objective = ([x, y]) => {
  const u = x! ** 2 + y! - 11;
  const v = x! + y! ** 2 - 7;
  return { value: u * u + v * v, gradient: [4 * x! * u + 2 * v, 2 * u + 4 * y! * v] };
};

/** Sum of curvature_i (x_i - i)^2 / 2: condition number 1e6. */
const quadratic: Objective = (point) => {
  const curvatures = [1, 10, 1e3, 1e6];
  return {
    value: point.reduce((sum, x, i) => sum + (curvatures[i]! * (x - i) ** 2) / 2, 0),
    gradient: point.map((x, i) => curvatures[i]! * (x - i)),
  };
};

describe('minimize', () => {
  it.each([
    ['Rosenbrock', rosenbrock, [-1.2, 1], [1, 1]],
    ['Rosenbrock from far away', rosenbrock, [-30, 50], [1, 1]],
    ['Beale', beale, [1, 1], [3, 0.5]],
    ['Himmelblau', himmelblau, [1, 1], [3, 2]],
    ['an ill-conditioned quadratic', quadratic, [7, -3, 20, 5], [0, 1, 2, 3]],
  ] as const)('finds the minimum of %s', (_, objective, start, expected) => {
    const minimum = minimize(objective, start);
    expect(minimum.status).toBe('converged');
    expect(minimum.gradientNorm).toBeLessThanOrEqual(1e-9);
    for (const [i, x] of minimum.point.entries()) expect(x).toBeCloseTo(expected[i]!, 7);
    expect(minimum.iterations).toBeLessThan(200);
  });

  it('starts at the minimum without a step', () => {
    expect(minimize(rosenbrock, [1, 1])).toMatchObject({ status: 'converged', iterations: 0, value: 0 });
  });

  it('turns back where the function is not defined', () => {
    // x - ln x is NaN below 0, and the first step from 1e-3 would be one of length 1 from a slope of -999.
    const barrier: Objective = ([x]) => ({ value: x! - Math.log(x!), gradient: [1 - 1 / x!] });
    expect(minimize(barrier, [1e-3]).point[0]).toBeCloseTo(1, 8);
    expect(minimize(barrier, [50]).point[0]).toBeCloseTo(1, 8);
  });

  it('converges in the gradient where the value is lost in rounding', () => {
    const offset: Objective = (point) => {
      const { value, gradient } = rosenbrock(point);
      return { value: value * 1e-6 + 1, gradient: gradient.map((g) => g * 1e-6) };
    };
    const minimum = minimize(offset, [-1.2, 1], { tolerance: 1e-13 });
    expect(minimum.status).toBe('converged');
    expect(minimum.point[0]).toBeCloseTo(1, 5);
  });

  it('says when it ran out of iterations', () => {
    expect(minimize(rosenbrock, [-1.2, 1], { maxIterations: 3 })).toMatchObject({
      status: 'max-iterations',
      iterations: 3,
    });
  });

  it('says when no step helps', () => {
    const wrongGradient: Objective = ([x]) => ({ value: x! * x!, gradient: [-1] });
    expect(minimize(wrongGradient, [1]).status).toBe('stalled');
  });

  it('does not call a function without a minimum converged', () => {
    const falling: Objective = ([x]) => ({ value: -x!, gradient: [-1] });
    expect(minimize(falling, [0]).status).not.toBe('converged');
  });
});

describe('hessian', () => {
  it('agrees with the analytic one', () => {
    const [[xx, xy], [yx, yy]] = hessian(rosenbrock, [1, 1]) as [[number, number], [number, number]];
    expect(xx).toBeCloseTo(802, 5);
    expect(xy).toBeCloseTo(-400, 5);
    expect(yx).toBe(xy);
    expect(yy).toBeCloseTo(200, 5);
  });
});
