/** A point with integer coordinates over a common denominator, which is more than 0. */
export interface IntegerPoint {
  readonly above: readonly bigint[];
  readonly below: bigint;
}

/**
 * Solves `Σ matrix[row][column] · x[column] = 1` for a square matrix of integers, by fraction-free elimination (Bareiss 1968). `undefined` when the matrix is
 * singular.
 */
export function solveForOnes(matrix: readonly (readonly bigint[])[]): IntegerPoint | undefined {
  const size = matrix.length;
  const rows = matrix.map((row) => [...row, 1n]);
  let previous = 1n;
  for (let step = 0; step < size; step++) {
    const at = rows.findIndex((row, index) => index >= step && row[step] !== 0n);
    if (at === -1) return undefined;
    [rows[step], rows[at]] = [rows[at] as bigint[], rows[step] as bigint[]];
    const source = rows[step] as bigint[];
    const pivot = source[step] as bigint;
    for (let index = 0; index < size; index++) {
      if (index === step) continue;
      const row = rows[index] as bigint[];
      const factor = row[step] as bigint;
      for (let column = step + 1; column <= size; column++) {
        row[column] = ((row[column] as bigint) * pivot - factor * (source[column] as bigint)) / previous;
      }
      row[step] = 0n;
      if (index < step) row[index] = pivot;
    }
    previous = pivot;
  }
  const sign = previous < 0n ? -1n : 1n;
  return { above: rows.map((row) => sign * (row[size] as bigint)), below: sign * previous };
}
