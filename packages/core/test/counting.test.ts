import { firstRound, lazily, membersOf, sumOfFirst } from '@mechane/core';
import { expect, test } from 'vitest';

test('the first round of what stays true is that of counting, whatever was estimated', () => {
  for (let first = 1; first <= 40; first++) {
    for (const estimate of [-3, 0, 1, first - 2, first - 1, first, first + 1, first + 2, 1000, Number.MAX_VALUE]) {
      let asked = 0;
      const isTrueIn = (round: number) => {
        expect(Number.isSafeInteger(round) && round >= 1).toBe(true);
        asked += 1;
        return round >= first;
      };
      expect(firstRound(estimate, isTrueIn), `${first} estimated as ${estimate}`).toBe(first);
      // An estimate that is right, or a round early, needs no search.
      if (estimate === first || estimate === first - 1) expect(asked).toBeLessThanOrEqual(3);
      expect(asked).toBeLessThan(60);
    }
  }
});

test('what becomes true in no round that can be counted never does', () => {
  expect(firstRound(7, () => false)).toBe(Number.POSITIVE_INFINITY);
  expect(firstRound(Number.POSITIVE_INFINITY, (round) => round >= Number.MAX_SAFE_INTEGER)).toBe(
    Number.MAX_SAFE_INTEGER,
  );
});

test('so many units are worth what their marginal values come to', () => {
  expect([0, 1, 2, 3, 4].map((units) => sumOfFirst([10, 7, 5], units))).toEqual([0, 10, 17, 22, 22]);
  expect(sumOfFirst([], 3)).toBe(0);
});

test('the names on a list are made into a set once', () => {
  const list = ['desk', 'sofa'];
  expect([...membersOf(list)]).toEqual(list);
  expect(membersOf(list)).toBe(membersOf(list));
  expect(membersOf([...list])).not.toBe(membersOf(list));
});

test('what is made lazily is made when it is asked for, and once, whatever it is', () => {
  for (const value of [{ ann: 1 }, 0, undefined]) {
    let made = 0;
    const ask = lazily(() => {
      made += 1;
      return value;
    });
    expect(made).toBe(0);
    expect([ask(), ask(), ask()]).toEqual([value, value, value]);
    expect(made).toBe(1);
  }
});
