import { describe, expect, test } from 'vitest';
import { PackingError, packingOf } from '../src/index.ts';

function refusal(act: () => unknown): PackingError {
  try {
    act();
  } catch (error) {
    if (error instanceof PackingError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a packing is refused', () => {
  test.each<readonly [string, Parameters<typeof packingOf>, readonly (string | number)[], RegExp]>([
    ['that has no value for a set', [[1], [[0], [0]], [1]], ['values'], /there are 1; expected one for each of 2 sets/],
    ['for a value that is not whole', [[1, 0.1], [[0], [0]], [1]], ['values', 1], /this is 0\.1.* Fix: count in units/],
    ['for a value below nothing', [[-1], [[0]], [1]], ['values', 0], /this is -1/],
    ['for a value that is no number', [[Number.NaN], [[0]], [1]], ['values', 0], /this is NaN/],
    [
      'for values whose sum a double does not hold',
      [[2 ** 53, 1], [[0], [0]], [1]],
      ['values'],
      /come to 9007199254740992/,
    ],
    ['for a row without room', [[1], [[0]], [0]], ['capacity', 0], /this is 0; expected a whole number from 1/],
    ['for room that is not whole', [[1], [[0]], [1.5]], ['capacity', 0], /this is 1\.5/],
    ['for more room than can be counted', [[1], [[0]], [2 ** 53]], ['capacity', 0], /this is 9007199254740992/],
    ['for a set without rows', [[1, 1], [[0], []], [1]], ['rowsOfSets', 1], /has no rows.* Fix: leave the set out/],
    [
      'for a row that is not there',
      [[1], [[0, 2]], [1, 1]],
      ['rowsOfSets', 0, 1],
      /no row 2; expected a row from 0 to 1/,
    ],
    ['for a row between rows', [[1], [[0.5]], [1, 1]], ['rowsOfSets', 0, 0], /no row 0\.5/],
    ['for a row that a set names twice', [[1], [[1, 0, 1]], [1, 1]], ['rowsOfSets', 0, 2], /row 1 is named twice/],
  ])('%s', (_, given, path, message) => {
    const error = refusal(() => packingOf(...given));
    expect(error.code).toBe('invalid-packing');
    expect(error.path).toEqual(path);
    expect(error.message).toMatch(message);
    expect(error.expected).toBeDefined();
  });
});

test('nothing to pack is a packing', () => {
  expect(packingOf([], [], [])).toMatchObject({ sets: 0, rows: 0 });
});
