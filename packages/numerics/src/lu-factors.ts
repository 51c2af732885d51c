/*
 * The one elimination in doubles: a square matrix, row by row in one array, becomes the product of two triangles, and every system with it is
 * then solved by substitution. Arrays are the caller's, since many systems are small and solved by the million.
 */

/**
 * Factors a matrix in place, by elimination with partial pivoting: L stands below the diagonal, its own diagonal being 1, and U on it and above.
 *
 * @param order overwritten: row `i` of the factors is row `order[i]` of the matrix
 * @param smallestPivot every pivot has to be larger
 * @returns the sign of the determinant; 0 where a pivot is too small or infinite, and then the factors are worth nothing
 */
export function factorize(matrix: Float64Array, order: Int32Array, size: number, smallestPivot: number): -1 | 0 | 1 {
  let sign: -1 | 1 = 1;
  for (let row = 0; row < size; row++) order[row] = row;
  for (let step = 0; step < size; step++) {
    let best = step;
    let most = Math.abs(matrix[step * size + step] as number);
    for (let row = step + 1; row < size; row++) {
      const entry = Math.abs(matrix[row * size + step] as number);
      if (entry > most) [best, most] = [row, entry];
    }
    if (!(most > smallestPivot && most < Infinity)) return 0;
    if (best !== step) {
      swapRows(matrix, order, size, step, best);
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

function swapRows(matrix: Float64Array, order: Int32Array, size: number, first: number, second: number): void {
  for (let column = 0; column < size; column++) {
    const entry = matrix[first * size + column] as number;
    matrix[first * size + column] = matrix[second * size + column] as number;
    matrix[second * size + column] = entry;
  }
  const place = order[first] as number;
  order[first] = order[second] as number;
  order[second] = place;
}

/** Solves `A x = right` by the factors of A. `solution` is another array than `right`. */
export function solveFactored(
  factors: Float64Array,
  order: Int32Array,
  size: number,
  right: Float64Array,
  solution: Float64Array,
): void {
  for (let row = 0; row < size; row++) {
    let value = right[order[row] as number] as number;
    for (let column = 0; column < row; column++) {
      value -= (factors[row * size + column] as number) * (solution[column] as number);
    }
    solution[row] = value;
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = solution[row] as number;
    for (let column = row + 1; column < size; column++) {
      value -= (factors[row * size + column] as number) * (solution[column] as number);
    }
    solution[row] = value / (factors[row * size + row] as number);
  }
}

/** Solves `x A = right` by the factors of A; `right` is overwritten on the way. `solution` is another array than `right`. */
export function solveTransposed(
  factors: Float64Array,
  order: Int32Array,
  size: number,
  right: Float64Array,
  solution: Float64Array,
): void {
  for (let column = 0; column < size; column++) {
    let value = right[column] as number;
    for (let row = 0; row < column; row++) value -= (factors[row * size + column] as number) * (right[row] as number);
    right[column] = value / (factors[column * size + column] as number);
  }
  for (let column = size - 1; column >= 0; column--) {
    let value = right[column] as number;
    for (let row = column + 1; row < size; row++) {
      value -= (factors[row * size + column] as number) * (right[row] as number);
    }
    right[column] = value;
  }
  for (let column = 0; column < size; column++) solution[order[column] as number] = right[column] as number;
}
