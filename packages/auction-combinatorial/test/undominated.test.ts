import { expect, test } from 'vitest';
import type { DrawnBid } from '../src/generators/package-scenario.ts';
import { UndominatedBids } from '../src/generators/undominated.ts';

const bid = (goods: number[], value: number): DrawnBid => ({ goods, value });

function left(...bidders: DrawnBid[][]): readonly (readonly DrawnBid[])[] {
  const kept = new UndominatedBids(40);
  for (const bids of bidders) kept.add(bids);
  expect(kept.size).toBe(kept.bidders().flat().length);
  return kept.bidders();
}

test('a bid for more goods at no higher price is left out', () => {
  expect(left([bid([1], 5)], [bid([1, 2], 5)])).toEqual([[bid([1], 5)]]);
  expect(left([bid([1], 5)], [bid([1, 2], 6)])).toHaveLength(2);
  expect(left([bid([1], 5)], [bid([2, 39], 4)])).toHaveLength(2);
});

test('a bid that comes later and is better takes the place of the earlier one', () => {
  expect(left([bid([1, 2], 5)], [bid([2], 5)])).toEqual([[bid([2], 5)]]);
});

test('of two bids that are the same the first one stays', () => {
  expect(left([bid([1], 5)], [bid([1], 5)])).toEqual([[bid([1], 5)]]);
  expect(left([bid([1], 5), bid([1], 5)])).toEqual([[bid([1], 5)]]);
});

test('within a bidder the better bid stays', () => {
  expect(left([bid([1, 2], 5), bid([2], 7), bid([3], 1)])).toEqual([[bid([2], 7), bid([3], 1)]]);
});

test('a bid of a bidder with several does not count for others: it may lose to its own kind', () => {
  const several = [bid([1], 5), bid([3], 9)];
  expect(left(several, [bid([1, 2], 4)])).toEqual([several, [bid([1, 2], 4)]]);
});

test('a bidder who is left with one bid counts for others from then on', () => {
  expect(left([bid([1], 5), bid([3], 2)], [bid([1, 2], 4)], [bid([3], 3)])).toEqual([[bid([1], 5)], [bid([3], 3)]]);
});
