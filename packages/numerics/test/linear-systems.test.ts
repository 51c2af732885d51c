import { describe, expect, test } from 'vitest';
import {
  factorize,
  invertMatrix,
  solveCholesky,
  solveConjugateGradients,
  solveFactored,
  solveIntegers,
  solveLinearSystem,
  solveTransposed,
} from '../src/index.ts';
import { determinantOf } from './determinant.ts';
import { SeededNumbers } from './random.ts';

/** Whole entries from -9 to 9, some of them 0, and the same as rows of integers. */
function drawn(random: SeededNumbers, size: number): { readonly matrix: Float64Array; readonly rows: bigint[][] } {
  const matrix = Float64Array.from({ length: size * size }, () => random.below(19) - 9);
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from(matrix.subarray(row * size, (row + 1) * size), (entry) => BigInt(entry)),
  );
  return { matrix, rows };
}

/** `matrix · x`. */
function product(matrix: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, row) =>
    x.reduce((sum, value, column) => sum + (matrix[row * x.length + column] as number) * value, 0),
  );
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] as number);
}

function expectClose(actual: Float64Array, expected: ArrayLike<number>): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at] as number, 8);
  });
}

describe('dense systems in doubles', () => {
  test('have the solution, and the sign of the determinant, that they have in integers', () => {
    const random = new SeededNumbers(3);
    let singular = 0;
    for (let round = 0; round < 400; round++) {
      const size = 1 + (round % 6);
      const { matrix, rows } = drawn(random, size);
      const right = Float64Array.from({ length: size }, () => random.below(19) - 9);
      const exact = solveIntegers(rows, Array.from(right, BigInt));
      const determinant = determinantOf(rows);
      const solution = right.slice();
      const sign = solveLinearSystem(matrix.slice(), solution);
      expect(sign).toBe(determinant > 0n ? 1 : determinant < 0n ? -1 : 0);
      if (exact === undefined) {
        singular += 1;
        expect(solution).toEqual(right);
        continue;
      }
      const scale = Number(exact.below);
      expectClose(
        solution,
        exact.above.map((above) => Number(above) / scale),
      );
    }
    expect(singular).toBeGreaterThan(0);
  });

  test('are singular from the smallest pivot on that is asked for, and where an entry is infinite or no number', () => {
    const tiny = Float64Array.of(1, 0, 0, 1e-14);
    expect(solveLinearSystem(tiny.slice(), Float64Array.of(1, 1))).toBe(0);
    expect(solveLinearSystem(tiny.slice(), Float64Array.of(1, 1), 0)).toBe(1);
    expect(solveLinearSystem(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1), 0)).toBe(0);
    expect(solveLinearSystem(Float64Array.of(Infinity, 0, 0, 1), Float64Array.of(1, 1))).toBe(0);
    expect(solveLinearSystem(Float64Array.of(Number.NaN, 0, 0, 1), Float64Array.of(1, 1))).toBe(0);
    expect(invertMatrix(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined();
  });

  test('are solved by the factors again and again, from both sides', () => {
    const random = new SeededNumbers(4);
    for (const size of [1, 2, 5, 20]) {
      const matrix = Float64Array.from({ length: size * size }, () => random.next() - 0.5);
      const factors = matrix.slice();
      const swaps: number[] = [];
      expect(factorize(factors, swaps, size, 0)).not.toBe(0);
      for (let again = 0; again < 2; again++) {
        const right = Float64Array.from({ length: size }, () => random.next() - 0.5);
        const x = right.slice();
        solveFactored(factors, swaps, size, x);
        expectClose(product(matrix, x), right);
        const y = right.slice();
        solveTransposed(factors, swaps, size, y);
        expectClose(product(transposed(matrix, size), y), right);
      }
    }
  });

  test('have the inverse whose product with the matrix is the identity', () => {
    const random = new SeededNumbers(5);
    const size = 7;
    const matrix = Float64Array.from({ length: size * size }, () => random.next() - 0.5);
    const inverse = invertMatrix(matrix.slice(), size) as Float64Array;
    for (let column = 0; column < size; column++) {
      const own = Float64Array.from({ length: size }, (_, row) => inverse[row * size + column] as number);
      expectClose(
        product(matrix, own),
        Float64Array.from({ length: size }, (_, row) => Number(row === column)),
      );
    }
  });
});

describe('definite systems', () => {
  const size = 9;
  const random = new SeededNumbers(6);
  const root = Float64Array.from({ length: size * size }, () => random.next() - 0.5);
  const matrix = root.map((_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    let sum = row === column ? 0.1 : 0;
    for (let by = 0; by < size; by++) sum += (root[row * size + by] as number) * (root[column * size + by] as number);
    return sum;
  });
  const right = Float64Array.from({ length: size }, () => random.next() - 0.5);

  test('are solved by Cholesky’s method, from the lower triangle alone', () => {
    const lower = matrix.map((entry, at) => (at % size > Math.floor(at / size) ? Number.NaN : entry));
    const x = right.slice();
    solveCholesky(lower, x);
    expectClose(product(matrix, x), right);
  });

  test('that are singular keep those unknowns at 0 of which nothing is known', () => {
    const x = Float64Array.of(2, 2);
    solveCholesky(Float64Array.of(1, 1, 1, 1), x);
    expect([...x]).toEqual([2, 0]);
  });

  test('are solved by conjugate gradients, from products alone', () => {
    const x = right.slice();
    const diagonal = Float64Array.from({ length: size }, (_, at) => matrix[at * size + at] as number);
    solveConjugateGradients((point, into) => into.set(product(matrix, point)), diagonal, x, 1e-13, 100);
    expectClose(product(matrix, x), right);
  });

  test('without curvature are left alone by conjugate gradients', () => {
    const x = Float64Array.of(1, 1);
    const none = (_: Float64Array, into: Float64Array): void => {
      into.fill(0);
    };
    solveConjugateGradients(none, Float64Array.of(1, 1), x, 1e-9, 10);
    expect([...x]).toEqual([0, 0]);
  });
});
