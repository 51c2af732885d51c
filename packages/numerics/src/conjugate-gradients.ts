/**
 * Solves A x = b for a symmetric positive definite A that is known by its products only, by conjugate gradients with the diagonal as
 * preconditioner (Hestenes and Stiefel 1952); `b` becomes x.
 *
 * @param multiply writes the product of A and its first argument into the second
 * @param tolerance the length of the residual at which it stops, as a share of that at the start, both by the preconditioner
 * @category Systems in doubles
 *
 * @example
 * ```ts
 * import { solveConjugateGradients } from '@mechane/numerics';
 *
 * const x = Float64Array.of(8, 3);
 * const multiply = (from: Float64Array, into: Float64Array) => into.set(from.map((value, at) => (at === 0 ? 4 : 1) * value));
 * solveConjugateGradients(multiply, Float64Array.of(4, 1), x, 1e-12, 10);
 * x; // => Float64Array.of(2, 3)
 * ```
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
