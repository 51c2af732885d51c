import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertIntegers, solveIntegers } from '../src/index.ts';
import { determinantOf, withColumn } from './determinant.ts';

/** Small entries, so that there are zeros and singular matrices, and large ones. */
const entry = fc.oneof(fc.bigInt({ min: -2n, max: 2n }), fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }));
const square = fc
  .integer({ min: 1, max: 5 })
  .chain((size) =>
    fc.array(fc.array(entry, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  );

describe('dense systems in integers', () => {
  test('have the solution of Cramer’s rule, or none where the determinant is 0', () => {
    fc.assert(
      fc.property(square, fc.array(entry, { minLength: 5, maxLength: 5 }), (matrix, entries) => {
        const right = entries.slice(0, matrix.length);
        const determinant = determinantOf(matrix);
        const solved = solveIntegers(matrix, right);
        if (determinant === 0n) expect(solved).toBeUndefined();
        else {
          const sign = determinant < 0n ? -1n : 1n;
          expect(solved).toEqual({
            above: matrix.map((_, column) => sign * determinantOf(withColumn(matrix, column, right))),
            below: sign * determinant,
          });
        }
      }),
    );
  });

  test('have the inverse, times the determinant', () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const determinant = determinantOf(matrix);
        const inverse = invertIntegers(matrix);
        if (determinant === 0n) expect(inverse).toBeUndefined();
        else {
          const size = determinant < 0n ? -determinant : determinant;
          const product = matrix.map((row) =>
            row.map((_, column) => row.reduce((sum, one, by) => sum + one * (inverse?.[by]?.[column] as bigint), 0n)),
          );
          expect(product).toEqual(matrix.map((row, at) => row.map((_, column) => (column === at ? size : 0n))));
        }
      }),
    );
  });

  test('leave what they are given as it was', () => {
    const matrix = [
      [0n, 2n],
      [3n, 0n],
    ];
    solveIntegers(matrix, [1n, 1n]);
    invertIntegers(matrix);
    expect(matrix).toEqual([
      [0n, 2n],
      [3n, 0n],
    ]);
  });
});
