import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IntegerDictionary, Pace, pause } from '../src/index.ts';

const entry = fc.bigInt({ min: -3n, max: 3n });
const [most, width] = [4, 3];

/** `count` rows of a dictionary with three columns and a right-hand side; slacks are numbered from 3. */
function dictionaryOf(rows: readonly (readonly bigint[])[]): IntegerDictionary {
  return new IntegerDictionary(
    rows.map((row) => [...row]),
    rows.map((_, row) => width + row),
    [0, 1, 2],
  );
}

const rowsOf = (right: fc.Arbitrary<bigint>) =>
  fc.array(
    fc.tuple(entry, entry, entry, right).map((row) => row as bigint[]),
    { minLength: 1, maxLength: most },
  );
const exchanges = fc.array(fc.tuple(fc.nat(most - 1), fc.nat(width - 1)), { maxLength: 8 });

describe('a dictionary in integers', () => {
  test('says the same after any pivots: what solved its equations before does so still', () => {
    fc.assert(
      fc.property(rowsOf(entry), exchanges, fc.tuple(entry, entry, entry), (rows, pivots, point) => {
        const dictionary = dictionaryOf(rows);
        const values = [
          ...point,
          ...rows.map(
            (row) => (row[3] as bigint) - point.reduce((sum, one, at) => sum + one * (row[at] as bigint), 0n),
          ),
        ];
        for (const [row, column] of pivots) {
          if (row >= rows.length || dictionary.entry(row, column) === 0n) continue;
          dictionary.pivot(row, column);
          expect(dictionary.determinant > 0n).toBe(true);
          dictionary.basic.forEach((variable, at) => {
            const along = dictionary.nonbasic.reduce(
              (sum, other, place) => sum + dictionary.entry(at, place) * (values[other] as bigint),
              0n,
            );
            expect(dictionary.determinant * (values[variable] as bigint)).toBe(dictionary.right(at) - along);
          });
        }
      }),
    );
  });

  test('is as it was when the same two variables are exchanged again', () => {
    fc.assert(
      fc.property(rowsOf(entry), exchanges, (rows, pivots) => {
        const dictionary = dictionaryOf(rows);
        for (const [row, column] of pivots) {
          if (row >= rows.length || dictionary.entry(row, column) === 0n) continue;
          const before = structuredClone({ ...dictionary });
          dictionary.pivot(row, column);
          dictionary.pivot(row, column);
          expect({ ...dictionary }).toEqual(before);
        }
      }),
    );
  });

  test('pivots row by row to where it pivots at once, and stops halfway when it is called off', () => {
    const rows = [
      [3n, 2n, 1n, 12n],
      [1n, 4n, 2n, 8n],
      [2n, 2n, 5n, 9n],
    ];
    const [atOnce, byRows] = [dictionaryOf(rows), dictionaryOf(rows)];
    atOnce.pivot(1, 2);
    expect(byRows.pivotSteps(1, 2, new Pace({})).next()).toEqual({ done: true, value: true });
    expect({ ...byRows }).toEqual({ ...atOnce });
    const interruption = new AbortController();
    const stopped = dictionaryOf(rows).pivotSteps(1, 2, new Pace({ signal: interruption.signal }));
    interruption.abort();
    expect([stopped.next(), stopped.next()]).toEqual([
      { done: false, value: pause },
      { done: true, value: false },
    ]);
  });

  test('lets the row leave that would if right-hand sides were moved by powers of something small', () => {
    const small = 10n ** 6n;
    fc.assert(
      fc.property(rowsOf(fc.bigInt({ min: 0n, max: 2n })), exchanges, (rows, pivots) => {
        const dictionary = dictionaryOf(rows);
        // Times a power of 10, so that ε = 10⁻⁶ and its powers are whole.
        const moved = dictionaryOf(
          rows.map((row, at) =>
            row.with(3, (row[3] as bigint) * small ** BigInt(most) + small ** BigInt(most - 1 - at)),
          ),
        );
        for (const [, column] of pivots) {
          const candidates = rows.map((_, row) => row).filter((row) => moved.entry(row, column) > 0n);
          const leaving = dictionary.lexicographicRow(column, width);
          expect(leaving).toBe(candidates.toSorted((a, b) => moved.compareRatios(a, b, column))[0] ?? -1);
          if (leaving === -1) continue;
          dictionary.pivot(leaving, column);
          moved.pivot(leaving, column);
        }
      }),
    );
  });
});
