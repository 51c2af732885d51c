import { expect, test } from 'vitest';
import { packingOf, recheckSelection, solvePacking } from '../src/index.ts';
import { randomPacking } from './random-packing.ts';

const packing = packingOf([4, 3, 5, 5], [[0, 1], [1], [2], [2]], [1, 1, 2]);

test('what a search chose passes', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const drawn = randomPacking(seed);
    recheckSelection(drawn, solvePacking(drawn).selection);
  }
  recheckSelection(packing, { sets: [], value: 0 });
  recheckSelection(packing, { sets: [3, 0, 2], value: 14 });
});

test.each<readonly [string, readonly number[], number, string]>([
  ['a row holds too many sets', [0, 1], 7, 'row 1 holds more than 1'],
  ['a set is not there', [0, 4], 4, 'there is no set 4'],
  ['a set is between sets', [0.5], 0, 'there is no set 0.5'],
  ['a set is in twice where there is room for two', [2, 2], 10, 'in twice'],
  ['the sets are worth less than is said', [0, 2], 10, 'are worth 9, not 10'],
  ['what they are worth is not a number', [0], Number.NaN, 'are worth 4, not NaN'],
])('it is refused where %s', (_, sets, value, problem) => {
  const act = (): void => recheckSelection(packing, { sets, value });
  expect(act).toThrow(expect.objectContaining({ code: 'refused-selection' }));
  expect(act).toThrow(problem);
});
