import { type IntegerPoint, solveIntegers } from '@mechane/numerics';
import type { IntegerMatrix } from './bimatrix.ts';

/** The rows and columns of a matrix that are named, in this order. */
export function submatrix(matrix: IntegerMatrix, rows: readonly number[], columns: readonly number[]): IntegerMatrix {
  return rows.map((row) => columns.map((column) => (matrix[row] as readonly bigint[])[column] as bigint));
}

/** The coordinates on a support that make given rows of `A x <= 1` tight, whatever their signs; `undefined` when they are not unique. */
export function tightPoint(
  matrix: IntegerMatrix,
  support: readonly number[],
  tight: readonly number[],
): IntegerPoint | undefined {
  const ones = new Array<bigint>(tight.length).fill(1n);
  return solveIntegers(submatrix(matrix, tight, support), ones);
}

/**
 * The weights, up to a factor, of the one point of a polytope { x >= 0 : A x <= 1 } that has no weight outside a support and at which given rows
 * are tight: as many as the support has columns.
 */
export function pointWith(
  matrix: IntegerMatrix,
  support: readonly number[],
  tight: readonly number[],
): readonly bigint[] | 'singular' | 'outside' {
  const solved = tightPoint(matrix, support, tight);
  if (solved === undefined) return 'singular';
  if (solved.above.some((value) => value < 0n)) return 'outside';
  const weights = new Array<bigint>((matrix[0] as readonly bigint[]).length).fill(0n);
  support.forEach((column, at) => {
    weights[column] = solved.above[at] as bigint;
  });
  const inside = matrix.every((row) => {
    let product = 0n;
    for (const column of support) product += (row[column] as bigint) * (weights[column] as bigint);
    return product <= solved.below;
  });
  return inside ? weights : 'outside';
}
