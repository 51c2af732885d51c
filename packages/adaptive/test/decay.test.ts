import { expect, test } from 'vitest';
import { decay } from '../src/bidders/decay.ts';

test('decay is e^−x to within 1 in 10¹¹, and nothing where that is 1 in 10¹⁰ or less', { tags: ['long'] }, () => {
  for (let x = 0; x < 25; x += 0.000_97) expect(Math.abs(decay(x) / Math.exp(-x) - 1)).toBeLessThan(1e-11);
  expect([decay(0), decay(25), decay(1e9), decay(Number.POSITIVE_INFINITY)]).toEqual([1, 0, 0, 0]);
});

test('what earned less weighs less', () => {
  let before = decay(0);
  for (let x = 0.001; x < 24.9; x += 0.001) {
    const weight = decay(x);
    expect(weight).toBeLessThan(before);
    before = weight;
  }
});
