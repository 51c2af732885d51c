import { describe, expect, test } from 'vitest';
import { type Rational, type SparseColumns, solveSparseIntegers } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

const columnsOf = (rows: readonly (readonly bigint[])[]): SparseColumns =>
  rows.map((_, column) =>
    rows.flatMap((row, at) => (row[column] === 0n ? [] : [[at, row[column] as bigint] as const])),
  );
const texts = (values: readonly Rational[] | undefined) => values?.map(String);

describe('sparse systems in integers', () => {
  test('have the solutions that are known', () => {
    expect(
      texts(
        solveSparseIntegers(
          columnsOf([
            [2n, 1n],
            [1n, 3n],
          ]),
          [1n, 1n],
        ),
      ),
    ).toEqual(['2/5', '1/5']);
    expect(
      texts(
        solveSparseIntegers(
          columnsOf([
            [0n, -3n],
            [7n, 0n],
          ]),
          [1n, 2n],
        ),
      ),
    ).toEqual(['2/7', '-1/3']);
    expect(texts(solveSparseIntegers([], []))).toEqual([]);
  });

  test('are solved for a solution of many digits, which is put back in', () => {
    const random = new SeededNumbers(7);
    const digits = (): bigint => BigInt(Array.from({ length: 40 }, () => random.below(10)).join('')) - 5n * 10n ** 39n;
    const size = 12;
    const rows = Array.from({ length: size }, () => Array.from({ length: size }, digits));
    const right = rows.map(digits);
    const solution = solveSparseIntegers(columnsOf(rows), right) as readonly Rational[];
    rows.forEach((row, at) => {
      const [top, common] = row.reduce(
        ([sum, below], entry, column) => {
          const { numerator, denominator } = solution[column] as Rational;
          return [sum * denominator + entry * numerator * below, below * denominator] as const;
        },
        [0n, 1n] as readonly [bigint, bigint],
      );
      expect(top).toBe((right[at] as bigint) * common);
    });
  });

  test('are tried with another prime where one divides the determinant, and given up where they are singular', () => {
    expect(texts(solveSparseIntegers(columnsOf([[67108859n]]), [1n]))).toEqual(['1/67108859']);
    expect(
      solveSparseIntegers(
        columnsOf([
          [1n, 2n],
          [2n, 4n],
        ]),
        [1n, 1n],
      ),
    ).toBeUndefined();
  });
});
