/*
 * The one elimination in integers: pivots divide what they have to (Edmonds 1967, Bareiss 1968), so nothing is ever rounded and no fraction is
 * ever reduced. Dense systems are solved by it here, and dictionaries of linear programs pivot by it.
 */

/**
 * A point with integer coordinates over a common denominator, which is more than 0.
 *
 * @category Systems in integers
 */
export interface IntegerPoint {
  readonly above: readonly bigint[];
  readonly below: bigint;
}

/**
 * Takes a row out of another: from column `from` on, `target` becomes `(pivot · target - factor · source) / divisor`, `factor` being what stands in
 * the pivot's column of the target, and `divisor` the pivot before, which divides it. Zeros are passed by: where they are many, that
 * saves a quarter of the time, and none where there are none.
 */
export function eliminate(
  target: bigint[],
  source: readonly bigint[],
  pivot: bigint,
  factor: bigint,
  divisor: bigint,
  from: number,
): void {
  // Integers are tested for 0 by their truth, which is several times faster than comparing them.
  if (!factor) {
    if (pivot === divisor) return;
    for (let column = from; column < target.length; column++) {
      const entry = target[column] as bigint;
      if (entry) target[column] = (entry * pivot) / divisor;
    }
    return;
  }
  for (let column = from; column < target.length; column++) {
    const entry = target[column] as bigint;
    const other = source[column] as bigint;
    if (other) target[column] = (entry * pivot - factor * other) / divisor;
    else if (entry) target[column] = (entry * pivot) / divisor;
  }
}

/**
 * Solves `matrix · x = right` for a square matrix of integers, dense and small. `undefined` when the matrix is singular.
 *
 * @category Systems in integers
 * @example
 * ```ts
 * import { solveIntegers } from '@mechane/numerics';
 *
 * solveIntegers([[2n, 1n], [1n, 3n]], [3n, 5n]); // => { above: [4n, 7n], below: 5n }
 * ```
 */
export function solveIntegers(
  matrix: readonly (readonly bigint[])[],
  right: readonly bigint[],
): IntegerPoint | undefined {
  const rows = matrix.map((row, at) => [...row, right[at] as bigint]);
  const determinant = eliminateAll(rows);
  if (determinant === 0n) return undefined;
  const sign = determinant < 0n ? -1n : 1n;
  const size = matrix.length;
  return { above: rows.map((row) => sign * (row[size] as bigint)), below: sign * determinant };
}

/**
 * The inverse of a square matrix of integers times the size of its determinant, row by row. `undefined` when the matrix is singular.
 *
 * @category Systems in integers
 * @example
 * ```ts
 * import { invertIntegers } from '@mechane/numerics';
 *
 * invertIntegers([[2n, 1n], [1n, 3n]]); // => [[3n, -1n], [-1n, 2n]]
 * ```
 */
export function invertIntegers(matrix: readonly (readonly bigint[])[]): bigint[][] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, ...matrix.map((_, other) => (other === at ? 1n : 0n))]);
  const determinant = eliminateAll(rows);
  if (determinant === 0n) return undefined;
  const sign = determinant < 0n ? -1n : 1n;
  return rows.map((row) => row.slice(size).map((entry) => sign * entry));
}

/** Turns the first square of the rows into the identity times its determinant, which is returned. 0 when it is singular; then the rows are worth nothing. */
function eliminateAll(rows: bigint[][]): bigint {
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
      eliminate(row, source, pivot, row[step] as bigint, previous, step + 1);
    }
    previous = pivot;
  }
  return previous;
}
