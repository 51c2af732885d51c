/**
 * Solves a square system by elimination with partial pivoting. Both arguments are overwritten, the right side by the
 * solution.
 *
 * @param matrix row by row
 * @returns the sign of the determinant; 0 where there is not just one solution, as far as doubles can tell
 */
export function solveLinearSystem(matrix: Float64Array, right: Float64Array, size: number): -1 | 0 | 1 {
  let sign: -1 | 1 = 1;
  for (let step = 0; step < size; step++) {
    let best = step;
    let most = Math.abs(matrix[step * size + step] as number);
    for (let row = step + 1; row < size; row++) {
      const entry = Math.abs(matrix[row * size + step] as number);
      if (entry > most) [best, most] = [row, entry];
    }
    if (!(most > smallestPivot)) return 0;
    if (best !== step) {
      swapRows(matrix, right, size, step, best);
      sign = sign === 1 ? -1 : 1;
    }
    const pivotRow = step * size;
    const pivot = matrix[pivotRow + step] as number;
    if (pivot < 0) sign = sign === 1 ? -1 : 1;
    for (let row = step + 1; row < size; row++) {
      const from = row * size;
      const factor = (matrix[from + step] as number) / pivot;
      if (factor === 0) continue;
      for (let column = step + 1; column < size; column++) {
        matrix[from + column] = (matrix[from + column] as number) - factor * (matrix[pivotRow + column] as number);
      }
      right[row] = (right[row] as number) - factor * (right[step] as number);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = right[row] as number;
    for (let column = row + 1; column < size; column++) {
      value -= (matrix[row * size + column] as number) * (right[column] as number);
    }
    right[row] = value / (matrix[row * size + row] as number);
  }
  return sign;
}

const smallestPivot = 1e-13;

function swapRows(matrix: Float64Array, right: Float64Array, size: number, first: number, second: number): void {
  for (let column = first; column < size; column++) {
    const entry = matrix[first * size + column] as number;
    matrix[first * size + column] = matrix[second * size + column] as number;
    matrix[second * size + column] = entry;
  }
  const value = right[first] as number;
  right[first] = right[second] as number;
  right[second] = value;
}
