/* Dense and matrix-free solvers of linear systems, as small as Newton's method needs them. */

/**
 * Solves A x = b for a symmetric positive definite A, row by row in one array, of which the lower triangle is read and overwritten;
 * `b` becomes x. A pivot that vanishes, as where A is singular, leaves its unknown at 0.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): void {
  const n = b.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i] as number);
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    let pivot = a[rowJ + j] as number;
    const before = pivot;
    for (let k = 0; k < j; k++) pivot -= (a[rowJ + k] as number) ** 2;
    const inverse = pivot > 1e-15 * before && before > 1e-300 * largest ? 1 / Math.sqrt(pivot) : 0;
    a[rowJ + j] = inverse;
    for (let i = j + 1; i < n; i++) {
      const rowI = i * n;
      let entry = a[rowI + j] as number;
      for (let k = 0; k < j; k++) entry -= (a[rowI + k] as number) * (a[rowJ + k] as number);
      a[rowI + j] = entry * inverse;
    }
  }
  for (let i = 0; i < n; i++) {
    let value = b[i] as number;
    for (let k = 0; k < i; k++) value -= (a[i * n + k] as number) * (b[k] as number);
    b[i] = value * (a[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = (b[i] as number) * (a[i * n + i] as number);
    b[i] = value;
    for (let k = 0; k < i; k++) b[k] = (b[k] as number) - (a[i * n + k] as number) * value;
  }
}

/**
 * Solves A x = b by Gaussian elimination with partial pivoting; both are overwritten, and `b` becomes x.
 *
 * @returns the sign of the determinant: 0 where A is singular, and then `b` is no solution
 */
export function solveGauss(a: Float64Array, b: Float64Array): number {
  const n = b.length;
  let sign = 1;
  for (let j = 0; j < n; j++) {
    let best = j;
    for (let i = j + 1; i < n; i++) {
      if (Math.abs(a[i * n + j] as number) > Math.abs(a[best * n + j] as number)) best = i;
    }
    const pivot = a[best * n + j] as number;
    if (pivot === 0 || !Number.isFinite(pivot)) return 0;
    if (best !== j) {
      sign = -sign;
      for (let k = j; k < n; k++) {
        const held = a[j * n + k] as number;
        a[j * n + k] = a[best * n + k] as number;
        a[best * n + k] = held;
      }
      const held = b[j] as number;
      b[j] = b[best] as number;
      b[best] = held;
    }
    if (pivot < 0) sign = -sign;
    for (let i = j + 1; i < n; i++) {
      const factor = (a[i * n + j] as number) / pivot;
      if (factor === 0) continue;
      for (let k = j + 1; k < n; k++) a[i * n + k] = (a[i * n + k] as number) - factor * (a[j * n + k] as number);
      b[i] = (b[i] as number) - factor * (b[j] as number);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = b[i] as number;
    for (let k = i + 1; k < n; k++) value -= (a[i * n + k] as number) * (b[k] as number);
    b[i] = value / (a[i * n + i] as number);
  }
  return sign;
}

/**
 * Solves A x = b for a symmetric positive definite A that is known by its products only, by conjugate gradients with the diagonal as
 * preconditioner; `b` becomes x.
 */
export function solveConjugateGradients(
  multiply: (x: Float64Array, into: Float64Array) => void,
  diagonal: Float64Array,
  b: Float64Array,
  tolerance: number,
  maxIterations: number,
): void {
  const n = b.length;
  const x = new Float64Array(n);
  const r = b.slice();
  const z = new Float64Array(n);
  const product = new Float64Array(n);
  const precondition = (): number => {
    let rz = 0;
    for (let j = 0; j < n; j++) {
      z[j] = (r[j] as number) / (diagonal[j] as number);
      rz += (r[j] as number) * (z[j] as number);
    }
    return rz;
  };
  let rz = precondition();
  const goal = rz * tolerance ** 2;
  const direction = z.slice();
  for (let iteration = 0; iteration < maxIterations && rz > goal; iteration++) {
    multiply(direction, product);
    let curvature = 0;
    for (let j = 0; j < n; j++) curvature += (direction[j] as number) * (product[j] as number);
    if (!(curvature > 0)) break;
    const step = rz / curvature;
    for (let j = 0; j < n; j++) {
      x[j] = (x[j] as number) + step * (direction[j] as number);
      r[j] = (r[j] as number) - step * (product[j] as number);
    }
    const before = rz;
    rz = precondition();
    const factor = rz / before;
    for (let j = 0; j < n; j++) direction[j] = (z[j] as number) + factor * (direction[j] as number);
  }
  b.set(x);
}
