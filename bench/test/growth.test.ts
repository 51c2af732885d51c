import { expect, test } from 'vitest';
import { fitGrowth } from '../src/growth.ts';

test('a power law is recovered exactly', () => {
  const curve = [10, 100, 1_000, 10_000].map((size) => ({ size, seconds: 3e-9 * size ** 1.5 }));
  const { exponent, scale, rSquared } = fitGrowth(curve);
  expect(exponent).toBeCloseTo(1.5, 12);
  expect(scale).toBeCloseTo(3e-9, 18);
  expect(rSquared).toBeCloseTo(1, 12);
});

test('n log n shows as a little more than linear', () => {
  const curve = [10, 100, 1_000, 10_000, 100_000, 1_000_000].map((size) => ({ size, seconds: size * Math.log(size) }));
  const { exponent, rSquared } = fitGrowth(curve);
  expect(exponent).toBeGreaterThan(1.05);
  expect(exponent).toBeLessThan(1.25);
  expect(rSquared).toBeGreaterThan(0.99);
});

test('time that does not depend on size has exponent 0', () => {
  const { exponent, rSquared } = fitGrowth([10, 100].map((size) => ({ size, seconds: 2 })));
  expect(exponent).toBeCloseTo(0, 12);
  expect(rSquared).toBe(1);
});

test('a curve with no slope to fit is refused', () => {
  expect(() => fitGrowth([])).toThrow(RangeError);
  expect(() => fitGrowth([{ size: 10, seconds: 1 }])).toThrow('two different sizes');
  expect(() => fitGrowth([{ size: 10, seconds: 0 }])).toThrow('positive finite');
  expect(() => fitGrowth([{ size: Number.NaN, seconds: 1 }])).toThrow('positive finite');
});
