import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { fromUnits, toUnits, unitsFor } from '../src/index.ts';

describe('units', () => {
  test.each<readonly [string, readonly number[], number, boolean]>([
    ['are ones for whole numbers', [3, 0, 7], 1, true],
    ['are the smallest place for decimals', [0.1, 0.25, 3], 100, true],
    ['are ones for nothing', [], 1, true],
    ['are powers of two where a value is no decimal', [1 / 3], 2 ** 41, false],
    ['are exact in powers of two for binary fractions that are long as decimals', [2 ** -12, 1], 2 ** 39, true],
    ['are ones for whole numbers up to 2⁵³ together', [2 ** 53 - 2, 1], 1, true],
    ['count in thousands and more what is too large', [1e300, 3e300], 2 ** -959, false],
  ])('%s', (_, values, scale, exact) => {
    expect(unitsFor(values)).toEqual({ scale, exact });
  });

  test('give back what was given, and sums of decimals without their roundings', () => {
    const random = seededRandom(1);
    for (let times = 0; times < 500; times++) {
      const places = 10 ** random.below(6);
      const values = Array.from({ length: 1 + random.below(20) }, () => random.below(1_000_000) / places);
      const units = unitsFor(values);
      expect(units.exact).toBe(true);
      for (const value of values) expect(fromUnits(toUnits(value, units), units)).toBe(value);
      const whole = values.reduce((sum, value) => sum + Math.round(value * places), 0);
      const sum = values.reduce((total, value) => total + toUnits(value, units), 0);
      expect(fromUnits(sum, units)).toBe(whole / places);
    }
  });

  test('leave nothing of what is worth something, however little it is', () => {
    const values = [1e300, 1e-300, 0];
    const units = unitsFor(values);
    expect(values.map((value) => Math.sign(toUnits(value, units)))).toEqual([1, 1, 0]);
  });

  test('stay finite where all together is less than doubles can say in full', () => {
    const values = [Number.MIN_VALUE, 2 ** -1060];
    expect(values.map((value) => toUnits(value, unitsFor(values)))).toEqual([1, 1]);
  });

  test('keep 40 bits of the sum of what is no decimal', () => {
    const random = seededRandom(2);
    const values = Array.from({ length: 50 }, () => random.next() * 1e9);
    const units = unitsFor(values);
    const total = values.reduce((sum, value) => sum + value, 0);
    for (const value of values) {
      expect(Number.isInteger(toUnits(value, units))).toBe(true);
      expect(Math.abs(fromUnits(toUnits(value, units), units) - value)).toBeLessThanOrEqual(total * 2 ** -40);
    }
  });
});
