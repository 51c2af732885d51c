import { describe, expect, test } from 'vitest';
import { virtualValueOf } from '../src/virtual-value.ts';

describe('virtual values', () => {
  test('uniform: φ(v) = 2v − high from the lowest value on', () => {
    const virtual = virtualValueOf({ kind: 'uniform', low: 6, high: 10 });
    expect([5, 6, 8, 10, 12].map(virtual.at)).toEqual([Number.NEGATIVE_INFINITY, 2, 6, 10, 14]);
    expect([-5, 2, 6].map(virtual.reaching)).toEqual([6, 6, 8]);
    expect([-5, 2, 6].map(virtual.exceeding)).toEqual([6, 6, 8]);
  });

  test('exponential: φ(v) = v − mean', () => {
    const virtual = virtualValueOf({ kind: 'exponential', mean: 4 });
    expect([0, 4, 9].map(virtual.at)).toEqual([-4, 0, 5]);
    expect([-9, 0, 5].map(virtual.reaching)).toEqual([0, 4, 9]);
  });

  test('empirical: the slope of the revenue curve, a step at each sample', () => {
    // Selling to the best 1, 2, 3 of the samples earns 9, 14, 15.
    const virtual = virtualValueOf({ kind: 'empirical', samples: [7, 5, 9] });
    expect([4, 5, 6, 7, 8.5, 9, 99].map(virtual.at)).toEqual([Number.NEGATIVE_INFINITY, 1, 1, 5, 5, 9, 9]);
    expect([0, 1, 2, 5, 9, 10].map(virtual.reaching)).toEqual([5, 5, 7, 7, 9, Number.POSITIVE_INFINITY]);
    expect([0, 1, 2, 5, 9].map(virtual.exceeding)).toEqual([5, 7, 7, 9, Number.POSITIVE_INFINITY]);
  });

  test('empirical and irregular: ironed flat where the revenue curve sags', () => {
    // Selling to the best 1 to 4 earns 12, 10, 15, 16: the second sample sags below the chord from 12 to 15.
    const virtual = virtualValueOf({ kind: 'empirical', samples: [12, 5, 5, 4] });
    expect([12, 5, 4].map(virtual.at)).toEqual([12, 1.5, 1]);
    // Selling to the best 1 to 3 earns 10, 12, 21: ironed all the way from the second to the third.
    const sagging = virtualValueOf({ kind: 'empirical', samples: [10, 6, 7] });
    expect([10, 7, 6].map(sagging.at)).toEqual([10, 4, 4]);
    expect(sagging.exceeding(4)).toBe(10);
  });
});
