/** A point with integer coordinates over a common denominator, which is more than 0. */
export interface IntegerPoint {
  readonly above: readonly bigint[];
  readonly below: bigint;
}

/**
 * Solves `Σ matrix[row][column] · x[column] = 1` for a square matrix of integers. `undefined` when the matrix is singular.
 */
export function solveForOnes(matrix: readonly (readonly bigint[])[]): IntegerPoint | undefined {
  const rows = matrix.map((row) => [...row, 1n]);
  const determinant = eliminate(rows);
  if (determinant === 0n) return undefined;
  const sign = determinant < 0n ? -1n : 1n;
  const size = matrix.length;
  return { above: rows.map((row) => sign * (row[size] as bigint)), below: sign * determinant };
}

/** The inverse times a positive factor, by columns: `inverse[row][column]` belongs to that row and column of the matrix, which is not singular. */
export function inverseOf(matrix: readonly (readonly bigint[])[]): bigint[][] {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...matrix.map((_, other) => (other === at ? 1n : 0n))]);
  const sign = eliminate(rows) < 0n ? -1n : 1n;
  return matrix.map((_, row) => rows.map((solved) => sign * (solved[size + row] as bigint)));
}

/**
 * Fraction-free elimination (Bareiss 1968): turns the first square of the rows into the identity times its determinant, which is returned. 0 when it is
 * singular; then the rows are worth nothing.
 */
function eliminate(rows: bigint[][]): bigint {
  let previous = 1n;
  for (let step = 0; step < rows.length; step++) {
    const at = rows.findIndex((row, index) => index >= step && row[step] !== 0n);
    if (at === -1) return 0n;
    [rows[step], rows[at]] = [rows[at] as bigint[], rows[step] as bigint[]];
    const source = rows[step] as bigint[];
    const pivot = source[step] as bigint;
    for (let index = 0; index < rows.length; index++) {
      if (index === step) continue;
      const row = rows[index] as bigint[];
      const factor = row[step] as bigint;
      for (let column = step + 1; column < row.length; column++) {
        row[column] = ((row[column] as bigint) * pivot - factor * (source[column] as bigint)) / previous;
      }
    }
    previous = pivot;
  }
  return previous;
}
