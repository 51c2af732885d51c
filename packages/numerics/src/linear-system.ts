import { factorize, solveFactored } from './lu-factors.ts';

const smallest = 1e-13;

/**
 * Solves a square system `A x = right` by elimination with partial pivoting. Both arguments are overwritten, the right side by the solution.
 *
 * @param matrix row by row
 * @param smallestPivot a matrix with a pivot that is no larger counts as singular: for entries of about 1, unless told
 * @returns the sign of the determinant; 0 where there is not just one solution, as far as doubles can tell, and then `right` is as before
 * @category Systems in doubles
 *
 * @example
 * ```ts
 * import { solveLinearSystem } from '@mechane/numerics';
 *
 * const right = Float64Array.of(3, 5);
 * solveLinearSystem(Float64Array.of(2, 1, 1, 3), right); // => 1
 * [...right].map((value) => value.toFixed(6)); // => ['0.800000', '1.400000']
 * ```
 */
export function solveLinearSystem(
  matrix: Float64Array,
  right: Float64Array,
  smallestPivot: number = smallest,
): -1 | 0 | 1 {
  const size = right.length;
  // For small systems, a typed array takes as long to make as to use.
  const swaps = new Array<number>(size);
  const sign = factorize(matrix, swaps, size, smallestPivot);
  if (sign !== 0) solveFactored(matrix, swaps, size, right);
  return sign;
}

/**
 * The inverse of a square matrix in doubles, row by row; the matrix is overwritten. `undefined` where it is singular as in
 * {@link solveLinearSystem}.
 *
 * @category Systems in doubles
 * @example
 * ```ts
 * import { invertMatrix } from '@mechane/numerics';
 *
 * invertMatrix(Float64Array.of(2, 0, 0, 4), 2); // => Float64Array.of(0.5, 0, 0, 0.25)
 * ```
 */
export function invertMatrix(
  matrix: Float64Array,
  size: number,
  smallestPivot: number = smallest,
): Float64Array | undefined {
  const swaps = new Array<number>(size);
  if (factorize(matrix, swaps, size, smallestPivot) === 0) return undefined;
  const inverse = new Float64Array(size * size);
  const solution = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    solution.fill(0);
    solution[column] = 1;
    solveFactored(matrix, swaps, size, solution);
    for (let row = 0; row < size; row++) inverse[row * size + column] = solution[row] as number;
  }
  return inverse;
}
