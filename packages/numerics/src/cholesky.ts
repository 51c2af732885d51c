/**
 * Solves A x = b for a symmetric positive definite A, row by row in one array, of which the lower triangle is read and overwritten;
 * `b` becomes x. A pivot that vanishes, as where A is singular, leaves its unknown at 0.
 *
 * @category Systems in doubles
 * @example
 * ```ts
 * import { solveCholesky } from '@mechane/numerics';
 *
 * const x = Float64Array.of(8, 3);
 * solveCholesky(Float64Array.of(4, 0, 0, 1), x);
 * x; // => Float64Array.of(2, 3)
 * ```
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
