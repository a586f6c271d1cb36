/** Points and weights of a quadrature rule; the weights add up to 1, so the rule takes an expectation. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss quadrature for the expectation over p ~ Beta(a, b), by Golub & Welsch: the nodes are the eigenvalues of the
 * Jacobi matrix of the shifted Jacobi polynomials, the weights the squared first components of its eigenvectors.
 * Exact for polynomials up to degree 2 size - 1.
 * @param a, b > 0, the parameters of the distribution.
 * @param size number of nodes, >= 1.
 * @returns nodes in (0, 1), ascending; NaN everywhere outside the domain.
 * @see Golub & Welsch (1969)
 */
export function gaussJacobi(a: number, b: number, size = 32): Rule {
  if (!(a > 0 && b > 0)) {
    const nothing = new Float64Array(size).fill(Number.NaN);
    return { nodes: nothing, weights: nothing };
  }
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(size);
  const s = a + b;
  for (let n = 0; n < size; n++) {
    // The general terms are 0/0 at n = 0 when a + b = 2 and at n = 1 when a + b = 1.
    diagonal[n] = n === 0 ? a / s : (2 * n * (n + s - 1) + a * (s - 2)) / ((2 * n + s - 2) * (2 * n + s));
    const m = n + 1;
    const variance =
      m === 1
        ? (a * b) / (s * s * (s + 1))
        : (m * (m + a - 1) * (m + b - 1) * (m + s - 2)) / ((2 * m + s - 2) ** 2 * (2 * m + s - 1) * (2 * m + s - 3));
    offDiagonal[n] = Math.sqrt(variance);
  }
  offDiagonal[size - 1] = 0;
  const components = symmetricTridiagonal(diagonal, offDiagonal);
  const order = [...diagonal.keys()].sort((i, j) => diagonal[i]! - diagonal[j]!);
  return {
    nodes: Float64Array.from(order, (i) => diagonal[i]!),
    weights: Float64Array.from(order, (i) => components[i]! ** 2),
  };
}

/** Implicit QL: turns `d` into the eigenvalues, destroys `e`, returns the first components of the unit eigenvectors. */
function symmetricTridiagonal(d: Float64Array, e: Float64Array): Float64Array {
  const size = d.length;
  const first = new Float64Array(size);
  first[0] = 1;
  for (let low = 0; low < size; low++) {
    for (let sweep = 0; sweep < 60; sweep++) {
      let high = low;
      while (high < size - 1 && Math.abs(e[high]!) > Number.EPSILON * (Math.abs(d[high]!) + Math.abs(d[high + 1]!)))
        high++;
      if (high === low) break;
      let g = (d[low + 1]! - d[low]!) / (2 * e[low]!);
      g = d[high]! - d[low]! + e[low]! / (g + Math.sign(g || 1) * Math.hypot(g, 1));
      let sine = 1;
      let cosine = 1;
      let p = 0;
      for (let i = high - 1; i >= low; i--) {
        const f = sine * e[i]!;
        const b = cosine * e[i]!;
        const r = Math.hypot(f, g);
        e[i + 1] = r;
        sine = f / r;
        cosine = g / r;
        g = d[i + 1]! - p;
        const t = (d[i]! - g) * sine + 2 * cosine * b;
        p = sine * t;
        d[i + 1] = g + p;
        g = cosine * t - b;
        const next = first[i + 1]!;
        first[i + 1] = sine * first[i]! + cosine * next;
        first[i] = cosine * first[i]! - sine * next;
      }
      d[low]! -= p;
      e[low] = g;
      e[high] = 0;
    }
  }
  return first;
}
