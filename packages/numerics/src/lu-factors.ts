/*
 * The one elimination in doubles: a square matrix, row by row in one array, becomes the product of two triangles, and every system with it is
 * then solved by substitution. Rows are exchanged from the pivot on only, so that a solution applies exchanges and elimination in turn, as in
 * LINPACK (Dongarra, Bunch, Moler and Stewart 1979): for one right side, that costs no more than an elimination that keeps nothing. All is done
 * in place and in arrays of the caller's, since many systems are small and solved by the million.
 */

/**
 * Factors a matrix in place, by elimination with partial pivoting: below the diagonal stands what each row lost of those above, on it and above
 * the upper triangle.
 *
 * @param matrix row by row; overwritten by the factors
 * @param swaps overwritten: with which row each row was exchanged, in turn
 * @param smallestPivot every pivot has to be larger
 * @returns the sign of the determinant; 0 where a pivot is too small or infinite, and then the factors are worth nothing
 * @category Systems in doubles
 *
 * @example
 * ```ts
 * import { factorize, solveFactored, solveTransposed } from '@mechane/numerics';
 *
 * const [factors, swaps] = [Float64Array.of(0, 2, 4, 0), []];
 * factorize(factors, swaps, 2, 0); // => -1
 * const [x, y] = [Float64Array.of(2, 4), Float64Array.of(4, 2)];
 * solveFactored(factors, swaps, 2, x);
 * solveTransposed(factors, swaps, 2, y);
 * [...x, ...y]; // => [1, 1, 1, 1]
 * ```
 */
export function factorize(matrix: Float64Array, swaps: number[], size: number, smallestPivot: number): -1 | 0 | 1 {
  let sign: -1 | 1 = 1;
  for (let step = 0; step < size; step++) {
    let best = step;
    let most = Math.abs(matrix[step * size + step] as number);
    for (let row = step + 1; row < size; row++) {
      const entry = Math.abs(matrix[row * size + step] as number);
      if (entry > most) {
        best = row;
        most = entry;
      }
    }
    if (!(most > smallestPivot && most < Infinity)) return 0;
    swaps[step] = best;
    if (best !== step) {
      swapRows(matrix, size, step, best);
      sign = sign === 1 ? -1 : 1;
    }
    const pivotRow = step * size;
    const pivot = matrix[pivotRow + step] as number;
    if (pivot < 0) sign = sign === 1 ? -1 : 1;
    for (let row = step + 1; row < size; row++) {
      const from = row * size;
      const factor = (matrix[from + step] as number) / pivot;
      matrix[from + step] = factor;
      if (factor === 0) continue;
      for (let column = step + 1; column < size; column++) {
        matrix[from + column] = (matrix[from + column] as number) - factor * (matrix[pivotRow + column] as number);
      }
    }
  }
  return sign;
}

/** Exchanges what rows have from the first one's pivot on. */
function swapRows(matrix: Float64Array, size: number, first: number, second: number): void {
  for (let column = first; column < size; column++) {
    const entry = matrix[first * size + column] as number;
    matrix[first * size + column] = matrix[second * size + column] as number;
    matrix[second * size + column] = entry;
  }
}

/**
 * Solves `A x = b` by the factors of A: `x` is `b` before and the solution after.
 *
 * @category Systems in doubles
 */
export function solveFactored(factors: Float64Array, swaps: readonly number[], size: number, x: Float64Array): void {
  for (let step = 0; step < size; step++) {
    const from = swaps[step] as number;
    const value = x[from] as number;
    x[from] = x[step] as number;
    x[step] = value;
    for (let row = step + 1; row < size; row++) {
      x[row] = (x[row] as number) - (factors[row * size + step] as number) * value;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = x[row] as number;
    for (let column = row + 1; column < size; column++) {
      value -= (factors[row * size + column] as number) * (x[column] as number);
    }
    x[row] = value / (factors[row * size + row] as number);
  }
}

/**
 * Solves `x A = b` by the factors of A: `x` is `b` before and the solution after.
 *
 * @category Systems in doubles
 */
export function solveTransposed(factors: Float64Array, swaps: readonly number[], size: number, x: Float64Array): void {
  for (let column = 0; column < size; column++) {
    let value = x[column] as number;
    for (let row = 0; row < column; row++) value -= (factors[row * size + column] as number) * (x[row] as number);
    x[column] = value / (factors[column * size + column] as number);
  }
  for (let step = size - 1; step >= 0; step--) {
    let value = x[step] as number;
    for (let row = step + 1; row < size; row++) value -= (factors[row * size + step] as number) * (x[row] as number);
    const to = swaps[step] as number;
    x[step] = x[to] as number;
    x[to] = value;
  }
}
